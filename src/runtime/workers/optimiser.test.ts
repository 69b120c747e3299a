import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bindKernels, compileKernels, createSharedMemory } from '../kernels/kernels.js';
import { memorySizes } from '../memory-sizes.js';
import { layoutTraining, viewTraining } from '../training-memory.js';
import { createOptimiser, decayedSpans } from './optimiser.js';
import type { OptimiserOptions, TrainingSetup } from './protocol.js';
import { clipFactor, createReduction } from './reduction.js';

interface TorchCase {
  readonly name: string;
  readonly torch: 'Adam' | 'AdamW' | 'SGD';
  readonly options: {
    readonly betas?: readonly [number, number];
    readonly eps?: number;
    readonly momentum?: number;
    readonly nesterov?: boolean;
    readonly weight_decay?: number;
  };
  readonly decayed: 'all' | 'kernels';
  readonly after: readonly { readonly step: number; readonly params: readonly number[] }[];
}

/** Made by bench/peers/torch_optimisers.py with PyTorch 2.13. */
const vector = JSON.parse(readFileSync(new URL('../vectors/optimisers.json', import.meta.url), 'utf8')) as {
  readonly clipNorm: number;
  readonly learningRates: readonly number[];
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly start: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly cases: readonly TorchCase[];
};

const { start } = vector;
let end = 0;
const params: TrainingSetup['program']['params'] = Object.entries(vector.shapes).map(([name, shape]) => {
  const size = shape.reduce((a, b) => a * b, 1);
  end += size;
  return { name, shape, offset: end - size, size, initializer: { kind: 'constant', value: 0 } };
});
const program = {
  ...{ batch: 1, window: 1, features: 1, params, paramCount: start.length, stateCount: 0 },
  inputs: { x: 'x', target: 'target', random: [] },
} as unknown as TrainingSetup['program'];

function optionsOf({ torch, options, decayed }: TorchCase): OptimiserOptions {
  const { betas: [beta1, beta2] = [0, 0], eps: epsilon = 0, weight_decay: weightDecay = 0 } = options;
  if (torch === 'Adam') return { kind: 'adam', beta1, beta2, epsilon };
  if (torch === 'AdamW') return { kind: 'adamw', beta1, beta2, epsilon, weightDecay, decayed };
  const { momentum = 0, nesterov = false } = options;
  return { kind: 'sgd', momentum, nesterov, weightDecay, decayed };
}

/** The parameters after each step, updated by so many workers in turn, each on its own slice. */
function descend(optimiser: OptimiserOptions, workers: number): Float32Array[] {
  const sizes = memorySizes({ program, optimiser, augmentation: null });
  const shared = createSharedMemory(layoutTraining(sizes, workers).bytes);
  const memory = viewTraining(shared, sizes, workers);
  const kernels = bindKernels(compileKernels(), shared);
  const { sliceCount, paddedCount } = memory.layout;
  const slices = Array.from({ length: workers }, (_, worker) => {
    const first = Math.min(worker * sliceCount, paddedCount);
    return { first, count: Math.min(sliceCount, paddedCount - first) };
  });
  const reductions = slices.map((slice, w) => createReduction(memory, kernels, w, workers, slice));
  const optimisers = slices.map((slice) => createOptimiser({ program, optimiser }, memory, kernels, slice));
  memory.params.set(start);
  return vector.gradients.map((gradient, step) => {
    for (const own of memory.gradients) own.set(gradient);
    for (const reduction of reductions) reduction.averageSlice();
    const clip = clipFactor(reductions[0].globalNorm(), vector.clipNorm);
    for (const optimise of optimisers) optimise(clip, step + 1, vector.learningRates[step]);
    return memory.params.slice();
  });
}

describe.each(vector.cases)('$name', (one) => {
  it.each([1, 2])('takes the steps of PyTorch, %i worker(s) (bench/peers/torch_optimisers.py)', (workers) => {
    const path = descend(optionsOf(one), workers);
    for (const { step, params: expected } of one.after) {
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - path[step - 1][i])));
      // Parameters are of order 1, one float32 rounding is 6e-8.
      expect(worst, `after step ${step}`).toBeLessThan(1e-6);
    }
    const last = one.after[one.after.length - 1].params;
    // The smallest gradients, of 0.001, move a parameter by some 1e-4 where nothing scales them up.
    expect(last.every((value, i) => Math.abs(value - start[i]) > 1e-6)).toBe(true);
  });
});

describe('weight decay', () => {
  const decaying = (decayed: 'all' | 'kernels'): OptimiserOptions => ({
    ...{ kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0.1 },
    decayed,
  });
  const spans = (optimiser: OptimiserOptions, first: number, count: number) =>
    decayedSpans({ program, optimiser }, { first, count });

  it('reaches every parameter of a slice, or those with two axes or more', () => {
    expect(spans(decaying('all'), 0, 32)).toEqual([
      { first: 0, count: 20 },
      { first: 20, count: 3 },
      { first: 23, count: 6 },
    ]);
    expect(spans(decaying('kernels'), 0, 16)).toEqual([{ first: 0, count: 16 }]);
    expect(spans(decaying('kernels'), 16, 16)).toEqual([
      { first: 16, count: 4 },
      { first: 23, count: 6 },
    ]);
  });

  it('costs nothing where there is none', () => {
    expect(spans({ kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, 0, 32)).toEqual([]);
    expect(spans({ ...decaying('all'), weightDecay: 0 } as OptimiserOptions, 0, 32)).toEqual([]);
  });
});

describe('clipping by global norm', () => {
  it("is torch.nn.utils.clip_grad_norm_'s factor", () => {
    expect(clipFactor(4, 2)).toBeCloseTo(2 / (4 + 1e-6), 15);
    expect(clipFactor(1, 2)).toBe(1);
    expect(clipFactor(1e9, null)).toBe(1);
  });
});
