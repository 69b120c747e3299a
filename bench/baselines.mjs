// Fit and forecast of the baselines, ours beside scikit-learn's and LightGBM's on the same data: `npm run bench:baselines`.
// `PEER_PYTHON` names a Python that has them. The sides take turns, seed by seed; times are medians, accuracies means with the
// spread of the seeds. Prints a table in Markdown. A model's further seeds are left out once they would take it past eight minutes.
//   -- --json               rows instead of a table
//   -- --quick              fewer samples, two seeds
//   -- --only MODEL,MODEL   of forest, boosting, svm, logistic
//   -- --seeds N            instead of three
//   -- --scale              ours alone, forest and logistic regression on 800,000 windows of 86 features: time and peak of memory
//                           (--trees N, --iterations N, --windows N for less)

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { converse, median, row } from './peer.mjs';

build();
const { createRng } = await import('../dist/util/index.js');

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const json = process.argv.includes('--json');
const quick = process.argv.includes('--quick');
const WORKERS = Math.min(2, availableParallelism());
const table = (head, lines) =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const load = () => loadavg()[0].toFixed(1);
const beforehand = load();

if (process.argv.includes('--scale')) await atScale();
else await besidePeers();

async function atScale() {
  const windows = option('windows', 800_000);
  const results = [];
  for (const [model, limit] of [
    ['forest', option('trees', 100)],
    ['logistic', option('iterations', 200)],
  ]) {
    const child = converse(process.execPath, [file('./work/baselines-scale.mjs'), model, windows, WORKERS, limit]);
    const result = await child.answer();
    await child.close();
    if (result === null) throw new Error(`${model} on ${windows} windows ended without a result`);
    results.push(result);
  }
  if (json) return console.log(JSON.stringify(results));
  const giga = (bytes) => `${(bytes / 1e9).toFixed(2)} GB`;
  const lines = results.map((r) => [
    ...[r.model, `${r.windows} × ${r.features}, window ${r.window}`, r.done],
    Object.entries(r.stages)
      .map(([stage, seconds]) => `${stage} ${seconds.toFixed(1)} s`)
      .join(', '),
    ...[`${r.cpuSeconds.toFixed(0)} s`, giga(r.peakMemoryBytes), giga(r.beforeBytes), r.accuracy.toFixed(3)],
  ]);
  const head = ['model', 'windows', 'done', 'time', 'processor time', 'peak memory', 'of it before', 'accuracy'];
  console.log(table(head, lines));
  console.log(`\n${WORKERS} workers; load average ${beforehand} before, ${load()} after.`);
}

