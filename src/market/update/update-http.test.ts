import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../util/index.js';
import { type LocalServer, startServer, testPacing } from '../importers/http/local-server.fixture.js';
import { importTushare, importYahoo } from '../importers/index.js';
import { startTushare, TOKEN, type TushareServer } from '../importers/tushare/tushare-server.fixture.js';
import { extendMarketStore } from '../merge/index.js';
import { openMarketStore } from '../store.js';
import { writeMarketStore } from '../write-store.js';
import { updateMarketStore } from './update-store.js';

let folder: string;
let store: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-update-http-'));
  store = join(folder, 'store');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('Yahoo', () => {
  const FIRST = parseDay('2019-01-01');
  const DAYS = 1100;
  /** Three for one on the ex-day; a dividend, stated per share of before the split. */
  const split = FIRST + 1060;
  const dividends = [
    { day: FIRST + 500, amount: 0.6 },
    { day: FIRST + 1050, amount: 0.9 },
  ];
  let server: LocalServer;
  let asked: { symbol: string; from: number }[];
  /** Days up to which the service knows the world: what comes later has restated nothing yet. */
  let today: number;
  /** Sessions on which BBB does not trade. */
  let halted: (t: number) => boolean;

  const traded = (symbol: string, t: number) => {
    const level = (symbol === 'AAA' ? 30 : 60) * (1 + 0.1 * Math.sin(t / 9) + 0.02 * Math.sin(t * 1.7));
    return symbol === 'AAA' && FIRST + t >= split ? level / 3 : level;
  };
  const isKnown = (day: number) => day <= today;
  /** Prices as Yahoo sends them: divided by every later split it knows of, as float32. */
  const chart = (symbol: string, from: number) => {
    const all = Array.from({ length: DAYS }, (_, t) => t).filter((t) => FIRST + t >= from && isKnown(FIRST + t));
    const days = symbol === 'BBB' ? all.filter((t) => !halted(t)) : all;
    const restated = (t: number) => (symbol === 'AAA' && isKnown(split) && FIRST + t < split ? 3 : 1);
    const priced = (times: number) =>
      days.map((t) => Math.fround(Math.round(traded(symbol, t) * times * 100) / 100 / restated(t)));
    const seconds = (day: number) => day * 86_400 + 52_200;
    const own = symbol === 'AAA' ? dividends.filter(({ day }) => isKnown(day) && day >= from) : [];
    return {
      meta: { symbol, currency: 'USD', exchangeTimezoneName: 'America/New_York', longName: symbol },
      timestamp: days.map((t) => seconds(FIRST + t)),
      events: {
        dividends: Object.fromEntries(
          own.map(({ day, amount }) => [day, { date: seconds(day), amount: amount / (isKnown(split) ? 3 : 1) }]),
        ),
        splits: symbol === 'AAA' && isKnown(split) ? { a: { date: seconds(split), numerator: 3, denominator: 1 } } : {},
      },
      indicators: {
        quote: [
          {
            open: priced(1),
            high: priced(1.01),
            low: priced(0.99),
            close: priced(1),
            volume: days.map((t) => (50_000 + t) * restated(t)),
          },
        ],
      },
    };
  };

  beforeEach(async () => {
    asked = [];
    halted = () => false;
    server = await startServer((_body, response, request) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const symbol = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
      const from = Number(url.searchParams.get('period1')) / 86_400;
      asked.push({ symbol, from });
      response.end(JSON.stringify({ chart: { result: [chart(symbol, from)], error: null } }));
    });
  });
  afterEach(() => server.close());

  const http = () => ({ baseUrl: server.url, pacing: testPacing() });
  const load = (to: number) => importYahoo({ symbols: ['AAA', 'BBB'], from: FIRST, to, ...http() });
  const update = (to: number) =>
    updateMarketStore(store, { lastWholeDay: to, tushareToken: () => '', http: { pacing: testPacing() } });

  it('is asked for two years, and gives what an import of the whole gives, across a dividend and a split', async () => {
    today = FIRST + 1040;
    await extendMarketStore(store, await load(today));
    asked = [];
    today = FIRST + 1080;
    const { sources, manifest } = await update(today);
    expect(sources).toMatchObject([{ source: 'Yahoo (2 symbols)', sessions: 40, bars: 80, revised: [] }]);
    expect(asked.map(({ symbol }) => symbol)).toEqual(['AAA', 'BBB']);
    for (const { from } of asked) expect(formatDay(from)).toBe('2019-07-01');
    // float32 of a price divided by three and back is not the price: compared to the service's own exactness.
    const whole = await load(today);
    await writeMarketStore(join(folder, 'whole'), whole);
    const updated = await (await openMarketStore(store)).readBars({ asOf: today });
    for (const column of ['open', 'close', 'volume', 'adjFactor'] as const) {
      for (const [cell, value] of whole.bars[column].entries()) {
        expect(Math.abs(updated[column][cell] / value - 1), `${column} ${cell}`).toBeLessThan(1e-6);
      }
    }
    expect([...updated.flags]).toEqual([...whole.bars.flags]);
    expect(manifest.tables.actions?.rows).toBe(whole.actions?.length);
    const count = (kind: string, from: readonly { kind: string; count: number }[]) =>
      from.find((one) => one.kind === kind)?.count;
    for (const kind of ['box-plot-extreme', 'beyond-three-sigma', 'members-chosen-afterwards', 'st-absent']) {
      expect(count(kind, manifest.findings), kind).toBe(count(kind, whole.findings));
    }
    expect((await update(today)).changed).toBe(false);
  });

  it('is refused where no session joins the new bars to the old: a factor from 1 on is not that of the store', async () => {
    today = FIRST + 1040;
    halted = (t) => t > 400;
    await extendMarketStore(store, await load(today));
    halted = (t) => t > 400 && t < 1070;
    today = FIRST + 1080;
    await expect(update(today)).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringMatching(/Yahoo.*found BBB from .* expected a session in both/) as string,
    });
  });
});

