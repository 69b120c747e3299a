import { expect, it } from 'vitest';
import { cnnLstm } from '../models/index.js';
import { openTraining, startWorkerPool } from '../runtime/index.js';
import { initialParams, initialState } from './initialise.js';
import { buildTrainingProgram } from './program.js';
import { CLASSES, data, FEATURES, WINDOW } from './train.fixture.js';

const [LOCAL, WORKERS] = [16, 3];
const network = cnnLstm({ filters1: 8, filters2: 8, hidden: 12, dense: 8, dropout: 0 });
const program = buildTrainingProgram(network, { batch: LOCAL, window: WINDOW, features: FEATURES, classes: CLASSES });

/** What one step of plain descent on these samples makes of the weights and the running statistics. */
async function stepOn(samples: readonly number[]) {
  const pool = startWorkerPool(samples.length / LOCAL);
  try {
    const { state, run } = await openTraining(pool, {
      ...{ program, source: data, rows: data.train.rows, classes: data.train.classes },
      ...{ optimiser: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0, decayed: 'all' } },
      ...{ clipNorm: null, randomKeys: [], provider: 'cpu' },
    });
    state.params.set(initialParams(program.params, program.paramCount, 5));
    state.state.set(initialState(program.state, program.stateCount));
    const order = new Int32Array(new SharedArrayBuffer(4 * samples.length));
    order.set(samples);
    const plan = { order, from: 0, to: 1, updatesBefore: 0, learningRates: Float64Array.of(0.1) };
    expect(await run(plan, undefined, () => false)).toEqual({ next: 1, diverged: false });
    return { params: [...state.params.slice(0, program.paramCount)], state: [...state.state] };
  } finally {
    await pool.close();
  }
}

/**
 * Ghost batch norm (Hoffer, Hubara and Soudry 2017): the gradient is the mean of the shares' gradients and the running
 * statistics move towards the mean of the shares' statistics, so that one step of all workers ends in the mean of where
 * each share alone would have ended.
 */
it('a step of several workers is the mean of the steps of their shares, in weights and running statistics', async () => {
  const shares = Array.from({ length: WORKERS }, (_, w) => Array.from({ length: LOCAL }, (_, i) => 7 * i + 200 * w));
  const alone = [await stepOn(shares[0]), await stepOn(shares[1]), await stepOn(shares[2])];
  const together = await stepOn(shares.flat());
  for (const part of ['params', 'state'] as const) {
    const means = together[part].map((_, i) => alone.reduce((sum, one) => sum + one[part][i] / WORKERS, 0));
    const distance = (other: readonly number[]) => Math.max(...means.map((value, i) => Math.abs(value - other[i])));
    expect(distance(together[part])).toBeLessThan(1e-6);
    // No share alone comes near.
    for (const one of alone) expect(distance(one[part])).toBeGreaterThan(1e-3);
  }
});
