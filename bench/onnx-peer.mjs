// Writes for every registered model a short training's model.onnx and what candlenet forecasts with it, for
// bench/peers/onnx_runtime.py to compare: node bench/onnx-peer.mjs FOLDER

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../scripts/build.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node bench/onnx-peer.mjs FOLDER');
  process.exit(2);
}
build();
const { applyScaler, buildPanel, CLASS_NAMES, fitScaler, labelVolatility, rowsWithin, sampleRows } = await import(
  '../dist/features/index.js'
);
const { generateMarket } = await import('../dist/market/index.js');
const { modelByName, modelNames } = await import('../dist/models/index.js');
const { buildInferenceModel, buildTrainingProgram, predict, train } = await import('../dist/training/index.js');

const WINDOW = 20;
const SAMPLES = 50;
const WORKERS = 1;
const OPTIONS = {
  ...{ seed: 1, workers: WORKERS, batchSize: 32, maxEpochs: 1, patience: 1, learningRate: 0.001, clipNorm: 1 },
  ...{ schedule: { kind: 'constant' }, samplesPerEpoch: 640 },
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
};
/** Bounds of the z-scores narrow enough that some values of every sample are moved to them. */
const CLIP = 1.5;

const { bars } = generateMarket({ kind: 'planted', symbols: 20, days: 500, seed: 3 });
const { dates } = bars;
const universe = new Uint8Array(bars.symbols.length * dates.length).fill(1);
const span = (from, to) => ({
  from: dates[Math.floor(from * dates.length)],
  to: dates[Math.ceil(to * dates.length) - 1],
});
const raw = buildPanel(bars);
const scaler = fitScaler(raw, rowsWithin(raw, universe, span(0, 0.6)));
const { panel } = applyScaler(raw, scaler, { clipSigma: CLIP });
const labels = labelVolatility(bars);
const samples = (from, to) => sampleRows(raw, universe, labels, WINDOW, span(from, to));
const shape = { window: WINDOW, features: panel.columns.length, classes: CLASS_NAMES.length };
const data = { ...shape, values: panel.values, train: samples(0, 0.6), validation: samples(0.65, 0.75) };
const rows = samples(0.8, 1)
  .rows.filter((_, i) => i % 7 === 0)
  .slice(0, SAMPLES);
const windowOf = (values, row) => values.subarray((row - WINDOW + 1) * shape.features, (row + 1) * shape.features);

mkdirSync(folder, { recursive: true });
for (const name of modelNames()) {
  const model = modelByName(name);
  const metadata = {
    ...{ modelName: name, window: WINDOW, features: panel.columns.map((column) => column.name), classes: CLASS_NAMES },
    scaler: { mean: scaler.mean, std: scaler.std, clip: CLIP },
  };
  const trainable = {
    program: buildTrainingProgram(model, { ...shape, batch: OPTIONS.batchSize / WORKERS }),
    inference: (params, state) => buildInferenceModel(model, shape, params, state, metadata),
  };
  const { params, state } = await train(trainable, data, OPTIONS);
  const onnx = trainable.inference(params, state);
  const probabilities = await predict(onnx, data, rows, { workers: WORKERS });
  const vectors = {
    shape: [rows.length, WINDOW, shape.features],
    raw: Array.from(rows).flatMap((row) => Array.from(windowOf(raw.values, row))),
    probabilities: Array.from(probabilities),
  };
  writeFileSync(join(folder, `${name}.onnx`), onnx);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(vectors));
  console.log(`${name}: ${params.length} parameters, ${onnx.length} bytes, ${rows.length} samples`);
}
