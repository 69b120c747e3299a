// The 32 indicators over many series: ours on one thread, TA-Lib's C library through its Python package on one thread, and
// technicalindicators (the JavaScript library that has most of them) on those it has.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

export async function indicatorRows({ quick }) {
  const count = quick ? 100 : 1_000;
  const turns = quick ? 1 : 3;
  const series = Array.from({ length: count }, (_, k) => randomSeries(k));
  const room = new Float64Array(INDICATORS.flatMap(({ outputs }) => outputs).length * BARS);
  const folder = mkdtempSync(join(tmpdir(), 'candlenet-bench-'));
  try {
    const bytes = new Float64Array(count * FIELDS.length * BARS);
    for (const [k, bars] of series.entries()) {
      for (const [f, field] of FIELDS.entries()) bytes.set(bars[field], (k * FIELDS.length + f) * BARS);
    }
    const path = join(folder, 'bars.bin');
    writeFileSync(path, bytes);
    const script = fileURLToPath(new URL('../peers/talib_bench.py', import.meta.url));
    const peer = converse(process.env.PEER_PYTHON ?? 'python3', [script, path, count, BARS]);
    const peerName = (await peer.answer())?.name ?? null;
    const ours = [];
    const theirs = [];
    let first;
    for (let turn = 0; turn < turns; turn++) {
      ours.push(
        seconds(() => {
          for (const bars of series) first = computeIndicators(bars, INDICATORS, room);
        }),
      );
      if (peerName !== null) theirs.push((await peer.ask('compute')).seconds);
    }
    const size = `${INDICATORS.flatMap(({ outputs }) => outputs).length} indicators over ${count} series of ${BARS} bars, one thread`;
    const rows = [
      row(size, 's', median(ours), theirs.length > 0 ? median(theirs) : null, peerName, { lessIsBetter: true }),
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
    rows.push(await javascriptRow(series.slice(0, quick ? 5 : 20)));
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
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
