// Training and prediction speed of the networks, ours beside PyTorch's on the same work: `npm run bench:train`. The two
// take turns, so that a machine whose speed drifts is as slow for one as for the other; medians of the turns.
//   -- --json      rows instead of a table
//   -- --profile   where a step's time goes, too
//   -- --quick     one short turn each

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { converse, median, print, row } from './peer.mjs';

build();
const { createRng } = await import('../dist/util/index.js');

const quick = process.argv.includes('--quick');
const SECONDS = quick ? 1 : 4;
const TURNS = quick ? 1 : 5;
const WORKERS = Math.min(2, availableParallelism());
const [WINDOW, FEATURES] = [20, 81];
/** Windows of the paper's test period, as it counts them. */
const PREDICTIONS = 672_000;
const PREDICTED = quick ? 20_000 : PREDICTIONS;
const CASES = [
  { model: 'cnn-lstm', batch: 64 },
  { model: 'cnn-lstm', batch: 256 },
  { model: 'cnn-lstm-optimised', batch: 96 },
];

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const ours = (model, batch, workers) =>
  converse(process.execPath, [file('./work/train.mjs'), data, model, WINDOW, FEATURES, batch, workers]);
const torch = (model, batch) =>
  converse('python3', [file('./peers/torch_train.py'), data, model, WINDOW, FEATURES, batch]);

/**
 * What both train on: a label for each of 20,000 windows, then the panel they lie in. Labels drawn at random: what can be
 * learnt by heart makes gradients denormal, and slow.
 */
const folder = mkdtempSync(join(tmpdir(), 'candlenet-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const data = join(folder, 'data');
{
  const SAMPLES = 20_000;
  const rng = createRng(1, 'bench');
  const labels = Uint8Array.from({ length: SAMPLES }, () => rng.int(3));
  const panel = Float32Array.from({ length: (SAMPLES + WINDOW) * FEATURES }, () => rng.normal());
  writeFileSync(data, Buffer.concat([labels, Buffer.from(panel.buffer)]));
}

/** Both programs, started and asked in turn: each one's answers, null where it is not there. */
async function inTurn(a, b, turns) {
  const programs = [a, b];
  const begun = [];
  for (const program of programs) begun.push(await program.answer());
  const answers = [[], []];
  for (let turn = 0; turn < turns.length; turn++) {
    for (const side of [0, 1]) if (begun[side]) answers[side].push(await programs[side].ask(turns[turn][side]));
  }
  for (const program of programs) await program.close();
  return {
    answers: answers.map((list, side) => (begun[side] ? list : null)),
    names: begun.map((first) => first?.name),
  };
}

const speed = (answers) => answers && median(answers.map(({ samplesPerSecond }) => samplesPerSecond));
const memory = (answers) => answers && answers.at(-1).peakMemoryBytes / 2 ** 20;
const trainTurns = Array.from({ length: TURNS }, () => [`train ${SECONDS}`, `train ${SECONDS}`]);

const rows = [];
const profiles = [];
for (const { model, batch } of CASES) {
  const work = `${model} ${WINDOW}×${FEATURES}, batch ${batch}`;
  const { answers, names } = await inTurn(ours(model, batch, WORKERS), torch(model, batch), trainTurns);
  const [mine, theirs] = answers;
  const peerName = names[1] ?? 'PyTorch';
  rows.push(row(`train ${work}, ${WORKERS} workers`, 'samples/s', speed(mine), speed(theirs), peerName));
  const peaks = [memory(mine), memory(theirs)];
  rows.push(row(`train ${work}, peak memory`, 'MiB', ...peaks, peerName, { lessIsBetter: true }));
  profiles.push({ model, batch, phases: mine.at(-1).phases });
}

if (WORKERS > 1) {
  for (const { model, batch } of CASES) {
    const { answers } = await inTurn(ours(model, batch, WORKERS), ours(model, batch / WORKERS, 1), trainTurns);
    const work = `${model}: ${WORKERS} workers beside 1, ${batch / WORKERS} samples each`;
    rows.push(row(work, 'samples/s', speed(answers[0]), speed(answers[1]), 'one worker'));
  }
}

{
  const [model, batch] = ['cnn-lstm', 256];
  const turns = [[`predict ${PREDICTED}`, `predict ${SECONDS}`]];
  const { answers, names } = await inTurn(ours(model, batch, WORKERS), torch(model, batch), turns);
  const [mine, theirs] = answers.map(speed);
  const peerName = names[1] ?? 'PyTorch';
  rows.push(row(`predict with ${model}, batch ${batch}`, 'samples/s', mine, theirs, peerName));
  const seconds = [PREDICTIONS / mine, theirs && PREDICTIONS / theirs];
  rows.push(row(`${PREDICTIONS} predictions at that rate`, 's', ...seconds, peerName, { lessIsBetter: true }));
}

if (process.argv.includes('--profile')) {
  for (const { model, batch, phases } of profiles) {
    const local = batch / WORKERS;
    const kernels = converse(process.execPath, [file('./work/kernels.mjs'), model, WINDOW, FEATURES, local]);
    const { milliseconds, nodes, gigaflops } = await kernels.answer();
    await kernels.close();
    const name = `${model}, batch ${batch}`;
    const part = (what, value, unit = 'ms a step') => rows.push(row(`${name}: ${what}`, unit, value, null, null));
    for (const [phase, seconds] of Object.entries(phases)) part(phase, 1000 * seconds);
    for (const [kind, value] of Object.entries(milliseconds)) part(`compute › ${kind}`, value);
    part('compute › operators', nodes, 'count');
    part('compute › rate of the products', gigaflops, 'GFLOP/s a worker');
  }
}
print(rows);
