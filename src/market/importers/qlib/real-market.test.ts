import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../../util/index.js';
import { type MarketStore, openMarketStore } from '../../store.js';
import { BarFlag, type BarMatrix, type MarketTables } from '../../types.js';
import { universeMask } from '../../universe.js';
import { writeMarketStore } from '../../write-store.js';
import { importQlib } from './import-qlib.js';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const data = join(repository, '..', 'shared', 'data');
const source = join(data, 'csi300-qlib');
const names = join(data, 'instruments-tushare.csv');
const missing = !existsSync(source);

/** Facts of this market and its listed defects; suspended days and volumes counted by bench/peers/qlib_counts.py. */
describe.skipIf(missing)(`CSI 300, 2010 … 2023${missing ? ' (skipped: no real data)' : ''}`, () => {
  let folder: string;
  let market: MarketTables;
  let store: MarketStore;
  let bars: BarMatrix;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'candlenet-real-'));
    market = await importQlib(source, { index: 'csi300', ...(existsSync(names) ? { instrumentsFile: names } : {}) });
    await writeMarketStore(join(folder, 'store'), market);
    store = await openMarketStore(join(folder, 'store'));
    bars = await store.readBars({ asOf: store.lastDay });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const cellOf = (symbol: string, day: string) =>
    bars.symbols.indexOf(symbol) * bars.dates.length + bars.dates.indexOf(parseDay(day));
  const count = (kind: string) => market.findings.find((finding) => finding.kind === kind)?.count;
  const flagged = (bit: number) =>
    [...bars.flags.keys()]
      .filter((cell) => (bars.flags[cell] & bit) !== 0)
      .map(
        (cell) =>
          `${bars.symbols[Math.floor(cell / bars.dates.length)]} ${formatDay(bars.dates[cell % bars.dates.length])}`,
      );

  it('holds 729 stocks and the index over 3,401 sessions', async () => {
    expect([bars.symbols.length, bars.dates.length]).toEqual([729, 3401]);
    expect([store.manifest.from, store.manifest.to]).toEqual(['2010-01-04', '2023-12-29']);
    expect(await store.readInstruments({ asOf: store.lastDay })).toHaveLength(730);
    expect(bars.close.every((price, cell) => Object.is(price, market.bars.close[cell]))).toBe(true);
  });

  it('has the benchmark of the market: −30.5 %, drawdown −33.3 %, 484 sessions', async () => {
    const { dates, close } = await store.readBenchmark('csi300', { asOf: store.lastDay, from: parseDay('2021-12-31') });
    const levels = [...close];
    expect(dates.length - 1).toBe(484);
    expect(levels[levels.length - 1] / levels[0] - 1).toBeCloseTo(-0.305, 3);
    let peak = levels[0];
    let drawdown = 0;
    for (const level of levels) {
      peak = Math.max(peak, level);
      drawdown = Math.min(drawdown, level / peak - 1);
    }
    expect(drawdown).toBeCloseTo(-0.333, 3);
  });

  it('finds what is wrong with the source', () => {
    expect(count('member-without-bars')).toBe(39);
    expect(count('membership-size')).toBe(0);
    expect(count('high-below-low')).toBe(0);
    expect(count('price-not-positive')).toBe(0);
    expect(count('impossible-jump')).toBe(0);
    expect(count('suspended')).toBe(60_785);
    expect(count('volume-missing')).toBe(406);
    expect(count('price-off-tick')).toBe(0);
    // SH601607 2010-03-05: +227 % is stated for a day without trade.
    expect(count('change-contradicts-price')).toBe(1);
    expect(bars.suspended[cellOf('SH601607', '2010-03-05')]).toBe(1);
  });

  it('mends the factor breaks, so that compounding the returns is right', () => {
    const broken = flagged(BarFlag.FACTOR_REPAIRED);
    expect(broken).toHaveLength(13);
    expect(broken).toEqual(
      expect.arrayContaining([
        'SZ000001 2020-12-31',
        'SH600633 2020-11-25',
        'SH600654 2020-11-25',
        'SH600655 2020-11-25',
      ]),
    );
    const adjusted = (cell: number) => bars.close[cell] * bars.adjFactor[cell];
    const cell = cellOf('SZ000001', '2020-12-31');
    // Closes of 19.20 and 19.34 yuan with nothing paid out.
    expect(adjusted(cell) / adjusted(cell - 1)).toBeCloseTo(19.34 / 19.2, 5);
  });

  it('keeps the jumps of restructured shares as extremes', () => {
    const extremes = flagged(BarFlag.EXTREME);
    expect(extremes).toHaveLength(count('jump-on-resumption') ?? 0);
    expect(extremes).toContain('SZ000156 2012-10-19');
    const cell = cellOf('SZ000156', '2012-10-19');
    const adjusted = (at: number) => bars.close[at] * bars.adjFactor[at];
    expect(adjusted(cell) / adjusted(cell - 1) - 1).toBeCloseTo(6.21, 3);
  });

  it('recovers raw prices to the tick', () => {
    expect(bars.close[cellOf('SZ000001', '2010-01-04')]).toBe(23.71);
    let offTick = 0;
    for (const price of bars.close) if (!Number.isNaN(price) && Math.round(price * 100) / 100 !== price) offTick++;
    expect(offTick).toBe(0);
  });

  it('has 300 members on every day, of whom at most 21 are without bars', async () => {
    const mask = universeMask(await store.readMembers({ asOf: store.lastDay }), 'csi300', bars);
    const sessions = bars.dates.length;
    const size = new Int32Array(sessions);
    for (let cell = 0; cell < mask.length; cell++) size[cell % sessions] += mask[cell];
    expect(Math.min(...size)).toBe(279);
    expect(Math.max(...size)).toBeLessThanOrEqual(300);
  });

  it.skipIf(!existsSync(names))('knows the Chinese names', async () => {
    const instruments = await store.readInstruments({ asOf: store.lastDay });
    expect(instruments.find(({ symbol }) => symbol === 'SZ000001')?.name).toBe('平安银行');
    expect(count('names-absent')).toBe(0);
  });
});
