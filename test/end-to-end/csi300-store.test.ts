import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MarketStore, openMarketStore } from '../../src/market/index.js';
import { parseDay } from '../../src/util/index.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const data = join(repository, '..', 'shared', 'data');
const missing = !['csi300-qlib', 'csi300-baostock', 'macro'].every((folder) => existsSync(join(data, folder)));

/** The sources' own cells stand beside what the store says; counts are the sources' rows of the 759 stocks with bars, 30 of them BaoStock’s alone. */
describe.skipIf(missing)(`CSI 300 from several sources${missing ? ' (skipped: no real data)' : ''}`, () => {
  let folder: string;
  let said: string;
  let store: MarketStore;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'candlenet-csi300-'));
    const example = join(repository, 'examples', 'build-csi300-store.mjs');
    said = execFileSync(process.execPath, [example, data, join(folder, 'store')], { encoding: 'utf8' });
    store = await openMarketStore(join(folder, 'store'));
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds every row and value of its sources', () => {
    expect(store.manifest).toMatchObject({ symbols: 759, sessions: 3401, hasAmount: true, hasSt: true });
    expect(store.manifest.tables.fundamentals?.rows).toBe(301_232);
    expect(store.manifest.tables.valuations?.rows).toBe(1_572_433);
    expect(said).toContain('17 of the 28 fundamentals');
  });

  it('knows a disclosure from the day it was published', async () => {
    // profit.csv: sh.600000, published 2013-04-27 for the quarter to 2013-03-31, roeAvg 0.048871.
    const before = await store.readFundamentals({ asOf: parseDay('2013-04-26') });
    const after = await store.readFundamentals({ asOf: parseDay('2013-04-27') });
    const roe = (table: typeof after) =>
      table?.columns.symbol.findIndex((symbol, row) => symbol === 'SH600000' && table.columns.field[row] === 'roe');
    expect(roe(before)).toBe(-1);
    expect(after?.columns.value[roe(after) ?? -1]).toBe(0.048871);
  });

  it('has no series of the future, and all sixteen at the end', async () => {
    // macro.csv: GDP of the fourth quarter of 2023 +5.2 %; statistics are out in January 2024.
    const macro = await store.readMacro({ asOf: store.lastDay });
    expect(new Set(macro?.columns.series).size).toBe(16);
    const { series, period_end: period, released } = macro?.columns ?? { series: [], period_end: [], released: [] };
    expect(series.some((name, row) => name === 'gdp_growth' && period[row] === parseDay('2023-12-31'))).toBe(false);
    expect(series.every((_, row) => released[row] >= period[row])).toBe(true);
  });

  it('has amounts and ratios as BaoStock states them', async () => {
    // bars/sh.600000.csv.gz, 2012-06-11: amount 597652524, turn 0.480104 %, peTTM 5.342162; 2012-06-13 without trade.
    const [from, asOf] = [parseDay('2012-06-11'), parseDay('2012-06-13')];
    const bars = await store.readBars({ from, asOf });
    const cell = bars.symbols.indexOf('SH600000') * bars.dates.length;
    expect(bars.amount?.[cell]).toBe(597_652_524);
    expect(bars.amount?.[cell + 2]).toBe(0);
    const ratios = await store.readValuations({ from, asOf });
    const row = ratios?.columns.symbol.indexOf('SH600000') ?? -1;
    expect(ratios?.columns.turnover[row]).toBeCloseTo(0.00480104, 10);
    expect(ratios?.columns.pe_ttm[row]).toBe(5.342162);
    expect(ratios?.columns.turnover[row + 2]).toBe(0);
  });

  it('says where its sources disagree and what was left out', () => {
    const count = (kind: string) => store.manifest.findings.find((finding) => finding.kind === kind)?.count;
    expect(count('instrument-only-in-second-source')).toBe(30);
    expect(count('return-disagrees')).toBe(1);
    expect(count('suspension-disagrees')).toBe(5);
    expect(count('amount-implausible')).toBe(5);
    expect(count('prices-recovered')).toBe(61_767);
    expect(count('amount-absent')).toBeUndefined();
  });
});
