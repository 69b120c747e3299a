// Fit and forecast of the baselines, ours beside scikit-learn's on the same data: `npm run bench:baselines`. `PEER_PYTHON`
// names a Python that has scikit-learn. The two take turns, seed by seed; times are medians, accuracies means with the spread of the seeds.
//   -- --json    rows instead of a table
//   -- --quick   fewer samples, two seeds

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { converse, median, print, row } from './peer.mjs';

build();
const { createRng } = await import('../dist/util/index.js');

const quick = process.argv.includes('--quick');
const [TRAIN, TEST, WIDTH, CLASSES] = quick ? [2_000, 1_000, 20, 3] : [50_000, 20_000, 344, 3];
const SEEDS = quick ? 2 : 3;
const WORKERS = Math.min(2, availableParallelism());
const MODELS = [
  { model: 'forest', name: 'random forest, 100 trees' },
  { model: 'boosting', name: 'gradient boosting, 100 iterations' },
  { model: 'svm', name: 'support vector machine, 500 Fourier features' },
  { model: 'logistic', name: 'logistic regression' },
];

/**
 * Noisy columns, a third of them with a common factor, and three classes by a product, a wave and a line of the first four with as
 * much noise: labels byte by byte, then the samples.
 */
const folder = mkdtempSync(join(tmpdir(), 'candlenet-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const data = join(folder, 'data');
{
  const rng = createRng(1, 'bench');
  const samples = TRAIN + TEST;
  const values = new Float32Array(samples * WIDTH);
  const labels = new Uint8Array(samples);
  for (let i = 0; i < samples; i++) {
    const x = values.subarray(i * WIDTH, (i + 1) * WIDTH);
    const common = rng.normal();
    for (let j = 0; j < WIDTH; j++) x[j] = rng.normal() + (j % 3 === 0 ? common : 0);
    const score = 0.7 * x[0] * x[1] + Math.sin(2 * x[2]) + 0.5 * x[3] + rng.normal();
    labels[i] = score > 0.6 ? 0 : score < -0.6 ? 2 : 1;
  }
  writeFileSync(data, Buffer.concat([labels, Buffer.from(values.buffer)]));
}

// The peer's threads wait for each other without spinning: else a loaded machine stops it for minutes.
process.env.OMP_WAIT_POLICY ??= 'PASSIVE';
process.env.OMP_NUM_THREADS ??= String(WORKERS);
const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const shape = [data, TRAIN, TEST, WIDTH, CLASSES, WORKERS];
const ours = converse(process.execPath, [file('./work/baselines.mjs'), ...shape]);
const peer = converse(process.env.PEER_PYTHON ?? 'python3', [file('./peers/sklearn_baselines.py'), ...shape]);
await ours.answer();
const peerName = (await peer.answer())?.name ?? null;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values) => Math.max(...values) - Math.min(...values);
const rows = [];
const size = `${TRAIN} × ${WIDTH}`;
for (const { model, name } of MODELS) {
  const answers = [[], []];
  for (let seed = 1; seed <= SEEDS; seed++) {
    answers[0].push(await ours.ask(`${model} ${seed}`));
    if (peerName !== null) answers[1].push(await peer.ask(`${model} ${seed}`));
  }
  const figure = (what, unit, of, pick, options) => {
    const [mine, theirs] = answers.map((list) => (list.length === 0 ? null : pick(list.map(of))));
    rows.push(row(`${name}, ${size}: ${what}`, unit, mine, theirs, peerName, options));
  };
  const less = { lessIsBetter: true };
  figure('fit', 's', ({ fitSeconds }) => fitSeconds, median, less);
  figure(`forecast ${TEST}`, 's', ({ predictSeconds }) => predictSeconds, median, less);
  figure('accuracy, mean of seeds', 'share', ({ accuracy }) => accuracy, mean);
  figure('accuracy, spread of seeds', 'share', ({ accuracy }) => accuracy, spread, less);
  figure('log loss, mean of seeds', 'nats', ({ logLoss }) => logLoss, mean, less);
}
await ours.close();
if (peerName !== null) await peer.close();
print(rows);
