import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CandlenetError, createRng, parseDay } from '../../../util/index.js';
import { checkMarketTables } from '../../check-tables.js';
import type { MarketTables } from '../../types.js';
import { type LocalServer, startServer, testPacing } from '../http/local-server.fixture.js';
import { bomb, noNumber, replaceAnywhere, SPOILT_BODIES } from '../http/mutations.fixture.js';
import { expectSound } from '../sound-market.fixture.js';
import { importYahoo } from './import-yahoo.js';

const DAYS = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07', '2020-01-08'];
const opening = (day: string) => Date.parse(`${day}T14:30:00Z`) / 1000;

/** An answer of the chart endpoint. */
function fineAnswer() {
  const column = (from: number): (number | null | string)[] => DAYS.map((_, i) => from + i / 4);
  const result = {
    meta: { symbol: 'AAA', currency: 'USD', exchangeTimezoneName: 'America/New_York', longName: 'A Inc.' },
    timestamp: DAYS.map(opening) as (number | string)[],
    events: {
      dividends: { a: { date: opening(DAYS[1]), amount: 0.25 } },
      splits: { b: { date: opening(DAYS[2]), numerator: 2, denominator: 1 } },
    },
    indicators: {
      quote: [{ open: column(40), high: column(41), low: column(39), close: column(40.5), volume: column(1000) }],
    },
  };
  return { chart: { result: [result], error: null } };
}
type Fine = ReturnType<typeof fineAnswer>;

let server: LocalServer;
let honest: MarketTables;
beforeAll(async () => {
  server = await startServer((_body, response) => response.end(JSON.stringify(fineAnswer())));
  honest = await load();
});
afterAll(() => server.close());
beforeEach(() => tamper((fine, response) => response.end(JSON.stringify(fine))));

function tamper(spoil: (fine: Fine, response: ServerResponse) => void): void {
  server.answer = (_body, response) => spoil(fineAnswer(), response);
}
const change = (how: (result: Fine['chart']['result'][0]) => void) =>
  tamper((fine, response) => {
    how(fine.chart.result[0]);
    response.end(JSON.stringify(fine).replace(/"MARK:(.*?)"/, (_, text) => decodeURIComponent(text)));
  });

const load = (timeoutSeconds = 60) =>
  importYahoo({
    symbols: ['AAA'],
    from: parseDay(DAYS[0]),
    to: parseDay('2020-01-08'),
    baseUrl: server.url,
    pacing: testPacing(),
    tries: 2,
    timeoutSeconds,
  });

async function outcome(): Promise<MarketTables | CandlenetError> {
  try {
    const market = await load();
    checkMarketTables(market);
    return market;
  } catch (error) {
    if (error instanceof CandlenetError && error.exitStatus === 2) return error;
    throw error;
  }
}

async function refused(): Promise<string> {
  const found = await outcome();
  if (!(found instanceof CandlenetError)) throw new Error('taken, expected a refusal');
  expect(found.message).toMatch(/^yahoo AAA/);
  return found.message;
}

const put = (target: object, key: PropertyKey, value: unknown) => void Object.assign(target, { [key]: value });
const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;

describe('answers of Yahoo that were tampered with', () => {
  it.each(Object.entries(SPOILT_BODIES))('are refused when they are %s', async (name, spoil) => {
    tamper((fine, response) => spoil(JSON.stringify(fine), response, createRng(1, name)));
    await refused();
  });

  it('are refused with column and row where a number is none', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const rng = createRng(seed, 'number');
      const column = COLUMNS[Math.floor(rng.uniform() * 5)];
      const row = Math.floor(rng.uniform() * DAYS.length);
      change(({ indicators }) => {
        indicators.quote[0][column][row] = `MARK:${encodeURIComponent(noNumber(rng))}`;
      });
      expect(await refused()).toContain(`quote.0.${column}.${row}`);
    }
  });

  it.each<[string, Parameters<typeof change>[0], string]>([
    ['days in reverse', ({ timestamp }) => void timestamp.reverse(), 'expected ascending days'],
    ['a day twice', ({ timestamp }) => put(timestamp, 1, timestamp[0]), 'timestamp 2: found another bar of 2020-01-02'],
    ['a text for a day', ({ timestamp }) => put(timestamp, 1, '2020-01-03'), 'timestamp.1'],
    [
      'a day of another geological age',
      ({ timestamp }) => put(timestamp, 4, 1e18),
      'timestamp 5: found 1000000000000000000',
    ],
    [
      'milliseconds for seconds',
      (r) =>
        put(
          r,
          'timestamp',
          r.timestamp.map((s) => Number(s) * 1000),
        ),
      'timestamp 1: found',
    ],
    [
      'a column of another length',
      ({ indicators }) => void indicators.quote[0].low.pop(),
      'column "low": found 4 values, expected 5',
    ],
    ['a day too many', ({ timestamp }) => void timestamp.push(opening('2020-01-09')), 'found 5 values, expected 6'],
    ['another symbol', ({ meta }) => put(meta, 'symbol', 'ZZZ'), 'meta.symbol: found "ZZZ", expected AAA'],
    [
      'a time zone that is none',
      ({ meta }) => put(meta, 'exchangeTimezoneName', 'Mars/Utopia'),
      'expected a time zone',
    ],
    ['a dividend below zero', ({ events }) => put(events.dividends.a, 'amount', -1), 'found an amount of -1'],
    [
      'a dividend on no day',
      ({ events }) => put(events.dividends.a, 'date', 9e15),
      'events.dividends: found 9000000000000000',
    ],
    ['a split to nothing', ({ events }) => put(events.splits.b, 'numerator', 0), 'found 0:1'],
  ])('are refused with %s', async (_name, how, says) => {
    change(how);
    expect(await refused()).toContain(says);
  });

  it('mark prices that cannot be, and take an empty bar for a missing one', async () => {
    change(({ indicators }) => {
      indicators.quote[0].close[1] = -5;
      for (const column of COLUMNS) indicators.quote[0][column][3] = null;
    });
    const market = (await load()) as MarketTables;
    expect(market.bars.flags[1] & 1).toBe(1);
    expect([...market.bars.suspended]).toEqual([0, 1, 0, 1, 0]);
    expect(market.findings.filter(({ count }) => count > 0).map(({ kind }) => kind)).toContain('missing-bar');
  });

  it('never crash, whatever is replaced', async () => {
    let taken = 0;
    for (let seed = 0; seed < 80; seed++) {
      tamper((fine, response) => response.end(replaceAnywhere(fine, createRng(seed, 'anywhere'))));
      const found = await outcome();
      if (found instanceof CandlenetError) expect(found.message).toMatch(/^yahoo/);
      else {
        taken++;
        // What is taken differs at most by a name or an event left out.
        expectSound(found);
        expect(found.bars.dates).toEqual(honest.bars.dates);
        expect(found.bars.symbols).toEqual(honest.bars.symbols);
      }
    }
    expect(taken).toBeLessThan(40);
  });

  it('are refused when they unpack to more than any answer is', async () => {
    const packed = bomb(100);
    tamper((_fine, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed));
    expect(await refused()).toContain('found an answer above');
  });
});
