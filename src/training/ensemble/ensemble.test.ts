import { describe, expect, it } from 'vitest';
import { cnnLstm } from '../../models/index.js';
import { createRng } from '../../util/index.js';
import { initialParams, initialState } from '../initialise.js';
import { predict } from '../predict.js';
import { buildInferenceModel, buildTrainingProgram } from '../program.js';
import { CLASSES, data, FEATURES, model, options, WINDOW } from '../train.fixture.js';
import { ambiguityOf } from './ambiguity.js';
import { averageForecasts } from './combine.js';
import { buildEnsembleModel } from './deploy.js';
import { memberOptions } from './member-options.js';
import { memberWeights, softmaxWeights } from './weights.js';

const rowsOf = (seed: number, rows: number): Float32Array => {
  const rng = createRng(seed, 'forecasts');
  const values = new Float32Array(rows * CLASSES);
  for (let i = 0; i < rows; i++) {
    const draws = Array.from({ length: CLASSES }, () => rng.uniform());
    const sum = draws.reduce((a, b) => a + b);
    for (const [c, draw] of draws.entries()) values[i * CLASSES + c] = draw / sum;
  }
  return values;
};

describe('members', () => {
  const variants = [{}, { noise: { sigma: 0.1 } }, { mixup: { alpha: 0.2 } }];

  it('differ in seed and augmentation; the first is the network alone', () => {
    const all = memberOptions(options, { members: 5, vary: ['seed', 'augmentation'], variants });
    expect(all[0]).toEqual(options);
    expect(new Set(all.map(({ seed }) => seed)).size).toBe(5);
    expect(all.map(({ noise, mixup }) => [noise?.sigma, mixup?.alpha])).toEqual([
      [undefined, undefined],
      [0.1, undefined],
      [undefined, 0.2],
      [undefined, undefined],
      [0.1, undefined],
    ]);
    const seeded = memberOptions(options, { members: 3, vary: ['seed'], variants });
    expect(seeded.map(({ noise }) => noise)).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    { members: 4, vary: ['augmentation'] as const, variants },
    { members: 2, vary: [] as const, variants },
    { members: 2, vary: ['seed', 'augmentation'] as const, variants: [] },
  ])('that would be the same network are refused: $members by $vary', (plan) => {
    expect(() => memberOptions(options, plan)).toThrow(/ensemble\./);
  });
});

describe('weights', () => {
  const rolling = { weighting: 'rolling', temperature: 0.1, halfLifeDays: 1 } as const;

  it('are the softmax of the losses, e times smaller for each temperature more', () => {
    const [a, b, c] = softmaxWeights([1, 1.1, Number.POSITIVE_INFINITY], 0.1);
    expect(a + b).toBeCloseTo(1, 15);
    expect(a / b).toBeCloseTo(Math.E, 12);
    expect(c).toBe(0);
    expect(() => softmaxWeights([Number.NaN], 1)).toThrow(/finite/);
  });

  it('roll with what has become known, by hand', () => {
    // λ = 1/2, outcomes known two sessions later, temperature 0.1.
    const losses = [Float64Array.of(1, 2), null, Float64Array.of(2, 1), Float64Array.of(1, 1)];
    const weights = memberWeights([1, 1], losses, 2, rolling);
    const ratio = weights.map(([a, b]) => Math.log(a / b) * 0.1);
    // Smoothed losses: (1, 1), (1, 1), then ½·(1, 1) + ½·(1, 2) = (1, 1.5), and nothing came of session 1.
    for (const [t, expected] of [0, 0, 0.5, 0.5].entries()) expect(ratio[t]).toBeCloseTo(expected, 12);
    for (const row of weights) expect(row[0] + row[1]).toBeCloseTo(1, 15);
    expect(memberWeights([1, 1], losses, 2, { ...rolling, weighting: 'equal' })[3]).toEqual(Float64Array.of(0.5, 0.5));
    const fixed = memberWeights([1, 1.1], losses, 2, { ...rolling, weighting: 'validation' });
    expect(new Set(fixed.map(([a]) => a)).size).toBe(1);
  });

  it('of a session know no outcome of later than its open', () => {
    const rng = createRng(5);
    const losses = Array.from({ length: 40 }, () => Float64Array.from({ length: 3 }, () => 1 + 0.2 * rng.normal()));
    const whole = memberWeights([1, 1.01, 1.02], losses, 6, rolling);
    for (const cut of [0, 7, 20, 39]) {
      // What becomes known after the open of session `cut` is replaced.
      const changed = losses.map((own, s) => (s + 6 > cut ? own.map((loss) => 9 - loss) : own));
      const again = memberWeights([1, 1.01, 1.02], changed, 6, rolling);
      expect(again.slice(0, cut + 1)).toEqual(whole.slice(0, cut + 1));
      if (cut === 20) expect(again[21]).not.toEqual(whole[21]);
    }
  });
});

