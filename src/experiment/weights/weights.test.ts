import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PolicyContext } from '../../backtest/index.js';
import { writeParquet } from '../../tables/index.js';
import { parseDay } from '../../util/index.js';
import { readWeights } from './read-weights.js';
import { followPlan, planWeights } from './weight-plan.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-weights-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SESSIONS = Int32Array.from(['2022-01-06', '2022-01-07', '2022-01-10', '2022-01-11'], (text) => parseDay(text));
const SYMBOLS = ['SH600000', 'SH600519', 'SZ000001'];

function file(text: string, name = 'w.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const LISTINGS = [
  { symbol: 'SH600000', listDate: parseDay('2022-01-07'), delistDate: parseDay('2022-01-10') },
  { symbol: 'SH600519', listDate: null, delistDate: null },
  { symbol: 'SH601000', listDate: parseDay('2022-01-11'), delistDate: null },
];

const plan = async (path: string) => planWeights(await readWeights(path), SESSIONS, SYMBOLS);
const planListed = async (path: string) => planWeights(await readWeights(path), SESSIONS, SYMBOLS, LISTINGS);
const long = (...lines: string[]) => file(`date,symbol,weight\n${lines.join('\n')}\n`);
const coded = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;

describe('weights', () => {
  it('are read in either form and any spelling of a symbol, dates in order', async () => {
    const expected = {
      dates: Int32Array.of(SESSIONS[0], SESSIONS[2]),
      targets: [
        new Map([['SH600519', 0.25]]),
        new Map([
          ['SH600000', 0.5],
          ['SZ000001', 0.5],
        ]),
      ],
    };
    const rows = ['2022-01-10,600000.SH,0.5', '2022-01-10,sz000001,.5', '2022-01-06,SH600519,2.5e-1'];
    expect(await plan(long(...rows))).toEqual(expected);
    const wide = file('SH600000,date,SH600519,SZ000001\n0.5,2022-01-10,0,0.5\n0,2022-01-06,0.25,0\n');
    expect(await plan(wide)).toEqual(expected);
  });

  it('are scaled back to 1 where their sum is above it by rounding alone', async () => {
    const { targets } = await plan(long('2022-01-06,SH600000,0.5000001', '2022-01-06,SH600519,0.5000001'));
    expect([...targets[0].values()].reduce((a, b) => a + b)).toBeLessThanOrEqual(1);
    await expect(plan(long('2022-01-06,SH600000,0.51', '2022-01-06,SH600519,0.5'))).rejects.toThrow(
      coded('WEIGHTS_INVALID', /w\.csv line 2, column weight: .*2022-01-06 have a sum of 1\.01,/),
    );
  });

  it.each([
    ['a short position', '-0.5', 'WEIGHTS_INVALID', /found -0\.5/],
    ['more than everything', '1.5', 'WEIGHTS_INVALID', /found 1\.5/],
    ['NaN', 'NaN', 'TABLE_INVALID', /found "NaN"/],
    ['a word', 'half', 'TABLE_INVALID', /found "half"/],
    ['a hexadecimal', '0x1', 'TABLE_INVALID', /found "0x1"/],
    ['nothing', '', 'TABLE_INVALID', /found nothing/],
    ['infinity', '1e999', 'WEIGHTS_INVALID', /found Infinity/],
  ])('refuse %s, naming line and column', async (_title, weight, code, found) => {
    const refused = expect(plan(long('2022-01-06,SH600000,0.1', `2022-01-07,SH600519,${weight}`))).rejects;
    await refused.toThrow(coded(code, new RegExp(`w\\.csv line 3, column weight.*${found.source}`)));
  });

  it.each([
    [
      'an unknown symbol',
      '2022-01-06,SH699999,0.1',
      'WEIGHTS_INVALID',
      /line 2, column symbol: .*SH699999: found no such/,
    ],
    ['no symbol', '2022-01-06,,0.1', 'TABLE_INVALID', /line 2, column symbol/],
    ['a closed day', '2022-01-08,SH600000,0.1', 'WEIGHTS_INVALID', /2022-01-08.*such as 2022-01-07 or 2022-01-10/],
    ['a day outside', '2023-01-09,SH600000,0.1', 'DATE_OUT_OF_STORE', /line 2, column date/],
    ['no date', '6 Jan 2022,SH600000,0.1', 'DATE_INVALID', /line 2, column date/],
    ['a pair twice', '2022-01-06,SH600000,0.1\n2022-01-06,600000.SH,0.1', 'WEIGHTS_INVALID', /line 3.*second weight/],
  ])('refuse %s', async (_title, lines, code, message) => {
    await expect(plan(long(lines))).rejects.toThrow(coded(code, message));
  });

  it('refuse a share before its listing and after it, naming line and column; 0 is no weight', async () => {
    const at = (day: string, symbol: string, weight: number) => planListed(long(`${day},${symbol},${weight}`));
    const refused = (day: string, symbol: string, message: RegExp) =>
      expect(at(day, symbol, 0.1)).rejects.toThrow(coded('WEIGHTS_INVALID', message));
    await refused('2022-01-06', 'SH600000', /w\.csv line 2, column weight: 2022-01-06.*not listed before 2022-01-07/);
    await refused('2022-01-11', 'SH600000', /line 2, column weight: 2022-01-11, SH600000.*delisted after 2022-01-10/);
    const wide = file('date,SH600519,SH600000\n2022-01-06,0.5,0.1\n');
    await expect(planListed(wide)).rejects.toThrow(coded('WEIGHTS_INVALID', /line 2, column SH600000: /));
    for (const day of ['2022-01-07', '2022-01-10']) expect((await at(day, 'SH600000', 0.1)).targets[0].size).toBe(1);
    for (const day of ['2022-01-06', '2022-01-11']) expect((await at(day, 'SH600000', 0)).targets[0].size).toBe(0);
    expect((await at('2022-01-06', 'SH600519', 0.1)).targets[0].size).toBe(1);
    // Listed after the period that is back-tested: known, though it has no bars in it.
    expect((await at('2022-01-11', 'SH601000', 0.1)).targets[0].size).toBe(1);
    await refused('2022-01-10', 'SH601000', /not listed before 2022-01-11/);
  });

  it.each([
    ['an empty file', '', /empty file/],
    ['a header alone', 'date,symbol,weight\n', /no weights/],
    ['no weight column', 'date,symbol\n', /"weight" is missing/],
    ['no date column', 'when,SH600000\n', /"date" is missing/],
    ['dates alone', 'date\n2022-01-06\n', /no column but date/],
  ])('refuse %s', async (_title, text, message) => {
    await expect(plan(file(text))).rejects.toThrow(coded('TABLE_INVALID', message));
  });

  it('refuse what is no Parquet file, a column of texts, and a missing value by row and column', async () => {
    const broken = file('no', 'w.parquet');
    await expect(plan(broken)).rejects.toThrow(coded('TABLE_INVALID', /not a readable Parquet file/));
    await writeParquet(
      broken,
      { length: 1, columns: { date: SESSIONS.slice(0, 1), symbol: ['SH600000'], weight: ['0.5'] } },
      { date: 'day', symbol: 'string', weight: 'string' },
    );
    await expect(plan(broken)).rejects.toThrow(coded('TABLE_INVALID', /column "weight" is VARCHAR/));
    await writeParquet(
      broken,
      { length: 2, columns: { date: SESSIONS.slice(0, 2), SH600000: Float64Array.of(0.5, Number.NaN) } },
      { date: 'day', SH600000: 'float64' },
    );
    await expect(plan(broken)).rejects.toThrow(coded('TABLE_INVALID', /row 2, column SH600000: found nothing, or NaN/));
  });
});

describe('following them', () => {
  it('changes nothing on a date without weights, and takes the latest ones known when it begins', async () => {
    const weights = await plan(long('2022-01-06,SH600000,0.5', '2022-01-10,SH600519,1'));
    const ask = (...days: number[]) => {
      const step = followPlan(weights, 'w').start();
      return days.map((t) => step({ date: SESSIONS[t] } as PolicyContext)?.weights ?? null);
    };
    const [first, second] = weights.targets;
    expect(ask(0, 1, 2, 3)).toEqual([first, null, second, null]);
    expect(ask(1, 2)).toEqual([first, second]);
    expect(
      followPlan({ dates: SESSIONS.slice(2, 3), targets: [second] }, 'w').start()({
        date: SESSIONS[1],
      } as PolicyContext),
    ).toBeNull();
  });
});
