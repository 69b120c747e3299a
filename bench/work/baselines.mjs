// Fits baselines on the data of `bench/baselines.mjs`: one line of JSON at the start, one for each command `MODEL SEED`.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [path, ...numbers] = process.argv.slice(2);
const [train, test, width, classes, workers] = numbers.map(Number);
const {
  binSamples,
  fitForest,
  forestProbabilities,
  DEFAULT_FOREST,
  fitBoosting,
  boostingProbabilities,
  DEFAULT_BOOSTING,
  DEFAULT_SVM,
  fitSvm,
  svmProbabilities,
  DEFAULT_LOGISTIC,
  fitLogistic,
  logisticProbabilities,
} = await import('../../dist/baselines/index.js');

const bytes = readFileSync(path);
const samples = train + test;
const labels = new Uint8Array(bytes.subarray(0, samples));
const values = new Float32Array(new SharedArrayBuffer(samples * width * 4));
new Uint8Array(values.buffer).set(bytes.subarray(samples));
const design = (from, to) => ({
  values,
  stride: width,
  width,
  rows: Int32Array.from({ length: to - from }, (_, i) => from + i),
});
const trained = design(0, train);
const tested = design(train, samples);
const trainLabels = labels.slice(0, train);
const testLabels = labels.slice(train);

const fits = {
  async forest(seed) {
    const binned = await binSamples(trained, workers);
    const forest = await fitForest(binned, trainLabels, classes, { ...DEFAULT_FOREST, seed }, workers);
    return (source) => forestProbabilities(forest, source);
  },
  /** Without early stopping, so that both sides grow as many trees. */
  async boosting(seed) {
    const binned = await binSamples(trained, workers);
    const options = { ...DEFAULT_BOOSTING, seed };
    const model = await fitBoosting({ binned, labels: trainLabels }, null, classes, options, workers);
    return (source) => boostingProbabilities(model, source);
  },
  /** 500 random Fourier features; calibrated on the last tenth of the training samples. */
  async svm(seed) {
    const kept = Math.floor(0.9 * train);
    const sets = [
      [0, kept],
      [kept, train],
    ].map(([a, b]) => ({ source: design(a, b), labels: trainLabels.slice(a, b) }));
    const options = { ...DEFAULT_SVM, exactUpTo: 0, seed };
    const model = await fitSvm(sets[0], sets[1], classes, options, workers);
    return (source) => svmProbabilities(model, source, workers);
  },
  async logistic() {
    const model = await fitLogistic(trained, trainLabels, classes, DEFAULT_LOGISTIC, workers);
    return (source) => logisticProbabilities(model, source);
  },
};

/** Share of right answers, and mean cross-entropy in nats. */
function judge(probabilities) {
  let right = 0;
  let loss = 0;
  testLabels.forEach((label, i) => {
    const of = probabilities.subarray(i * classes, (i + 1) * classes);
    if (of.indexOf(Math.max(...of)) === label) right++;
    loss -= Math.log(Math.max(of[label], 1e-15));
  });
  return { accuracy: right / test, logLoss: loss / test };
}

console.log(JSON.stringify({ name: 'candlenet' }));
for await (const line of createInterface({ input: process.stdin })) {
  const [model, seed] = line.split(' ');
  const began = performance.now();
  const predict = await fits[model](Number(seed));
  const fitted = performance.now();
  const probabilities = await predict(tested);
  const ended = performance.now();
  console.log(
    JSON.stringify({
      fitSeconds: (fitted - began) / 1000,
      predictSeconds: (ended - fitted) / 1000,
      ...judge(probabilities),
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    }),
  );
}