describe('the averaged forecast', () => {
  const members = [rowsOf(1, 50), rowsOf(2, 50), rowsOf(3, 50)];
  const weightsOf = (row: number) => softmaxWeights([row / 50, 0.3, 0.1], 0.5);

  it('has weights that sum to one, and the decomposition of Krogh and Vedelsby holds', () => {
    const averaged = averageForecasts(members, CLASSES, weightsOf);
    const [first] = [0, 1, 2].map((c) => members.reduce((sum, one, i) => sum + weightsOf(0)[i] * one[c], 0));
    expect(averaged[0]).toBeCloseTo(first, 7);
    const classOf = (row: number) => (row % 7 === 0 ? 255 : row % 3);
    const truthOf = (row: number) =>
      classOf(row) < CLASSES ? Array.from({ length: CLASSES }, (_, c) => (c === classOf(row) ? 1 : 0)) : null;
    const parts = ambiguityOf(members, CLASSES, truthOf, weightsOf);
    expect(parts.samples).toBe(42);
    expect(parts.ensembleError).toBeCloseTo(parts.meanMemberError - parts.ambiguity, 12);
    expect(parts.ambiguity).toBeGreaterThan(0.01);
    // The ensemble's error is the Brier score of the averaged forecast itself.
    let brier = 0;
    for (let row = 0; row < 50; row++) {
      if (classOf(row) > 2) continue;
      for (let c = 0; c < 3; c++) brier += (averaged[row * 3 + c] - (c === classOf(row) ? 1 : 0)) ** 2 / 42;
    }
    expect(brier).toBeCloseTo(parts.ensembleError, 6);
    expect(ambiguityOf(members, CLASSES, () => null, weightsOf).ambiguity).toBeNaN();
  });

  it('of numbers is what the one deployed network says, and its error falls by the ambiguity', async () => {
    const network = cnnLstm({ filters1: 8, filters2: 8, hidden: 12, dense: 8 });
    const shape = { window: WINDOW, features: FEATURES, classes: 1 };
    const program = buildTrainingProgram(network, { ...shape, batch: 4 }, { loss: 'huber' });
    const metadata = {
      ...{ modelName: network.name, window: WINDOW, features: ['a', 'b', 'c'], classes: [] },
      scaler: { mean: [0, 0, 0], std: [1, 1, 1], clip: 5 },
      target: { kind: 'return', mean: 0.001, std: 0.02 },
    };
    const trained = [1, 2].map((seed) => ({
      params: initialParams(program.params, program.paramCount, seed),
      state: initialState(program.state, program.stateCount),
    }));
    const weights = Float64Array.of(0.25, 0.75);
    const rows = Int32Array.of(WINDOW, 100, 700, 1200);
    const single = { ...data, classes: 1 };
    const own: Float32Array[] = [];
    for (const { params, state } of trained) {
      own.push(
        await predict(buildInferenceModel(network, shape, params, state, metadata), single, rows, { workers: 1 }),
      );
    }
    const found = await predict(buildEnsembleModel(network, shape, trained, weights, metadata), single, rows, {
      workers: 1,
    });
    const expected = averageForecasts(own, 1, () => weights);
    expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-6);
    expect(Math.max(...found.map((value, i) => Math.abs(value - own[0][i])))).toBeGreaterThan(1e-4);
    const parts = ambiguityOf(
      own,
      1,
      (row) => (row === 2 ? null : [row / 10]),
      () => weights,
    );
    expect(parts.samples).toBe(3);
    const squared = [0, 1, 3].reduce((sum, row) => sum + (expected[row] - row / 10) ** 2 / 3, 0);
    expect(parts.ensembleError).toBeCloseTo(squared, 6);
    expect(parts.ensembleError).toBeCloseTo(parts.meanMemberError - parts.ambiguity, 12);
  });

  it('is what the one deployed network of all members says', async () => {
    const network = cnnLstm({ filters1: 8, filters2: 8, hidden: 12, dense: 8 });
    const shape = { window: WINDOW, features: FEATURES, classes: CLASSES };
    const named = {
      modelName: network.name,
      window: WINDOW,
      features: ['a', 'b', 'c'],
      classes: ['buy', 'hold', 'sell'],
    };
    const metadata = { ...named, scaler: { mean: [0, 0, 0], std: [1, 1, 1], clip: 5 } };
    const weights = Float64Array.of(0.5, 0.3, 0, 0.2);
    const trained = [1, 2, 3, 4].map((seed) => ({
      params: initialParams(model.program.params, model.program.paramCount, seed),
      state: initialState(model.program.state, model.program.stateCount),
    }));
    const whole = buildEnsembleModel(network, shape, trained, weights, metadata);
    const rows = Int32Array.of(WINDOW, 100, 700, 1200);
    const own: Float32Array[] = [];
    for (const { params, state } of trained)
      own.push(await predict(model.inference(params, state), data, rows, { workers: 1 }));
    const expected = averageForecasts(own, CLASSES, () => weights);
    const found = await predict(whole, data, rows, { workers: 1 });
    expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-6);
    expect(Math.max(...found.map((value, i) => Math.abs(value - own[0][i])))).toBeGreaterThan(1e-3);
    expect(() => buildEnsembleModel(network, shape, trained, [0, 0, 0, 0], metadata)).toThrow(/none with a weight/);
  });
});