async function besidePeers() {
  const [TRAIN, TEST, WIDTH, CLASSES] = quick ? [2_000, 1_000, 20, 3] : [50_000, 20_000, 344, 3];
  const SEEDS = Number(option('seeds', quick ? 2 : 3));
  const BUDGET_MS = 8 * 60_000;
  const only = option('only', null)?.split(',');
  const models = [
    { model: 'forest', name: 'random forest, 100 trees', peers: ['forest'] },
    { model: 'boosting', name: 'gradient boosting, 100 iterations', peers: ['boosting', 'lightgbm'] },
    { model: 'svm', name: 'support vector machine, 500 Fourier features', peers: ['svm'] },
    { model: 'logistic', name: 'logistic regression', peers: ['logistic'] },
  ].filter(({ model }) => only === undefined || only.includes(model));

  const folder = mkdtempSync(join(tmpdir(), 'candlenet-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  writeSamples(data, TRAIN + TEST, WIDTH);

  // The peer's threads wait for each other without spinning: else a loaded machine stops it for minutes.
  process.env.OMP_WAIT_POLICY ??= 'PASSIVE';
  process.env.OMP_NUM_THREADS ??= String(WORKERS);
  process.env.OPENBLAS_NUM_THREADS ??= String(WORKERS);
  const shape = [data, TRAIN, TEST, WIDTH, CLASSES, WORKERS];
  const ours = converse(process.execPath, [file('./work/baselines.mjs'), ...shape]);
  const peer = converse(process.env.PEER_PYTHON ?? 'python3', [file('./peers/sklearn_baselines.py'), ...shape]);
  await ours.answer();
  const names = (await peer.answer())?.names ?? {};

  const began = performance.now();
  const found = new Map(models.map(({ model }) => [model, { mine: [], theirs: new Map(), took: 0 }]));
  for (let seed = 1; seed <= SEEDS; seed++) {
    for (const { model, peers } of models) {
      const of = found.get(model);
      const start = performance.now();
      if (start - began + of.took > BUDGET_MS) continue;
      of.mine.push(await ours.ask(`${model} ${seed}`));
      for (const one of peers) {
        if (!names[one]) continue;
        const answer = await peer.ask(`${one} ${seed}`);
        if (answer !== null) of.theirs.set(one, [...(of.theirs.get(one) ?? []), answer]);
      }
      of.took = performance.now() - start;
    }
  }
  await ours.close();
  if (Object.keys(names).length > 0) await peer.close();

  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = (values) => Math.max(...values) - Math.min(...values);
  const size = `${TRAIN} × ${WIDTH}`;
  const rows = [];
  const lines = [];
  for (const { model, name, peers } of models) {
    const { mine, theirs } = found.get(model);
    for (const one of peers) {
      const other = theirs.get(one) ?? null;
      if (other === null && one !== peers[0]) continue;
      const both = (of, pick) => [mine, other].map((list) => (list === null ? null : pick(list.map(of))));
      const figure = (what, unit, values, options) => {
        rows.push(row(`${name}, ${size}: ${what}`, unit, ...values, names[one] ?? null, options));
        return values;
      };
      const less = { lessIsBetter: true };
      const seconds = (of) => both(of, median);
      const fit = figure(
        'fit',
        's',
        seconds(({ fitSeconds }) => fitSeconds),
        less,
      );
      const forecast = figure(
        `forecast ${TEST}`,
        's',
        seconds(({ predictSeconds }) => predictSeconds),
        less,
      );
      const accuracy = figure(
        'accuracy, mean of seeds',
        'share',
        both((of) => of.accuracy, mean),
      );
      const spreads = figure(
        'accuracy, spread of seeds',
        'share',
        both((of) => of.accuracy, spread),
        less,
      );
      const logLoss = figure(
        'log loss, mean of seeds',
        'nats',
        both((of) => of.logLoss, mean),
        less,
      );
      const shown = (value, digits, unit = '') => (value === null ? '–' : `${value.toFixed(digits)}${unit}`);
      const ratio = ([a, b]) => (b === null ? '–' : (b / a).toFixed(2));
      lines.push([
        ...[name, names[one] ?? 'no peer', `${mine.length} / ${other?.length ?? 0}`],
        ...[...fit.map((value) => shown(value, 2, ' s')), ratio(fit)],
        ...[...forecast.map((value) => shown(value, 2, ' s')), ratio(forecast)],
        ...accuracy.map((value, i) => `${shown(value, 3)} (${shown(spreads[i], 3)})`),
        ...logLoss.map((value) => shown(value, 4)),
      ]);
    }
  }
  if (json) return console.log(JSON.stringify(rows));
  const sides = (what) => [`${what}, ours`, `${what}, peer`];
  const head = [
    ...['model', 'peer', 'seeds, ours / peer', ...sides('fit'), 'peer / ours', ...sides('forecast'), 'peer / ours'],
    ...[...sides('accuracy (spread)'), ...sides('log loss')],
  ];
  console.log(table(head, lines));
  console.log(
    `\n${TRAIN} × ${WIDTH} training and ${TEST} test samples, ${WORKERS} threads a side; load average ${beforehand} before, ${load()} after.`,
  );
}

/**
 * Noisy columns, a third of them with a common factor, and three classes by a product, a wave and a line of the first four with as
 * much noise: labels byte by byte, then the samples.
 */
function writeSamples(path, samples, width) {
  const rng = createRng(1, 'bench');
  const values = new Float32Array(samples * width);
  const labels = new Uint8Array(samples);
  for (let i = 0; i < samples; i++) {
    const x = values.subarray(i * width, (i + 1) * width);
    const common = rng.normal();
    for (let j = 0; j < width; j++) x[j] = rng.normal() + (j % 3 === 0 ? common : 0);
    const score = 0.7 * x[0] * x[1] + Math.sin(2 * x[2]) + 0.5 * x[3] + rng.normal();
    labels[i] = score > 0.6 ? 0 : score < -0.6 ? 2 : 1;
  }
  writeFileSync(path, Buffer.concat([labels, Buffer.from(values.buffer)]));
}
