import { describe, expect, it } from 'vitest';
import { bindKernels, compileKernels, createSharedMemory } from '../kernels/kernels.js';
import { memorySizes } from '../memory-sizes.js';
import { layoutTraining, viewTraining } from '../training-memory.js';
import type { TrainingSetup } from './protocol.js';
import { createRandomInputs } from './random-inputs.js';
import { allocateTensors } from './tensors.js';

const [ROWS, COLUMNS, KEEP] = [16, 31, 0.7];
const LENGTH = ROWS * COLUMNS;
const mask = (name: string) => ({ name, shape: [ROWS, COLUMNS], kind: 'dropout', keep: KEEP });

const program = {
  ...{ batch: ROWS, window: 2, features: 1, classes: 3, params: [], paramCount: 0, state: [], stateCount: 0 },
  inputs: { x: 'x', target: 'target', random: [mask('a.mask'), mask('b.mask')] },
  outputs: { loss: 'loss', logits: 'logits', gradients: [], statistics: [] },
} as unknown as TrainingSetup['program'];
const optimiser = { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0, decayed: 'all' } as const;

/** The masks of one worker for one update. */
function masksOf({ worker = 1, workers = 3, update = 2, keys = [5n, 6n] } = {}): number[][] {
  const sizes = memorySizes({ program, optimiser, augmentation: null });
  const memory = createSharedMemory(layoutTraining(sizes, workers).bytes);
  const kernels = compileKernels();
  const setup = { program, worker, workers, randomKeys: keys } as unknown as TrainingSetup;
  const tensors = allocateTensors(program);
  createRandomInputs(setup, viewTraining(memory, sizes, workers), bindKernels(kernels, memory), tensors)(update);
  return tensors.random.map((values) => [...values]);
}

/** How many cells agree: for masks drawn apart from each other a share of keep² + (1 − keep)². */
const agreement = (a: readonly number[], b: readonly number[]) =>
  a.filter((value, i) => value === b[i]).length / LENGTH;
const SHARE = KEEP ** 2 + (1 - KEEP) ** 2;
const BOUND = 6 * Math.sqrt((SHARE * (1 - SHARE)) / LENGTH);

describe('dropout masks', () => {
  const first = masksOf();

  it('are 0 or 1/keep, the latter with probability keep, and the same for the same seed, update and worker', () => {
    for (const values of first) {
      expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / KEEP)]));
      const kept = values.filter((value) => value > 0).length / LENGTH;
      expect(Math.abs(kept - KEEP)).toBeLessThan(6 * Math.sqrt((KEEP * (1 - KEEP)) / LENGTH));
    }
    expect(masksOf()).toEqual(first);
  });

  it.each([
    ['key', masksOf({ keys: [7n, 8n] })],
    ['update', masksOf({ update: 3 })],
    ['worker', masksOf({ worker: 2 })],
    // Update 2 of worker 1 and update 1 of worker 2 would be one where their numbers were merely added up.
    ['update and worker', masksOf({ update: 1, worker: 2 })],
    // … and update 3 of worker 0 where the first update's draws ran into the next one's.
    ['update and first worker', masksOf({ update: 3, worker: 0 })],
  ])('have nothing to do with those of another %s', (_, other) => {
    other.forEach((values, i) => {
      expect(Math.abs(agreement(values, first[i]) - SHARE)).toBeLessThan(BOUND);
    });
  });

  it('have nothing to do with those of another layer, nor is one the other moved along', () => {
    const [a, b] = first;
    expect(Math.abs(agreement(a, b) - SHARE)).toBeLessThan(BOUND);
    const next = masksOf({ worker: 2 })[0];
    for (let shift = 1; shift < LENGTH / 2; shift++) {
      const overlap = a.slice(shift).filter((value, i) => value === next[i]).length / (LENGTH - shift);
      expect(overlap).toBeLessThan(0.95);
    }
  });
});
