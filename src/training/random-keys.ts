import { createRng } from '../util/index.js';
import type { TrainableModel } from './types.js';

/** One per random input of the program: a 64-bit key of its stream. */
export function randomKeys(model: TrainableModel, seed: number): bigint[] {
  return model.program.inputs.random.map(({ name }) => {
    const rng = createRng(seed, 'dropout', name);
    return (BigInt(rng.bits()) << 32n) | BigInt(rng.bits());
  });
}
