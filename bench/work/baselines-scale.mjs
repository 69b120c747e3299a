// One baseline on a market's size: `node baselines-scale.mjs MODEL WINDOWS WORKERS LIMIT`, LIMIT being trees or iterations. Prints one
// line of JSON; a process of its own, so that its peak of memory is the baseline's.

const [model, windowsText, workersText, limitText] = process.argv.slice(2);
const [windows, workers, limit] = [windowsText, workersText, limitText].map(Number);
const { createRng } = await import('../../dist/util/index.js');
const {
  binSamples,
  DEFAULT_FOREST,
  DEFAULT_LOGISTIC,
  fitForest,
  fitLogistic,
  forestProbabilities,
  logisticProbabilities,
  summarise,
} = await import('../../dist/baselines/index.js');

const [FEATURES, WINDOW, CLASSES, HELD_OUT] = [86, 20, 3, 20_000];

/** A panel of noise that remembers a third of the day before; classes by four features of a window's last and earlier days. */
const rows = windows + HELD_OUT + WINDOW;
const values = new Float32Array(new SharedArrayBuffer(rows * FEATURES * 4));
const rng = createRng(1, 'bench');
for (let i = 0; i < values.length; i++) values[i] = rng.normal() + (i < FEATURES ? 0 : values[i - FEATURES] / 3);
const source = (from, count) => ({
  ...{ values, features: FEATURES, window: WINDOW },
  rows: Int32Array.from({ length: count }, (_, i) => from + i + WINDOW),
});
const labelsOf = ({ rows: ends }) =>
  Uint8Array.from(ends, (row) => {
    const x = values.subarray(row * FEATURES, row * FEATURES + 4);
    const score = 0.7 * x[0] * x[1] + Math.sin(2 * x[2]) + 0.5 * x[3] + rng.normal();
    return score > 0.6 ? 0 : score < -0.6 ? 2 : 1;
  });
const train = source(0, windows);
const test = source(windows, HELD_OUT);
const labels = labelsOf(train);
const truth = labelsOf(test);
const beforeBytes = process.memoryUsage.rss();

const stages = {};
async function timed(stage, work) {
  const began = performance.now();
  const result = await work();
  stages[stage] = (performance.now() - began) / 1000;
  return result;
}
const summaries = ({ rows: ends }) => summarise(values, FEATURES, WINDOW, ends);

const fits = {
  /** Leaves of at least 50 samples, as the experiment's default has them. */
  async forest() {
    const binned = await timed('bins', () => binSamples(train, workers));
    const options = { ...DEFAULT_FOREST, trees: limit, minSamplesLeaf: 50 };
    const forest = await timed('fit', () => fitForest(binned, labels, CLASSES, options, workers));
    return { probabilities: forestProbabilities(forest, test), done: `${limit} trees` };
  },
  async logistic() {
    const design = await timed('summaries', () => summaries(train));
    const options = { ...DEFAULT_LOGISTIC, maxIterations: limit };
    const fitted = await timed('fit', () => fitLogistic(design, labels, CLASSES, options, workers));
    const { iterations, converged } = fitted;
    const done = `${iterations} iterations, ${converged ? 'converged' : 'not converged'}`;
    return { probabilities: logisticProbabilities(fitted, summaries(test)), done };
  },
};

const { probabilities, done } = await fits[model]();
let right = 0;
truth.forEach((label, i) => {
  const of = probabilities.subarray(i * CLASSES, (i + 1) * CLASSES);
  if (of.indexOf(Math.max(...of)) === label) right++;
});
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(
  JSON.stringify({
    ...{ model, windows, features: FEATURES, window: WINDOW, columns: 4 * FEATURES, workers, done, stages },
    ...{ panelBytes: values.byteLength, beforeBytes, peakMemoryBytes: maxRSS * 1024 },
    ...{ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, accuracy: right / HELD_OUT },
  }),
);