describe('Tushare', () => {
  let server: TushareServer;
  beforeEach(async () => {
    server = await startTushare();
  });
  afterEach(() => server.close());
  const from = parseDay('2020-01-01');
  const load = (to: string, more = {}) =>
    importTushare({
      token: TOKEN,
      index: 'csi300',
      from,
      to: parseDay(to),
      baseUrl: server.url,
      pacing: testPacing(),
      ...more,
    });

  it('gives what an import of the whole gives, and the store keeps no token', async () => {
    await extendMarketStore(store, await load('2020-01-07'));
    const { manifest, sources } = await updateMarketStore(store, {
      lastWholeDay: parseDay('2020-01-09'),
      tushareToken: () => TOKEN,
      http: { pacing: testPacing() },
    });
    expect(sources).toMatchObject([{ source: 'Tushare Pro (csi300)', sessions: 2, revised: [] }]);
    const whole = await writeMarketStore(join(folder, 'whole'), await load('2020-01-09'));
    expect(manifest.contentHash).toBe(whole.contentHash);
    const text = readFileSync(join(store, 'store.json'), 'utf8');
    expect(text).not.toContain(TOKEN);
    expect(manifest.imports).toMatchObject([{ kind: 'tushare', index: 'csi300', from: '2020-01-01' }]);
  });

  it('is asked for a part of the sessions, and its bars, ratios and members join those of the store', async () => {
    const first = await load('2020-01-07');
    await extendMarketStore(store, first);
    server.requests.length = 0;
    const known = {
      symbols: new Set(first.bars.symbols),
      from: parseDay('2020-01-03'),
      joinFrom: parseDay('2020-01-06'),
      last: parseDay('2020-01-07'),
      findings: new Set(first.findings.map(({ kind }) => kind)),
    };
    const part = await load('2020-01-09', { known });
    const { manifest } = await extendMarketStore(store, part);
    const whole = await writeMarketStore(join(folder, 'whole'), await load('2020-01-09'));
    for (const name of ['bars', 'valuations', 'members', 'actions', 'benchmark', 'macro'] as const) {
      expect(manifest.tables[name], name).toEqual(whole.tables[name]);
    }
    const counts = (kind: string) => manifest.findings.find((one) => one.kind === kind)?.count;
    for (const kind of ['suspended', 'missing-bar', 'long-gap']) {
      expect(counts(kind), kind).toBe(whole.findings.find((one) => one.kind === kind)?.count);
    }
  });
});
