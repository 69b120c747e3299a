// The 32 indicators over many series: ours and TA-Lib's C library through its Python package, each on one thread and on all
// cores (worker threads, processes), and technicalindicators (the JavaScript library that has most of them) on those it has.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { computeIndicators, INDICATORS } from '../../dist/indicators/index.js';
import { createRng } from '../../dist/util/index.js';
import { converse, median, row } from '../peer.mjs';

const BARS = 4_000;
const FIELDS = ['high', 'low', 'close', 'volume'];

function randomSeries(seed) {
  const rng = createRng(seed, 'bench bars');
  const bars = Object.fromEntries(FIELDS.map((field) => [field, new Float64Array(BARS)]));
  let level = 20;
  for (let i = 0; i < BARS; i++) {
    level *= Math.exp(0.02 * rng.normal());
    bars.close[i] = level;
    bars.high[i] = level * Math.exp(0.01 * Math.abs(rng.normal()));
    bars.low[i] = level * Math.exp(-0.01 * Math.abs(rng.normal()));
    bars.volume[i] = Math.round(1e6 * Math.exp(rng.normal()));
  }
  return bars;
}

const seconds = (work) => {
  const begun = performance.now();
  work();
  return (performance.now() - begun) / 1000;
};

const OUTPUTS = INDICATORS.flatMap(({ outputs }) => outputs).length;

