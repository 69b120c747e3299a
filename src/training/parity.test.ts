import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cnnLstm } from '../models/index.js';
import { openTraining, startWorkerPool } from '../runtime/index.js';
import { initialState } from './initialise.js';
import { buildTrainingProgram } from './program.js';

const vector = JSON.parse(readFileSync(new URL('./vectors/training.json', import.meta.url), 'utf8')) as {
  learningRate: number;
  clipNorm: number;
  steps: number;
  start: number[];
  losses: number[];
  norms: number[];
  params: number[];
  state: number[];
  panel: number[];
  rows: number[];
  classes: number[];
};

const worst = (a: ArrayLike<number>, b: readonly number[]) =>
  b.reduce((most, value, i) => Math.max(most, Math.abs(value - a[i])), a.length === b.length ? 0 : Infinity);

it('one worker trains as PyTorch does: loss, gradient norm, weights, batch norm (bench/peers/torch_training.py)', async () => {
  const shape = { window: 8, features: 3, classes: 3 };
  const network = cnnLstm({ filters1: 4, filters2: 4, hidden: 5, dense: 4, dropout: 0 });
  const program = buildTrainingProgram(network, { batch: 8, ...shape });
  const values = new Float32Array(new SharedArrayBuffer(vector.panel.length * 4));
  values.set(vector.panel);
  const order = new Int32Array(new SharedArrayBuffer(vector.rows.length * 4));
  order.set(vector.rows.map((_, i) => i));
  const pool = startWorkerPool(1);
  try {
    const { state, run } = await openTraining(pool, {
      program,
      source: { values, features: 3, window: 8 },
      rows: Int32Array.from(vector.rows),
      classes: Uint8Array.from(vector.classes),
      optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      clipNorm: vector.clipNorm,
      randomKeys: [],
      provider: 'cpu',
    });
    state.params.set(vector.start);
    state.state.set(initialState(program.state, program.stateCount));
    const learningRates = new Float64Array(vector.steps).fill(vector.learningRate);
    for (let step = 0; step < vector.steps; step++) {
      const [lossBefore, normBefore] = [state.lossSums[0], state.normSum[0]];
      const plan = { order, from: step, to: step + 1, updatesBefore: 0, learningRates };
      expect(await run(plan, undefined, () => false)).toEqual({ next: step + 1, diverged: false });
      expect(state.lossSums[0] - lossBefore).toBeCloseTo(vector.losses[step], 5);
      expect(state.normSum[0] - normBefore).toBeCloseTo(vector.norms[step], 5);
    }
    // Six steps of 0.01 move the weights by up to 0.06.
    expect(worst(vector.start, vector.params)).toBeGreaterThan(0.04);
    expect(worst(state.params, vector.params)).toBeLessThan(1e-5);
    expect(worst(state.state, vector.state)).toBeLessThan(1e-5);
    expect(Math.max(...vector.norms)).toBeGreaterThan(vector.clipNorm);
  } finally {
    await pool.close();
  }
});
