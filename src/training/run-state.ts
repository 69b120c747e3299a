import type { TrainingEngine } from '../runtime/index.js';
import type { Checkpoint } from './checkpoint.js';
import { initialParams, initialState } from './initialise.js';
import type { InitialWeights, TrainableModel, TrainedModel, TrainingOptions } from './types.js';

const NOTHING = new Float32Array(0);

/** The state of a training that has not begun. */
export function beginning(
  model: TrainableModel,
  options: TrainingOptions,
  fingerprint: string,
  initial: InitialWeights | null,
): Checkpoint {
  const { program } = model;
  return {
    fingerprint,
    epoch: 1,
    step: 0,
    finished: false,
    lossSums: new Array<number>(options.workers).fill(0),
    normSum: 0,
    seconds: 0,
    history: [],
    bestEpoch: 0,
    arrays: {
      params: initial?.params.slice() ?? initialParams(program.params, program.paramCount, options.seed),
      optimiser: [],
      state: initial?.state.slice() ?? initialState(program.state, program.stateCount),
      bestParams: NOTHING,
      bestState: NOTHING,
    },
  };
}

/** Puts a checkpoint's numbers where the workers read them. */
export function restore(engine: TrainingEngine, { arrays, lossSums, normSum }: Checkpoint): void {
  const { state } = engine;
  state.params.set(arrays.params);
  for (const [i, values] of arrays.optimiser.entries()) state.optimiser[i].set(values);
  state.state.set(arrays.state);
  state.lossSums.set(lossSums);
  state.normSum[0] = normSum;
}

/** The workers' numbers, copied, over what a checkpoint says of the rest. */
export function capture(engine: TrainingEngine, at: Checkpoint): Checkpoint {
  const { params, optimiser, state, lossSums, normSum } = engine.state;
  const arrays = {
    ...at.arrays,
    params: params.slice(),
    optimiser: optimiser.map((values) => values.slice()),
    state: state.slice(),
  };
  return { ...at, lossSums: [...lossSums], normSum: normSum[0], arrays };
}

/** The best epoch's weights, once there is one. */
export function trained({ arrays, bestEpoch, history }: Checkpoint): TrainedModel {
  return { params: arrays.bestParams, state: arrays.bestState, bestEpoch, history };
}