export async function indicatorRows({ quick }) {
  const count = quick ? 100 : 1_000;
  const turns = quick ? 1 : 3;
  const bytes = new Float64Array(new SharedArrayBuffer(count * FIELDS.length * BARS * 8));
  const series = Array.from({ length: count }, (_, k) => {
    const bars = randomSeries(k);
    for (const [f, field] of FIELDS.entries()) bytes.set(bars[field], (k * FIELDS.length + f) * BARS);
    return bars;
  });
  const folder = mkdtempSync(join(tmpdir(), 'candlenet-bench-'));
  try {
    const path = join(folder, 'bars.bin');
    writeFileSync(path, bytes);
    const rows = [...(await oneThread(series, path, turns)), await allCores(bytes, count, path, turns)];
    rows.push(await javascriptRow(series.slice(0, quick ? 5 : 20)));
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** TA-Lib on the series `from` … `to` of the file. */
function talib(path, from, to) {
  const script = fileURLToPath(new URL('../peers/talib_bench.py', import.meta.url));
  return converse(process.env.PEER_PYTHON ?? 'python3', [script, path, from, to, BARS]);
}

const timeRow = (work, ours, theirs, peerName) =>
  row(work, 's', median(ours), theirs.length > 0 ? median(theirs) : null, peerName, { lessIsBetter: true });

async function oneThread(series, path, turns) {
  const peer = talib(path, 0, series.length);
  const peerName = (await peer.answer())?.name ?? null;
  const room = new Float64Array(OUTPUTS * BARS);
  const [kept, fresh, theirs] = [[], [], []];
  let first;
  for (let turn = 0; turn < turns; turn++) {
    kept.push(
      seconds(() => {
        for (const bars of series) computeIndicators(bars, INDICATORS, room);
      }),
    );
    if (peerName !== null) theirs.push((await peer.ask('compute')).seconds);
    fresh.push(
      seconds(() => {
        for (const bars of series) first = computeIndicators(bars);
      }),
    );
  }
  const work = `${OUTPUTS} indicators over ${series.length} series of ${BARS} bars, one thread`;
  const rows = [
    timeRow(`${work}, into one block`, kept, theirs, peerName),
    timeRow(`${work}, into new arrays`, fresh, theirs, peerName),
  ];
  if (peerName !== null) {
    // The proof that both do the same work: the last series' last values.
    const answer = await peer.ask('last');
    const gaps = Object.entries(answer.last).map(
      ([name, value]) => Math.abs((first.get(name)?.at(-1) ?? Number.NaN) - value) / Math.max(1, Math.abs(value)),
    );
    rows.push(row('largest relative gap of the last values', 'fraction', Math.max(...gaps), null, peerName));
  }
  await peer.close();
  return rows;
}

/** As many worker threads of ours as processes of theirs, equal shares of the series, the slowest share counted. */
async function allCores(bytes, count, path, turns) {
  const cores = availableParallelism();
  const shares = Array.from({ length: cores }, (_, k) => [
    Math.floor((count * k) / cores),
    Math.floor((count * (k + 1)) / cores),
  ]);
  const workers = shares.map(
    ([from, to]) =>
      new Worker(new URL('./indicators-worker.mjs', import.meta.url), { workerData: { bytes, from, to, bars: BARS } }),
  );
  const peers = shares.map(([from, to]) => talib(path, from, to));
  const names = await Promise.all(peers.map((peer) => peer.answer()));
  const peerName = names[0]?.name ?? null;
  const [ours, theirs] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    const answers = workers.map((worker) => new Promise((resolve) => worker.once('message', resolve)));
    for (const worker of workers) worker.postMessage('compute');
    ours.push(Math.max(...(await Promise.all(answers))));
    if (peerName === null) continue;
    const times = await Promise.all(peers.map((peer) => peer.ask('compute')));
    theirs.push(Math.max(...times.map((answer) => answer.seconds)));
  }
  await Promise.all([...workers.map((worker) => worker.terminate()), ...peers.map((peer) => peer.close())]);
  return timeRow(
    `${OUTPUTS} indicators over ${count} series of ${BARS} bars, ${cores} threads beside ${cores} processes`,
    ours,
    theirs,
    peerName,
  );
}

/** What technicalindicators has of the 32, by the names of our outputs. */
const SHARED = `SMA_5 SMA_10 SMA_20 EMA_12 EMA_26 WMA MACD RSI BBANDS STOCH CCI WILLR ROC ATR ADX OBV MFI TRIX`.split(
  ' ',
);

async function javascriptRow(series) {
  const shared = INDICATORS.filter(({ name }) => SHARED.includes(name));
  const ours = seconds(() => {
    for (const bars of series) computeIndicators(bars, shared);
  });
  const work = `${SHARED.length} indicators that both have over ${series.length} series of ${BARS} bars`;
  const folder = process.env.PEER_JAVASCRIPT;
  if (folder === undefined) return row(work, 's', ours, null, null, { lessIsBetter: true });
  const require = createRequire(join(folder, 'package.json'));
  const ti = require('technicalindicators');
  const { version } = require('technicalindicators/package.json');
  const theirs = seconds(() => {
    for (const bars of series) technicalIndicators(ti, bars);
  });
  return row(work, 's', ours, theirs, `technicalindicators ${version}`, { lessIsBetter: true });
}

function technicalIndicators(ti, bars) {
  const [high, low, close, volume] = FIELDS.map((field) => Array.from(bars[field]));
  const values = close;
  for (const period of [5, 10, 20]) ti.SMA.calculate({ period, values });
  for (const period of [12, 26]) ti.EMA.calculate({ period, values });
  ti.WMA.calculate({ period: 30, values });
  ti.MACD.calculate({ fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, values });
  ti.RSI.calculate({ period: 14, values });
  ti.BollingerBands.calculate({ period: 20, stdDev: 2, values });
  ti.Stochastic.calculate({ high, low, close, period: 5, signalPeriod: 3 });
  ti.CCI.calculate({ high, low, close, period: 14 });
  ti.WilliamsR.calculate({ high, low, close, period: 14 });
  ti.ROC.calculate({ period: 10, values });
  ti.ATR.calculate({ high, low, close, period: 14 });
  ti.ADX.calculate({ high, low, close, period: 14 });
  ti.OBV.calculate({ close, volume });
  ti.MFI.calculate({ high, low, close, volume, period: 14 });
  ti.TRIX.calculate({ period: 30, values });
}
