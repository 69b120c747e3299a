// The whole A-share market at once: a synthetic store of 5,400 stocks × 4,000 days, read from disk, and its panel of the
// paper's 86 columns. Figures: docs/results/scale.md.
//   node bench/work/panel-scale.mjs [--store DIR] [--symbols N] [--days N] [--workers N]
// Without --store the store is made in the system's temporary folder and removed again.

import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: given } = parseArgs({
  options: {
    scale: { type: 'boolean' },
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    store: { type: 'string' },
    symbols: { type: 'string', default: '5400' },
    days: { type: 'string', default: '4000' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});

const { buildPanelOnThreads } = await import('../../dist/features/index.js');
const { generateMarketOnThreads, openMarketStore, writeMarketStore } = await import('../../dist/market/index.js');

const steps = [];
async function step(work, run) {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const result = await run();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - began) / 1000;
  const one = {
    work,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakGiB: process.resourceUsage().maxRSS / 2 ** 20,
    load: loadavg()[0],
  };
  steps.push(one);
  if (!given.json) {
    const figures = `${seconds.toFixed(1)} s, ${one.cpuSeconds.toFixed(1)} s of processor, peak ${one.peakGiB.toFixed(1)} GiB`;
    console.log(`${work.padEnd(40)} ${figures}, load ${one.load.toFixed(1)}`);
  }
  return result;
}

async function makeStore(folder) {
  const size = { symbols: Number(given.symbols), days: Number(given.days) };
  let market = await step('market', () => generateMarketOnThreads({ kind: 'planted', seed: 1, ...size }));
  const written = step('store', () => writeMarketStore(folder, market));
  market = null;
  await written;
}

const temporary = given.store === undefined ? mkdtempSync(join(tmpdir(), 'candlenet-scale-')) : null;
try {
  const folder = given.store ?? join(temporary, 'store');
  if (temporary !== null) await makeStore(folder);
  const store = await openMarketStore(folder);
  const window = { asOf: store.lastDay };
  const bars = await step('bars from disk', () => store.readBars(window));
  const tables = await step('dated tables from disk', async () => ({
    fundamentals: await store.readFundamentals(window),
    valuations: await store.readValuations(window),
    macro: await store.readMacro(window),
    news: await store.readNews(window),
  }));
  const workers = Number(given.workers);
  const progress = given.json
    ? undefined
    : { start: () => ({ update: (done) => done % 540 === 0 && console.error(`${done} stocks`), end: () => {} }) };
  const options = {
    featureSet: ['paper'],
    tables,
    rulebook: store.manifest.rulebook,
    workers,
    ...(progress && { progress }),
  };
  const panel = await step(`panel, ${workers} threads beside the main one`, () => buildPanelOnThreads(bars, options));
  const shape = [panel.symbols.length, panel.dates.length, panel.columns.length];
  if (given.json) console.log(JSON.stringify({ shape, steps }, null, 2));
  else console.log(`panel ${shape.join(' × ')}, ${(panel.values.byteLength / 2 ** 30).toFixed(2)} GiB`);
} finally {
  if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
}
