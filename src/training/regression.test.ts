import { describe, expect, it } from 'vitest';
import { modelByName } from '../models/index.js';
import type { ModelMetadata } from '../onnx/index.js';
import { createRng } from '../util/index.js';
import { predict } from './predict.js';
import { buildInferenceModel, buildTrainingProgram } from './program.js';
import { bitsOf, EVERYTHING, makeData, options as plain, WINDOW } from './train.fixture.js';
import { train } from './train.js';
import type { SampleSet, TrainableModel, TrainingData, TrainingOptions } from './types.js';

const SMALL = { filters1: 8, filters2: 8, hidden: 12, dense: 8 };
const metadata: ModelMetadata = {
  modelName: 'cnn-lstm',
  window: WINDOW,
  features: ['a', 'b', 'c'],
  classes: [],
  scaler: { mean: [0, 0, 0], std: [1, 1, 1], clip: 5 },
  target: { kind: 'return', mean: 0.001, std: 0.04 },
};

function trainable(loss: 'mse' | 'huber', batch: number): TrainableModel {
  const model = modelByName('cnn-lstm', SMALL);
  const shape = { window: WINDOW, features: 3, classes: 1 };
  return {
    program: buildTrainingProgram(model, { ...shape, batch }, { loss }),
    inference: (params, state) => buildInferenceModel(model, shape, params, state, metadata),
  };
}

/** The target is the mean of the first feature over the window's last four days, twice, and a little noise. */
function numbers(seed: number): TrainingData {
  const base = makeData(seed);
  const rng = createRng(seed, 'noise of targets');
  const withTargets = ({ rows, classes }: SampleSet): SampleSet => ({
    rows,
    classes,
    targets: Float32Array.from(rows, (row) => {
      let sum = 0;
      for (let t = 0; t < 4; t++) sum += base.values[(row - t) * 3];
      return sum / 2 + 0.3 * rng.normal();
    }),
  });
  return { ...base, classes: 1, train: withTargets(base.train), validation: withTargets(base.validation) };
}

const data = numbers(1);
const options: TrainingOptions = { ...plain, loss: 'huber' };
const model = trainable('huber', 16);

describe('training a regression', () => {
  it.each(['mse', 'huber'] as const)('learns what can be learnt by %s', async (loss) => {
    const trained = await train(trainable(loss, 16), data, { ...options, loss, maxEpochs: 8 });
    const best = trained.history[trained.bestEpoch - 1];
    // Noise of 0.3 on a target of deviation 1.04: no forecast can correlate above 0.96.
    expect(best.validationCorrelation).toBeGreaterThan(0.8);
    expect(best.validationCorrelation).toBeLessThan(0.97);
    expect(best.validationAccuracy).toBeNull();
    expect(best.validationLoss).toBe(Math.min(...trained.history.map((record) => record.validationLoss)));
  });

  it('gives the same bits twice, mixing pairs of samples and all', async () => {
    const { labelSmoothing: _s, classWeights: _w, timeShift: _t, ...rest } = EVERYTHING;
    const settings: TrainingOptions = { ...rest, loss: 'huber', maxEpochs: 2 };
    const first = await train(model, data, settings);
    expect(bitsOf(await train(model, data, settings))).toEqual(bitsOf(first));
    expect((await train(model, data, { ...settings, mixup: null })).params).not.toEqual(first.params);
  });

  it('knows the samples’ own targets', async () => {
    const other = { ...data, train: { ...data.train, targets: data.train.targets!.map((value) => -value) } };
    const [found, reversed] = [await train(model, data, options), await train(model, other, options)];
    const forecasts = async ({ params, state }: typeof found) =>
      predict(model.inference(params, state), data, data.validation.rows, { workers: 1 });
    const [a, b] = [await forecasts(found), await forecasts(reversed)];
    const agreement = a.reduce((sum, value, i) => sum + Math.sign(value * b[i]), 0) / a.length;
    expect(agreement).toBeLessThan(-0.5);
  });

  it('refuses what means nothing for numbers', async () => {
    const refused = (changed: Partial<TrainingOptions>, of = data) => train(model, of, { ...options, ...changed });
    await expect(refused({ labelSmoothing: 0.1 })).rejects.toThrow('training.labelSmoothing: found 0.1, expected 0');
    await expect(refused({ classWeights: 'balanced' })).rejects.toThrow(
      'training.classWeights: found "balanced", expected null',
    );
    await expect(refused({ loss: undefined })).rejects.toThrow('training.loss: found null, expected one of mse, huber');
    const { targets: _none, ...bare } = data.train;
    await expect(refused({}, { ...data, train: bare })).rejects.toThrow(
      'training samples: found 1092 rows but no targets',
    );
    const spoilt = {
      ...data.validation,
      targets: data.validation.targets!.map((value, i) => (i === 3 ? Number.NaN : value)),
    };
    await expect(refused({}, { ...data, validation: spoilt })).rejects.toThrow('found the target NaN of sample 3');
    expect(() =>
      buildTrainingProgram(modelByName('cnn'), { batch: 2, window: 8, features: 3, classes: 3 }, { loss: 'mse' }),
    ).toThrow('training.loss: found mse for 3 outputs');
  });
});
