import { describe, expect, it } from 'vitest';
import { cnn } from '../../../models/index.js';
import {
  buildInferenceModel,
  buildTrainingProgram,
  initialParams,
  initialState,
  predict,
} from '../../../training/index.js';
import { createRng } from '../../../util/index.js';
import { forecastRows, memberOutputs } from './forecaster.js';

const DAYS = 40;
const SYMBOLS = 3;
const shape = { window: 4, features: 2, classes: 3 };
const model = cnn({ filters1: 4, filters2: 4, dense: 4 });
const program = buildTrainingProgram(model, { ...shape, batch: 4 });
const network = (seed: number): Uint8Array =>
  buildInferenceModel(
    model,
    shape,
    initialParams(program.params, program.paramCount, seed),
    initialState(program.state, program.stateCount),
    {
      modelName: 'cnn',
      window: shape.window,
      features: ['a', 'b'],
      classes: ['buy', 'hold', 'sell'],
      scaler: { mean: [0, 0], std: [1, 1], clip: 5 },
    },
  );
const values = new Float32Array(new SharedArrayBuffer(4 * DAYS * SYMBOLS * shape.features));
const rng = createRng(3, 'panel');
for (let i = 0; i < values.length; i++) values[i] = rng.normal();
const data = { values, ...shape };

const onnx = [1, 2, 3, 4, 5].map(network);
const dated = (from: number, k: number) => ({ from, read: () => onnx[k] });
const ranges = [
  { test: { first: 10, last: 19 }, networks: [dated(-1, 0), dated(15, 1)] },
  { test: { first: 25, last: 34 }, networks: [dated(-1, 0), dated(28, 2), dated(32, 3)] },
];
/** By session, then symbol, as samples of a test are. */
const sessions = [9, 10, 14, 15, 19, 24, 25, 27, 28, 31, 32, 34];
const rows = Int32Array.from(sessions.flatMap((t) => [0, 1, 2].map((s) => s * DAYS + t)));
/** Which network stood on each of the sessions. */
const standing = [0, 0, 0, 1, 1, 0, 0, 0, 2, 2, 3, 3];
const one = (k: number) => predict(onnx[k], data, rows, { workers: 1 });
const rowOf = (outputs: Float32Array, i: number) => [...outputs.subarray(3 * i, 3 * i + 3)];

describe('dated networks', () => {
  it('answer for a session with what stood on it, also for the close before a test, and as they were earlier', async () => {
    const all = [await one(0), await one(1), await one(2), await one(3)];
    const expectStanding = (found: Float32Array, stood: readonly number[]) =>
      rows.forEach((_, i) => {
        expect(rowOf(found, i)).toEqual(rowOf(all[stood[Math.floor(i / SYMBOLS)]], i));
      });
    const options = { workers: 1 };
    expectStanding(await memberOutputs(ranges, data, rows, DAYS, options), standing);
    // The update before: the first of each range goes back to the network as it was trained.
    const before = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2];
    expectStanding(await memberOutputs(ranges, data, rows, DAYS, options, 1), before);
    const never = sessions.map(() => 0);
    expectStanding(await memberOutputs(ranges, data, rows, DAYS, options, Number.POSITIVE_INFINITY), never);
    await expect(memberOutputs(ranges, data, Int32Array.of(22), DAYS, options)).rejects.toThrow(/no range/);
  });

  it('are averaged with the weights of the session, which later weights and networks do not change', async () => {
    const members = ranges.map(({ test, networks }) => ({
      test,
      members: [networks, [dated(-1, 4)]],
      weights: Array.from({ length: 10 }, (_, t) => Float64Array.of(t / 10, 1 - t / 10)),
    }));
    const whole = await forecastRows(members, data, rows, DAYS, { workers: 1 });
    const own = await memberOutputs(ranges, data, rows, DAYS, { workers: 1 });
    const other = await one(4);
    rows.forEach((row, i) => {
      const session = row % DAYS;
      const t = session < 20 ? Math.max(0, session - 10) : Math.max(0, session - 25);
      const expected = rowOf(own, i).map((p, c) => (t / 10) * p + (1 - t / 10) * rowOf(other, i)[c]);
      rowOf(whole, i).forEach((p, c) => {
        expect(p).toBeCloseTo(expected[c], 6);
      });
    });
    const cut = 28;
    const changed = members.map((range) => ({
      ...range,
      members: range.members.map((networks) => networks.map((one) => (one.from > cut ? dated(one.from, 4) : one))),
      weights: range.weights.map((w, t) => (range.test.first + t > cut ? Float64Array.of(0, 1) : w)),
    }));
    const again = await forecastRows(changed, data, rows, DAYS, { workers: 1 });
    rows.forEach((row, i) => {
      if (row % DAYS <= cut) expect(rowOf(again, i)).toEqual(rowOf(whole, i));
    });
    expect(again).not.toEqual(whole);
  });
});
