import { describe, expect, it } from 'vitest';
import { modelByName } from '../../src/models/index.js';
import { openTraining, startWorkerPool } from '../../src/runtime/index.js';
import { buildTrainingProgram } from '../../src/training/index.js';
import { initialState } from '../../src/training/initialise.js';
import { distance, flat, NETWORKS, type NetworkVectors, readVectors, type Tensors } from './parity.fixture.js';

/** What every network is trained on. */
interface Data extends Pick<NetworkVectors, 'shape'> {
  readonly learningRate: number;
  readonly clipNorm: number;
  readonly steps: number;
  /** Steps after which weights are compared. */
  readonly earlySteps: number;
  readonly panel: readonly number[];
  readonly rows: readonly number[];
  readonly labels: readonly number[];
}
interface Curve extends Pick<NetworkVectors, 'options'> {
  readonly start: Tensors;
  readonly losses: readonly number[];
  readonly norms: readonly number[];
  readonly earlyParams: Tensors;
  readonly earlyState: Tensors;
}

const data = readVectors<Data>('training');
const { batch, window, features } = data.shape;
const panel = new Float32Array(new SharedArrayBuffer(data.panel.length * 4));
panel.set(data.panel);
const order = new Int32Array(new SharedArrayBuffer(data.rows.length * 4));
order.set(data.rows.map((_, i) => i));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Vectors of bench/peers/torch_training.py, float32. */
describe.each(NETWORKS)('%s trained by one worker as by PyTorch', (name) => {
  it('has the same loss at every one of a hundred steps of Adam', async ({ annotate }) => {
    const torch = readVectors<Curve>(`training-${name}`);
    const program = buildTrainingProgram(modelByName(name, torch.options), { ...data.shape, batch });
    const pool = startWorkerPool(1);
    try {
      const { state, run } = await openTraining(pool, {
        program,
        source: { values: panel, features, window },
        rows: Int32Array.from(data.rows),
        classes: Uint8Array.from(data.labels),
        optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        clipNorm: data.clipNorm,
        randomKeys: [],
        provider: 'cpu',
      });
      state.params.set(flat(program.params, torch.start));
      state.state.set(initialState(program.state, program.stateCount));
      const learningRates = new Float64Array(data.steps).fill(data.learningRate);
      const losses: number[] = [];
      for (let step = 0; step < data.steps; step++) {
        const [lossBefore, normBefore] = [state.lossSums[0], state.normSum[0]];
        const plan = { order, from: step, to: step + 1, updatesBefore: 0, learningRates };
        expect(await run(plan, undefined, () => false)).toEqual({ next: step + 1, diverged: false });
        losses.push(state.lossSums[0] - lossBefore);
        if (step < data.earlySteps) expect(state.normSum[0] - normBefore).toBeCloseTo(torch.norms[step], 5);
        if (step + 1 !== data.earlySteps) continue;
        // Six steps of 0.003 move a weight by up to 0.018.
        for (const { name: slot, offset, size } of program.params) {
          const found = comparable(slot, state.params.slice(offset, offset + size));
          const expected = comparable(slot, torch.earlyParams[slot]);
          expect(distance(found, expected), slot).toBeLessThan(1e-4);
        }
        expect(distance(state.state, [...flat(program.state, torch.earlyState)])).toBeLessThan(1e-5);
      }
      const difference = distance(losses, torch.losses);
      await annotate(`largest difference of the loss in ${data.steps} steps: ${difference.toExponential(1)}`, 'parity');
      expect(difference).toBeLessThanOrEqual(1e-3);
      expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)) - 0.05);
      expect(Math.max(...torch.norms)).toBeGreaterThan(data.clipNorm);
    } finally {
      await pool.close();
    }
  });
});

/**
 * The values of a parameter that training determines. A bias of the keys shifts all scores of a query alike, which softmax
 * ignores: its derivative is rounding, which Adam divides by its own size.
 */
function comparable(slot: string, values: ArrayLike<number>): number[] {
  const all = Array.from(values);
  if (slot !== 'attention.projection.bias') return all;
  const third = all.length / 3;
  return [...all.slice(0, third), ...all.slice(2 * third)];
}
