// Qlib's headline task: a data set of 14 factors from the daily bars of 800 stocks, 2007 to 2020, from disk to a float32
// matrix. The factors here are 14 of Alpha158, each of another kind. Qlib's own figure, 147 s on one CPU without its caches
// and 7.4 s with both, is another machine's and stands in no row; where PEER_PYTHON has Qlib it is measured here, on the
// same market in its own layout, one process, no caches.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alpha158Families, buildPanel } from '../../dist/features/index.js';
import { generateMarket, openMarketStore, writeMarketStore } from '../../dist/market/index.js';
import { formatDay } from '../../dist/util/index.js';
import { converse, median, row } from '../peer.mjs';

const FACTORS = 'KMID KLEN ROC20 MA20 STD20 BETA20 RSQR20 MAX20 MIN20 QTLU20 RANK20 CORR20 SUMP20 VMA20'.split(' ');

export async function qlibFactorRows({ quick }) {
  const [symbols, days] = [quick ? 80 : 800, 3400];
  const folder = mkdtempSync(join(tmpdir(), 'candlenet-bench-'));
  const store = join(folder, 'store');
  const qlib = join(folder, 'qlib');
  try {
    const made = generateMarket({ kind: 'null', symbols, days, seed: 1, withTruth: false, withFacts: false });
    await writeMarketStore(store, made);
    writeQlibFolder(qlib, made.bars);
    const peer = converse(process.env.PEER_PYTHON ?? 'python3', ['bench/peers/qlib_factors.py', qlib, ...FACTORS]);
    const ready = await peer.answer();
    const [ours, theirs] = [[], []];
    for (let turn = 0; turn < (quick ? 1 : 3); turn++) {
      ours.push(await timeOurs(store));
      if (ready !== null && turn === 0) theirs.push((await peer.ask('run')).seconds);
    }
    await peer.close();
    const work = `14 factors of ${symbols} × ${days} bars, disk to matrix`;
    const peerTime = theirs.length > 0 ? theirs[0] : null;
    return [row(work, 's', median(ours), peerTime, ready?.name ?? null, { lessIsBetter: true })];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timeOurs(folder) {
  const start = performance.now();
  const store = await openMarketStore(folder);
  const bars = await store.readBars({ asOf: store.lastDay });
  buildPanel(bars, { featureSet: [], families: alpha158Families(FACTORS) });
  return (performance.now() - start) / 1000;
}

/** Qlib's binary layout: a calendar, the spans of the instruments, and a file a field, little-endian float32 after its start. */
function writeQlibFolder(folder, { symbols, dates, adjFactor, volume, ...bars }) {
  for (const part of ['calendars', 'instruments', 'features']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'calendars', 'day.txt'), `${Array.from(dates, formatDay).join('\n')}\n`);
  const days = dates.length;
  const spans = symbols.map((symbol, s) => {
    const isBar = (t) => bars.close[s * days + t] > 0;
    let [first, last] = [0, days - 1];
    while (first < last && !isBar(first)) first++;
    while (last > first && !isBar(last)) last--;
    const cells = Array.from({ length: last - first + 1 }, (_, i) => s * days + first + i);
    const out = join(folder, 'features', symbol.toLowerCase());
    mkdirSync(out);
    const write = (name, value) =>
      writeFileSync(join(out, `${name}.day.bin`), Float32Array.from([first, ...cells.map((cell) => value(cell))]));
    for (const name of ['open', 'high', 'low', 'close']) write(name, (cell) => bars[name][cell] * adjFactor[cell]);
    write('volume', (cell) => volume[cell] / adjFactor[cell]);
    write('factor', (cell) => adjFactor[cell]);
    return `${symbol}\t${formatDay(dates[first])}\t${formatDay(dates[last])}`;
  });
  writeFileSync(join(folder, 'instruments', 'all.txt'), `${spans.join('\n')}\n`);
}
