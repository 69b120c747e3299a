// A model of one's own (attention-pool.mjs), trained through the library: node examples/own-model.mjs [model.onnx]
// A synthetic market with a planted signal → features and labels → training → forecasts of days it never saw.
import { writeFileSync } from 'node:fs';
import {
  applyScaler,
  buildPanel,
  fitScaler,
  generateMarket,
  labelVolatility,
  predict,
  sampleRows,
  staticSplit,
  train,
} from 'candlenet';
import { CLASS_NAMES, rowsWithin } from 'candlenet/features';
import { buildInferenceModel, buildTrainingProgram, classificationLoss } from 'candlenet/training';
import { attentionPool } from './attention-pool.mjs';

// ── The market, its features and labels, and three periods that do not touch ──
const { bars } = generateMarket({ kind: 'planted', symbols: 100, days: 1500, seed: 7 });
const labels = labelVolatility(bars, { horizonDays: 5, k: 0.5 });
const { dates } = bars;
const period = (from, to) => [dates[Math.round(from * (dates.length - 1))], dates[Math.round(to * (dates.length - 1))]];
const periods = { train: period(0, 0.6), validate: period(0.61, 0.75), test: period(0.76, 1) };
const [fold] = staticSplit(periods, { reachDays: labels.reachDays, embargoDays: 0 })(dates);
const range = ({ first, last }) => ({ from: dates[first], to: dates[last] });
const universe = new Uint8Array(bars.symbols.length * dates.length).fill(1);
const raw = buildPanel(bars);
const scaler = fitScaler(raw, rowsWithin(raw, universe, range(fold.train[0])));
const { panel } = applyScaler(raw, scaler, { clipSigma: 5 });

// ── Training, forecasts, model.onnx ──
const window = 20;
const shape = { window, features: panel.columns.length, classes: CLASS_NAMES.length };
const samples = (part) => sampleRows(raw, universe, labels, window, range(part));
const data = { ...shape, values: panel.values, train: samples(fold.train[0]), validation: samples(fold.validate) };
const options = {
  ...{ seed: 1, workers: 2, batchSize: 128, maxEpochs: 6, patience: 2, learningRate: 0.001 },
  ...{ schedule: { kind: 'cosine', finalRate: 0 }, clipNorm: 1, samplesPerEpoch: null },
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
};
const model = attentionPool();
const metadata = {
  ...{ modelName: model.name, window, features: panel.columns.map(({ name }) => name), classes: CLASS_NAMES },
  scaler: { mean: scaler.mean, std: scaler.std, clip: 5 },
};
const trainable = {
  program: buildTrainingProgram(model, { ...shape, batch: options.batchSize / options.workers }),
  inference: (params, state) => buildInferenceModel(model, shape, params, state, metadata),
};
const trained = await train(trainable, data, options, {
  onEpoch: ({ epoch, trainLoss, validationLoss }) =>
    console.log(`epoch ${epoch}: loss ${trainLoss.toFixed(4)}, validation ${validationLoss.toFixed(4)}`),
});
const onnx = trainable.inference(trained.params, trained.state);
const test = samples(fold.test[0]);
const probabilities = await predict(onnx, data, test.rows, { workers: options.workers });

// ── What it knew: beside the majority class of the training days, which knows nothing ──
const { loss, accuracy } = classificationLoss(probabilities, test.classes, shape.classes);
const counts = [0, 1, 2].map((k) => data.train.classes.filter((label) => label === k).length / data.train.rows.length);
const same = Float32Array.from({ length: test.rows.length * 3 }, (_, i) => counts[i % 3]);
const majority = classificationLoss(same, test.classes, shape.classes);
const percent = (share) => `${(100 * share).toFixed(1)} %`;
console.log(
  `${trainable.program.paramCount} parameters, best epoch ${trained.bestEpoch}, ${test.rows.length} test samples`,
);
console.log(`accuracy ${percent(accuracy)}, majority class ${percent(majority.accuracy)}`);
console.log(`cross-entropy ${loss.toFixed(4)}, training frequencies ${majority.loss.toFixed(4)}`);
if (process.argv[2]) {
  writeFileSync(process.argv[2], onnx);
  console.log(`wrote ${process.argv[2]}, ${onnx.length} bytes`);
}
