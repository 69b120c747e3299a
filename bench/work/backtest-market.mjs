// The market of the back-test's benchmarks: the CSI 300 from Qlib's files where they are, else random walks of its size.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importQlib, universeMask } from '../../dist/market/index.js';
import { createRng, parseDay } from '../../dist/util/index.js';

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const [SYMBOLS, SESSIONS] = [600, 3400];

export async function benchMarket() {
  if (!existsSync(`${DATA}/csi300-qlib`)) return randomWalks();
  const options = { index: 'csi300', instrumentsFile: `${DATA}/instruments-tushare.csv` };
  const { bars, instruments, members } = await importQlib(`${DATA}/csi300-qlib`, options);
  return { name: 'CSI 300', bars, instruments, universe: universeMask(members, 'csi300', bars) };
}

function randomWalks() {
  const cells = SYMBOLS * SESSIONS;
  const column = () => new Float64Array(cells);
  const [open, high, low, close, volume, adjFactor] = Array.from({ length: 6 }, column);
  const rng = createRng(1, 'bench', 'market');
  for (let s = 0; s < SYMBOLS; s++) {
    let price = 10;
    for (let d = 0; d < SESSIONS; d++) {
      const cell = s * SESSIONS + d;
      open[cell] = Math.round(100 * price) / 100;
      price = Math.max(1, open[cell] * Math.exp(0.02 * rng.normal()));
      close[cell] = Math.round(100 * price) / 100;
      high[cell] = Math.max(open[cell], close[cell]);
      low[cell] = Math.min(open[cell], close[cell]);
      volume[cell] = 1e6 + rng.int(1e7);
      adjFactor[cell] = 1;
    }
  }
  const symbols = Array.from({ length: SYMBOLS }, (_, s) => `SH${600_000 + s}`);
  const first = parseDay('2010-01-04');
  const dates = Int32Array.from({ length: SESSIONS }, (_, d) => first + 7 * Math.floor(d / 5) + (d % 5));
  const none = () => new Uint8Array(cells);
  const bars = { symbols, dates, open, high, low, close, volume, amount: null, adjFactor };
  const facts = { name: '', exchange: 'SSE', board: 'main', industry: '', listDate: null, delistDate: null };
  return {
    name: 'random walks',
    bars: { ...bars, suspended: none(), st: none(), flags: none() },
    instruments: symbols.map((symbol) => ({ symbol, ...facts })),
    universe: new Uint8Array(cells).map((_, cell) => (cell % (2 * SESSIONS) < SESSIONS ? 1 : 0)),
  };
}
