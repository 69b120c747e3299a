import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  FUNDAMENTAL_FIELDS,
  generateMarket,
  importQlib,
  openMarketStore,
  SYNTHETIC_INDEX,
  writeMarketStore,
} from '../../market/index.js';
import { silentProgress } from '../../util/index.js';
import { dataReport } from './data-report.js';
import { renderDataReport } from './render-data-report.js';

const SERVICES = { progress: silentProgress };
const data = join(fileURLToPath(new URL('../../../', import.meta.url)), '..', 'shared', 'data');
const noData = !existsSync(join(data, 'csi300-qlib'));

/** A market without dated tables. */
const barsAlone = () =>
  generateMarket({ kind: 'null', symbols: 3, days: 260, seed: 4, withTruth: false, withFacts: false });

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-data-'));
  await writeMarketStore(join(folder, 'bars'), barsAlone());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a store with every table', () => {
  it('has a row of Table 1 for each of its data types', async () => {
    const market = generateMarket({ kind: 'null', symbols: 8, days: 400, seed: 3, withTruth: false });
    await writeMarketStore(join(folder, 'whole'), market);
    const report = await dataReport(join(folder, 'whole'), {}, SERVICES);
    expect(report.table.map(({ type, variables }) => [type, variables])).toEqual([
      ['Stock prices', 6],
      ['Technical indicators', 32],
      ['Macroeconomic series', new Set(market.macro?.columns.series).size],
      ['Fundamentals', new Set(market.fundamentals?.columns.field).size],
      ['Daily ratios', 5],
      ['News', 5],
    ]);
    const { close } = market.bars;
    expect(report.table[0].samples).toBe(close.reduce((sum, price) => sum + (price > 0 ? 1 : 0), 0));
    expect(report.coverage.map(({ index }) => index)).toEqual([SYNTHETIC_INDEX]);
    expect(report.fundamentals).toEqual({
      of: 28,
      present: FUNDAMENTAL_FIELDS.map(({ field }) => field),
      missing: [],
    });
    expect(report.table.every(({ missingShare }) => missingShare >= 0 && missingShare < 1)).toBe(true);
    const text = renderDataReport(report);
    for (const { type } of report.table) expect(text).toContain(type);
    expect(text).toContain('Fundamentals of the feature set: 28 of 28 are here');
  });

  it('says which fundamentals of the feature set are not there, a ratio without any value among them', async () => {
    const market = generateMarket({ kind: 'null', symbols: 4, days: 300, seed: 3, withTruth: false });
    const { fundamentals, valuations } = market;
    if (!fundamentals || !valuations) throw new Error('no facts');
    const kept = [...fundamentals.columns.field.keys()].filter((row) => fundamentals.columns.field[row] !== 'roa');
    const pick = <T extends string | number>(column: ArrayLike<T>) => kept.map((row) => column[row]);
    const { symbol, period_end, field, announced, value } = fundamentals.columns;
    await writeMarketStore(join(folder, 'some'), {
      ...market,
      fundamentals: {
        length: kept.length,
        columns: {
          symbol: pick(symbol),
          period_end: Int32Array.from(pick(period_end)),
          field: pick(field),
          announced: Int32Array.from(pick(announced)),
          value: Float64Array.from(pick(value)),
        },
      },
      valuations: {
        ...valuations,
        columns: { ...valuations.columns, pcf_ttm: new Float64Array(valuations.length).fill(Number.NaN) },
      },
    });
    const report = await dataReport(join(folder, 'some'), {}, SERVICES);
    expect(report.fundamentals.missing).toEqual(['roa', 'pcf_ttm']);
    expect(report.fundamentals.present).toHaveLength(26);
    expect(renderDataReport(report)).toMatch(/26 of 28 are here\n {2}missing: roa, pcf_ttm\n/);
  });
});

describe('a store of bars alone', () => {
  it('has no row for what it lacks, and counts what it has', async () => {
    const report = await dataReport(join(folder, 'bars'), { index: SYNTHETIC_INDEX }, SERVICES);
    const { bars } = barsAlone();
    const listed = [...bars.close.keys()].filter((cell) => bars.close[cell] > 0);
    const silent = listed.filter((cell) => bars.suspended[cell] === 1).length;
    expect(report.bars).toMatchObject({
      stockDays: listed.length,
      traded: listed.length - silent,
      suspended: silent,
      missingBars: 0,
    });
    expect(report.table.map(({ type, samples }) => [type, samples])).toEqual([
      ['Stock prices', listed.length],
      ['Technical indicators', listed.length - silent],
    ]);
    expect(report.findings).toEqual((await openMarketStore(join(folder, 'bars'))).manifest.findings);
  });

  it('names the indices it has', async () => {
    await expect(dataReport(join(folder, 'bars'), { index: 'csi500' }, SERVICES)).rejects.toThrow(/csi500.*there are/);
  });
});

describe.skipIf(noData)(`CSI 300, 2010 … 2023${noData ? ' (skipped: no real data)' : ''}`, () => {
  it('covers most of the index, and says which years less', async () => {
    const instrumentsFile = join(data, 'instruments-tushare.csv');
    const market = await importQlib(join(data, 'csi300-qlib'), {
      index: 'csi300',
      ...(existsSync(instrumentsFile) ? { instrumentsFile } : {}),
    });
    await writeMarketStore(join(folder, 'real'), market);
    const report = await dataReport(join(folder, 'real'), {}, SERVICES);
    const [coverage] = report.coverage;
    const absent = market.findings.find(({ kind }) => kind === 'member-without-bars');
    expect(coverage.withoutBars).toHaveLength(absent?.count ?? Number.NaN);
    expect(coverage.years.map(({ year }) => year)).toEqual(Array.from({ length: 14 }, (_, k) => 2010 + k));
    for (const { members } of coverage.years) expect(Math.abs(members - 300)).toBeLessThan(2);
    expect(report.bars.flags.FILLED).toBe(market.findings.find(({ kind }) => kind === 'missing-bar')?.count);
    expect(report.bars.flags.EXTREME).toBe(market.findings.find(({ kind }) => kind === 'jump-on-resumption')?.count);
    const [screening] = report.screening;
    expect(screening.counts.map(({ reason }) => reason)).toEqual(['listed-too-short', 'suspended-too-long']);
    expect(screening.before).toBe(
      Math.round(coverage.years.reduce((sum, { withBars, sessions }) => sum + withBars * sessions, 0)),
    );
    expect(screening.notes).toEqual(['screening of special treatment is off: the store has no such flag']);
  });
});
