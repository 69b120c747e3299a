import { describe, expect, it } from 'vitest';
import { bindKernels, compileKernels, createSharedMemory } from '../kernels/kernels.js';
import { memorySizes } from '../memory-sizes.js';
import { layoutTraining, viewTraining } from '../training-memory.js';
import { createBatch } from './batch.js';
import { drawMixing } from './mixup.js';
import type { Augmentation, StepPlan, TrainingSetup } from './protocol.js';
import { allocateTensors } from './tensors.js';

const [BATCH, WINDOW, FEATURES, CLASSES, ROWS, WORKERS] = [5, 3, 3, 3, 60, 2];
const SIZE = WINDOW * FEATURES;

const program = {
  ...{ batch: BATCH, window: WINDOW, features: FEATURES, classes: CLASSES },
  ...{ params: [], paramCount: 0, state: [], stateCount: 0 },
  inputs: { x: 'x', target: 'target', random: [] },
  outputs: { loss: 'loss', logits: 'logits', gradients: [], statistics: [] },
} as unknown as TrainingSetup['program'];

const shared = <T extends Int32Array | Uint8Array | Float32Array>(array: T, value: (i: number) => number): T => {
  array.forEach((_, i) => {
    array[i] = value(i);
  });
  return array;
};
const ints = (count: number, value: (i: number) => number) =>
  shared(new Int32Array(new SharedArrayBuffer(4 * count)), value);
const bytes = (count: number, value: (i: number) => number) =>
  shared(new Uint8Array(new SharedArrayBuffer(count)), value);

/** The value says row and feature, so that a wrong window shows. */
const values = shared(
  new Float32Array(new SharedArrayBuffer(4 * ROWS * FEATURES)),
  (i) => Math.floor(i / FEATURES) + (i % FEATURES) / 8,
);
const rows = ints(40, (i) => 12 + i);
const classes = bytes(40, (i) => i % 3);
const targets = Float32Array.of(0.75, 0.125, 0.125, 0.25, 1.5, 0.25, 0.0625, 0.0625, 0.375);
const order = ints(40, (i) => (7 * i) % 40);
const planAfter = (updatesBefore: number): StepPlan => ({
  ...{ order, from: 0, to: 4, updatesBefore },
  learningRates: new Float64Array(4),
});

const OFF = { seed: 3, mixupAlpha: null, noiseSigma: null, maxShift: null };

/** One step's batch of one worker. */
function batchOf(augmentation: Augmentation | null, { worker = 1, step = 2, updatesBefore = 0 } = {}) {
  const optimiser = { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0, decayed: 'all' } as const;
  const sizes = memorySizes({ program, optimiser, augmentation });
  const memory = createSharedMemory(layoutTraining(sizes, WORKERS).bytes);
  const kernels = compileKernels();
  const source = { values, features: FEATURES, window: WINDOW };
  const setup: TrainingSetup = {
    ...{ program, memory, kernels, worker, workers: WORKERS, source, rows, classes, targets, augmentation },
    ...{ optimiser, clipNorm: null, randomKeys: [], provider: 'cpu' },
  };
  const tensors = allocateTensors(program);
  createBatch(
    setup,
    viewTraining(memory, sizes, WORKERS),
    bindKernels(kernels, memory),
    tensors,
  )(planAfter(updatesBefore), step);
  return { x: [...tensors.x], target: [...tensors.target] };
}

const samples = Array.from({ length: BATCH }, (_, i) => order[2 * BATCH * WORKERS + BATCH + i]);
const windowEndingOn = (row: number) => [...values.subarray((row + 1) * FEATURES - SIZE, (row + 1) * FEATURES)];
const targetOf = (label: number) => [...targets.subarray(label * CLASSES, (label + 1) * CLASSES)];
const plain = batchOf(null);

