import { expect, it } from 'vitest';
import { cnnLstm } from '../../src/models/index.js';
import { type OptimiserOptions, openTraining, startWorkerPool } from '../../src/runtime/index.js';
import { type AdversarialOptions, buildTrainingProgram } from '../../src/training/index.js';
import { initialState } from '../../src/training/initialise.js';
import { learningRatesOf } from '../../src/training/schedule.js';
import { targetTable } from '../../src/training/targets.js';
import { distance, flat, type NetworkVectors, readVectors, type Tensors } from './parity.fixture.js';

interface Data extends Pick<NetworkVectors, 'shape'> {
  readonly clipNorm: number;
  readonly steps: number;
  readonly panel: readonly number[];
  readonly rows: readonly number[];
  readonly labels: readonly number[];
}
interface Case {
  readonly name: string;
  readonly labelSmoothing: number;
  readonly weighted: boolean;
  readonly adversarial: AdversarialOptions | null;
  /** Steps. */
  readonly warmUp: number;
  readonly optimiser: {
    readonly lr: number;
    readonly momentum: number | null;
    readonly nesterov: boolean | null;
    readonly weight_decay: number;
  };
  readonly losses: readonly number[];
}

/** Vectors of bench/peers/torch_training.py and torch_options.py. */
const data = readVectors<Data>('training');
const start = readVectors<Pick<NetworkVectors, 'options'> & { readonly start: Tensors }>('training-cnn-lstm');
const torch = readVectors<{
  readonly weights: readonly number[];
  readonly startFactor: number;
  readonly cases: readonly Case[];
}>('training-options');

function optimiserOf({ optimiser }: Case): OptimiserOptions {
  const decay = { weightDecay: optimiser.weight_decay, decayed: 'all' } as const;
  const { momentum, nesterov } = optimiser;
  if (momentum === null) return { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...decay };
  return { kind: 'sgd', momentum, nesterov: nesterov === true, ...decay };
}

it.each(torch.cases)('$name with its options has PyTorch’s loss at every one of a hundred steps', async (one) => {
  const { batch, window, features, classes } = data.shape;
  const program = buildTrainingProgram(cnnLstm(start.options), data.shape, { adversarial: one.adversarial });
  const values = new Float32Array(new SharedArrayBuffer(data.panel.length * 4));
  values.set(data.panel);
  const order = new Int32Array(new SharedArrayBuffer(data.rows.length * 4));
  order.set(data.rows.map((_, i) => i));
  const train = { rows: Int32Array.from(data.rows), classes: Uint8Array.from(data.labels) };
  const { labelSmoothing } = one;
  const classWeights = one.weighted ? torch.weights : null;
  const schedule = { learningRate: one.optimiser.lr, schedule: { kind: 'constant' }, maxEpochs: 1 } as const;
  const warmUp = { length: one.warmUp, unit: 'steps', startFactor: torch.startFactor } as const;
  const learningRates = learningRatesOf(1, data.steps, { ...schedule, warmUp });
  const pool = startWorkerPool(1);
  try {
    const { state, run } = await openTraining(pool, {
      ...{ program, source: { values, features, window }, ...train, provider: 'cpu' },
      targets: targetTable({ train, classes }, { labelSmoothing, classWeights }),
      optimiser: optimiserOf(one),
      clipNorm: data.clipNorm,
      randomKeys: [],
    });
    state.params.set(flat(program.params, start.start));
    state.state.set(initialState(program.state, program.stateCount));
    const losses: number[] = [];
    for (let step = 0; step < data.steps; step++) {
      const before = state.lossSums[0];
      const plan = { order, from: step, to: step + 1, updatesBefore: 0, learningRates };
      expect(await run(plan, undefined, () => false)).toEqual({ next: step + 1, diverged: false });
      losses.push(state.lossSums[0] - before);
    }
    expect(order.length).toBe(batch * data.steps);
    expect(distance(losses, one.losses)).toBeLessThanOrEqual(1e-3);
    const mean = (of: readonly number[]) => of.reduce((a, b) => a + b, 0) / of.length;
    expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)) - 0.03);
  } finally {
    await pool.close();
  }
});
