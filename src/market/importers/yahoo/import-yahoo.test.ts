import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseDay } from '../../../util/index.js';
import { type LocalServer, startServer, testPacing } from '../http/local-server.fixture.js';
import { importerContract } from '../importer.contract.js';
import { type ImportYahooOptions, importYahoo } from './import-yahoo.js';

const DAYS = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07'];
const SYMBOLS = ['AAA', 'BBB'];
/** 09:30 in New York. */
const opening = (day: string) => Date.parse(`${day}T14:30:00Z`) / 1000;
const price = (symbol: string, session: number) => 40 + SYMBOLS.indexOf(symbol) * 4 + session / 4;

/** An answer of the chart endpoint. */
function chart(symbol: string) {
  const column = (add: number) => DAYS.map((_, session): number | null | string => price(symbol, session) + add);
  return {
    meta: {
      symbol,
      currency: 'USD',
      fullExchangeName: 'NasdaqGS',
      exchangeTimezoneName: 'America/New_York',
      longName: `${symbol} Inc.`,
    },
    timestamp: DAYS.map(opening),
    events: {} as Record<string, Record<string, object>>,
    indicators: {
      quote: [{ open: column(0), high: column(1), low: column(-1), close: column(0.5), volume: column(1000) }],
    },
  };
}

let server: LocalServer;
let charts: Record<string, ReturnType<typeof chart>>;
beforeAll(async () => {
  server = await startServer((_body, response, request) => {
    const symbol = decodeURIComponent(/chart\/([^?]+)/.exec(request.url ?? '')?.[1] ?? '');
    const error = { code: 'Not Found', description: 'No data found, symbol may be delisted' };
    const found = charts[symbol];
    response.statusCode = found ? 200 : 404;
    response.end(JSON.stringify({ chart: found ? { result: [found], error: null } : { result: null, error } }));
  });
});
afterAll(() => server.close());
beforeEach(() => {
  const level = chart('AAA');
  level.meta.symbol = '^GSPC';
  charts = { AAA: chart('AAA'), BBB: chart('BBB'), '^GSPC': level };
});

const load = (options: Partial<ImportYahooOptions> = {}) =>
  importYahoo({
    symbols: SYMBOLS,
    from: parseDay(DAYS[0]),
    to: parseDay(DAYS[3]),
    benchmark: '^GSPC',
    baseUrl: server.url,
    pacing: testPacing(),
    tries: 2,
    ...options,
  });

importerContract({
  name: 'Yahoo',
  writeSource: (dir) => mkdirSync(dir),
  run: (_dir, signal) => load(signal ? { signal } : {}),
  expected(symbol, date) {
    const open = price(symbol, DAYS.map((text) => parseDay(text)).indexOf(date));
    return { open, high: open + 1, low: open - 1, close: open + 0.5, volume: open + 1000 };
  },
});

describe('importYahoo', () => {
  it('puts back what traded before a split, also one after the period, and pays dividends per share of the day', async () => {
    charts.AAA.events = {
      splits: {
        a: { date: opening(DAYS[2]), numerator: 2, denominator: 1, splitRatio: '2:1' },
        b: { date: opening('2021-03-01'), numerator: 3, denominator: 1, splitRatio: '3:1' },
      },
      dividends: { a: { date: opening(DAYS[1]), amount: 0.25 } },
    };
    const { bars, actions, rulebook } = await load();
    expect(rulebook).toBe('us-equity');
    // Before both splits one share was six of today's.
    expect([...bars.close.slice(0, 4)]).toEqual([40.5 * 6, 40.75 * 6, 41 * 3, 41.25 * 3]);
    expect(bars.volume[0]).toBeCloseTo(1040 / 6, 12);
    expect(actions).toEqual([
      { symbol: 'AAA', exDate: parseDay(DAYS[1]), cash: 1.5, bonus: 0, transfer: 0, rights: 0, rightsPrice: 0 },
      { symbol: 'AAA', exDate: parseDay(DAYS[2]), cash: 0, bonus: 0, transfer: 1, rights: 0, rightsPrice: 0 },
    ]);
    const paid = 243 / (243 - 1.5);
    expect(bars.adjFactor[0]).toBe(1);
    expect(bars.adjFactor[1]).toBeCloseTo(paid, 12);
    expect(bars.adjFactor[2]).toBeCloseTo(2 * paid, 12);
  });

  it('takes a null bar for a missing one, and cuts to the period', async () => {
    for (const column of Object.values(charts.AAA.indicators.quote[0])) column[1] = null;
    const { bars } = await load({ to: parseDay(DAYS[2]) });
    expect(bars.dates).toHaveLength(3);
    expect([...bars.suspended]).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('says that symbols chosen by hand are no index of the day', async () => {
    const { findings } = await load();
    expect(findings.find(({ kind }) => kind === 'members-chosen-afterwards')?.count).toBe(2);
  });

  it.each<[string, () => void, string, string]>([
    ['an unknown symbol', () => delete charts.BBB, 'HTTP_REFUSED', 'yahoo BBB: found Not Found, No data found'],
    [
      'a text for a price',
      () => {
        charts.AAA.indicators.quote[0].open[1] = 'x';
      },
      'HTTP_FAILED',
      'quote.0.open.1',
    ],
    [
      'a column missing',
      () => Reflect.deleteProperty(charts.AAA.indicators.quote[0], 'volume'),
      'TABLE_INVALID',
      'column "volume": found no such column',
    ],
    [
      'a price beyond measure',
      () => {
        charts.AAA.indicators.quote[0].close[1] = 1e300;
      },
      'TABLE_INVALID',
      'yahoo AAA: 2020-01-03, column "close": found 1e+300 as traded',
    ],
    ['days in reverse', () => void charts.AAA.timestamp.reverse(), 'TABLE_INVALID', 'expected ascending days'],
    [
      'a split to nothing',
      () => {
        charts.AAA.events = { splits: { a: { date: opening(DAYS[1]), numerator: 0, denominator: 1 } } };
      },
      'TABLE_INVALID',
      'found 0:1',
    ],
    [
      'two currencies',
      () => {
        charts.AAA.meta.currency = 'EUR';
      },
      'ARGUMENT_INVALID',
      'expected one rulebook in a store',
    ],
    [
      'nothing in the period',
      () => {
        charts = { AAA: { ...chart('AAA'), timestamp: [opening('2010-01-04')] } as never, BBB: chart('BBB') };
      },
      'TABLE_INVALID',
      'expected 1 values',
    ],
  ])('refuses %s', async (_name, damage, code, message) => {
    damage();
    await expect(load()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