describe('a batch', () => {
  it('is the windows and targets of the worker’s share of the step’s samples', () => {
    expect(plain.x).toEqual(samples.flatMap((sample) => windowEndingOn(rows[sample])));
    expect(plain.target).toEqual(samples.flatMap((sample) => targetOf(classes[sample])));
  });

  it('mixes each sample with its partner, inputs and targets alike', () => {
    const mixed = batchOf({ ...OFF, mixupAlpha: 0.4 });
    const { weight, partners } = drawMixing(0.4, BATCH, 3, 2, 1);
    expect([...partners].sort()).toEqual([0, 1, 2, 3, 4]);
    const check = (got: readonly number[], from: readonly number[], size: number) => {
      got.forEach((value, i) => {
        const partner = from[partners[Math.floor(i / size)] * size + (i % size)];
        expect(Math.abs(value - (weight * from[i] + (1 - weight) * partner))).toBeLessThan(1e-5);
      });
    };
    check(mixed.x, plain.x, SIZE);
    check(mixed.target, plain.target, CLASSES);
    expect(mixed.x).not.toEqual(plain.x);
  });

  it('gets noise of the given deviation on every input, and its targets stay', () => {
    const noisy = batchOf({ ...OFF, noiseSigma: 0.5 });
    expect(noisy.target).toEqual(plain.target);
    const noise = noisy.x.map((value, i) => value - plain.x[i]);
    expect(noise.every((value) => value !== 0 && Math.abs(value) < 3)).toBe(true);
    expect(new Set(noise).size).toBeGreaterThan(40);
  });

  it('gets other draws in another update and on another worker, and the same ones again', () => {
    const augmentation = { ...OFF, mixupAlpha: 0.4, noiseSigma: 0.5 };
    const first = batchOf(augmentation);
    expect(batchOf(augmentation)).toEqual(first);
    expect(batchOf(augmentation, { updatesBefore: 4 }).x).not.toEqual(first.x);
    expect(batchOf({ ...augmentation, seed: 4 }).x).not.toEqual(first.x);
  });

  it('has noise that is another in every cell for another seed, update or worker', () => {
    const noiseOf = ({ seed = 3, ...place }: { seed?: number; worker?: number; updatesBefore?: number } = {}) => {
      const [noisy, bare] = [batchOf({ ...OFF, seed, noiseSigma: 0.5 }, place), batchOf(null, place)];
      return noisy.x.map((value, i) => value - bare.x[i]);
    };
    const first = noiseOf();
    for (const other of [
      noiseOf({ seed: 4 }),
      noiseOf({ updatesBefore: 1 }),
      noiseOf({ worker: 0 }),
      // The next in line, were the workers counted through from update to update.
      noiseOf({ updatesBefore: 1, worker: 0 }),
    ]) {
      // Neither in place nor moved along. float32 leaves a draw to about 2·10⁻⁵; two draws of deviation ½ are that close
      // once in 44,000 pairs, and five of 45² pairs with a chance of 10⁻⁹.
      const common = other.filter((value) => first.some((earlier) => Math.abs(value - earlier) < 2e-5));
      expect(common.length).toBeLessThan(5);
    }
  });

  it('has shifts that are others for another seed, update or worker', () => {
    const maxShift = bytes(40, () => 9);
    const shiftsOf = ({ seed = 3, worker = 1, updatesBefore = 0 } = {}) => {
      const place = { worker, updatesBefore };
      const [shifted, bare] = [batchOf({ ...OFF, seed, maxShift }, place), batchOf(null, place)];
      return Array.from({ length: BATCH }, (_, i) => bare.x[i * SIZE] - shifted.x[i * SIZE]);
    };
    // Five shifts out of ten each: two draws are alike once in 10⁵, any two of ten once in 2,000.
    const draws = [
      ...[0, 1, 2, 3, 4].map((updatesBefore) => shiftsOf({ updatesBefore })),
      ...[shiftsOf({ worker: 0 }), shiftsOf({ worker: 0, updatesBefore: 1 })],
      ...[4, 5, 6].map((seed) => shiftsOf({ seed })),
    ];
    expect(new Set(draws.map(String)).size).toBe(draws.length);
    expect(shiftsOf()).toEqual(draws[0]);
  });

  it('has windows that end up to maxShift sessions earlier, never later, all shifts as likely', () => {
    const maxShift = bytes(40, (i) => i % 4);
    const seen = new Map<number, number[]>();
    for (let updatesBefore = 0; updatesBefore < 400; updatesBefore++) {
      const shifted = batchOf({ ...OFF, maxShift }, { updatesBefore });
      expect(shifted.target).toEqual(plain.target);
      samples.forEach((sample, i) => {
        const window = shifted.x.slice(i * SIZE, (i + 1) * SIZE);
        const shift = rows[sample] - Math.floor(window[SIZE - 1]);
        expect(window).toEqual(windowEndingOn(rows[sample] - shift));
        expect(shift).toBeGreaterThanOrEqual(0);
        expect(shift).toBeLessThanOrEqual(maxShift[sample]);
        const counts = seen.get(maxShift[sample]) ?? new Array<number>(maxShift[sample] + 1).fill(0);
        counts[shift]++;
        seen.set(maxShift[sample], counts);
      });
    }
    expect([...seen.keys()].length).toBeGreaterThan(2);
    for (const counts of seen.values()) {
      const total = counts.reduce((a, b) => a + b, 0);
      const share = 1 / counts.length;
      // Six standard deviations of a binomial share.
      const bound = 6 * Math.sqrt((share * (1 - share)) / total);
      for (const count of counts) expect(Math.abs(count / total - share)).toBeLessThanOrEqual(bound);
    }
  });
});
