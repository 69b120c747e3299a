import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseDay } from '../../../util/index.js';
import { ST_UNKNOWN } from '../../types.js';
import { testPacing } from '../http/local-server.fixture.js';
import { importerContract } from '../importer.contract.js';
import { type ImportTushareOptions, importTushare } from './import-tushare.js';
import {
  codedLots,
  codedPrice,
  codedTables,
  refusal,
  SESSIONS,
  STOCKS,
  startTushare,
  TOKEN,
  type TushareServer,
} from './tushare-server.fixture.js';

let server: TushareServer;
let folder: string;
beforeAll(async () => {
  server = await startTushare();
});
afterAll(() => server.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-tushare-'));
  server.tables = codedTables();
  server.instead = () => false;
  server.requests.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const day = (text: string) => parseDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
const load = (options: Partial<ImportTushareOptions> = {}) =>
  importTushare({
    token: TOKEN,
    index: 'csi300',
    from: day('20200101'),
    to: day('20200109'),
    baseUrl: server.url,
    pacing: testPacing(),
    tries: 3,
    ...options,
  });
const finding = (market: Awaited<ReturnType<typeof load>>, kind: string) =>
  market.findings.find((one) => one.kind === kind);

importerContract({
  name: 'Tushare',
  writeSource: (dir) => mkdirSync(dir),
  run: (_dir, signal) => load(signal ? { signal } : {}),
  expected(symbol, date) {
    const stock = STOCKS.indexOf(`${symbol.slice(2)}.${symbol.slice(0, 2)}`);
    const session = SESSIONS.findIndex((text) => day(text) === date);
    const price = (column: 'open' | 'high' | 'low' | 'close') => codedPrice(column, stock, session);
    const volume = codedLots(stock, session) * 100;
    return { open: price('open'), high: price('high'), low: price('low'), close: price('close'), volume };
  },
});

describe('importTushare', () => {
  it('turns lots, thousands and per cent into shares, yuan and fractions', async () => {
    const { bars, valuations, benchmarks } = await load();
    expect(bars.symbols).toEqual(['SH600001', 'SH600002', 'SZ000003']);
    expect(bars.amount?.[1]).toBe(501_000);
    expect(bars.adjFactor[0]).toBe(1.5);
    expect(benchmarks[0].volume[1]).toBe(100_000_100);
    expect(valuations?.columns.turnover[0]).toBe(0.0125);
    expect(valuations?.columns.pe_ttm.slice(0, 2)).toEqual(Float64Array.of(12.5, 13.5));
    expect(valuations?.columns.pe_ttm[SESSIONS.length]).toBeNaN();
  });

  it('takes members from the composition of the day, delisted stocks and old names included', async () => {
    const { members, bars, instruments } = await load();
    const spell = (symbol: string) => members.filter((one) => one.symbol === symbol).map(({ from, to }) => [from, to]);
    expect(spell('SH600001')).toEqual([[day('20200102'), day('20200109')]]);
    expect(spell('SH600002')).toEqual([[day('20200102'), day('20200106')]]);
    expect(spell('SZ000003')).toEqual([[day('20200107'), day('20200109')]]);
    expect([...(bars.st ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(instruments[1]).toMatchObject({ symbol: 'SH600002', delistDate: day('20200109') });
    expect(instruments[2].name).toBe('AB');
  });

  it('does not take a stock without a name for one without special treatment', async () => {
    server.tables.namechange = server.tables.namechange.filter(({ ts_code }) => ts_code !== STOCKS[2]);
    const { bars } = await load();
    expect([...(bars.st ?? [])].slice(6)).toEqual([1, 1, 1, 0, 0, 0, ...new Array(6).fill(ST_UNKNOWN)]);
  });

  it('tells a halt from a gap, and a halt of a whole day from one of half an hour', async () => {
    server.tables.daily = server.tables.daily.filter(
      (row) => row.ts_code !== STOCKS[0] || (row.trade_date !== SESSIONS[2] && row.trade_date !== SESSIONS[4]),
    );
    server.tables.suspend_d = [
      { ts_code: STOCKS[0], trade_date: SESSIONS[2], suspend_timing: null, suspend_type: 'S' },
      { ts_code: STOCKS[0], trade_date: SESSIONS[3], suspend_timing: '09:30-10:00', suspend_type: 'S' },
    ];
    const market = await load();
    expect([...market.bars.suspended.slice(0, 6)]).toEqual([0, 0, 1, 0, 1, 0]);
    expect(finding(market, 'suspended')).toMatchObject({ count: 1, example: 'SH600001 2020-01-06' });
    expect(finding(market, 'missing-bar')).toMatchObject({ count: 1, example: 'SH600001 2020-01-08' });
    expect(market.bars.close[2]).toBe(codedPrice('close', 0, 1));
  });

  it('takes from the dividends those carried out, once, before tax', async () => {
    const row = {
      ts_code: STOCKS[0],
      div_proc: '实施',
      stk_bo_rate: 0.2,
      stk_co_rate: 0.3,
      cash_div_tax: 0.5,
      ex_date: SESSIONS[3],
      end_date: '20181231',
      imp_ann_date: SESSIONS[1],
    };
    server.tables.dividend = [row, row, { ...row, div_proc: '预案', ex_date: null }, { ...row, ex_date: '20180105' }];
    const market = await load();
    expect(market.actions).toEqual([
      { symbol: 'SH600001', exDate: day(SESSIONS[3]), cash: 0.5, bonus: 0.2, transfer: 0.3, rights: 0, rightsPrice: 0 },
    ]);
    expect(finding(market, 'row-repeated')).toMatchObject({ count: 1 });
  });

  it('asks page by page until a page is not full', async () => {
    server.tables.trade_cal = [
      ...Array.from({ length: 3000 }, () => ({ cal_date: '20200101', is_open: 0 })),
      ...server.tables.trade_cal,
    ];
    expect((await load()).bars.dates).toHaveLength(SESSIONS.length);
    const offsets = server.requests
      .map(({ body }) => JSON.parse(body))
      .filter((call) => call.api_name === 'trade_cal')
      .map((call) => call.params.offset);
    expect(offsets).toEqual(['0', '3000']);
  });

  it('waits a minute when the quota of the minute is used up', async () => {
    let refused = 0;
    server.instead = ({ api_name }, response) => {
      if (api_name !== 'daily' || refused++ > 0) return false;
      response.end(refusal(40203, '抱歉，您每分钟最多访问该接口200次'));
      return true;
    };
    const pacing = testPacing();
    expect((await load({ pacing })).bars.symbols).toHaveLength(3);
    expect(pacing.slept.filter((seconds) => seconds === 60)).toHaveLength(1);
  });

  it('leaves out what the account may not use, says so, and asks for it once only', async () => {
    server.instead = ({ api_name }, response) => {
      if (!['daily_basic', 'namechange', 'dividend', 'index_daily', 'suspend_d'].includes(api_name)) return false;
      response.end(refusal(api_name === 'namechange' ? 2002 : 40203, '抱歉，您没有接口访问权限'));
      return true;
    };
    const market = await load();
    expect(finding(market, 'api-not-permitted')).toMatchObject({
      count: 5,
      example: 'daily_basic, dividend, index_daily, namechange, suspend_d',
    });
    expect(market.valuations).toBeUndefined();
    expect(market.actions).toBeUndefined();
    expect(market.bars.st).toBeNull();
    expect(finding(market, 'benchmark-absent')?.count).toBe(1);
    expect(server.requests.filter(({ body }) => body.includes('"daily_basic"'))).toHaveLength(1);
  });

  it.each(['daily', 'adj_factor', 'trade_cal', 'index_weight'])('cannot do without %s', async (api) => {
    server.instead = ({ api_name }, response) => {
      if (api_name !== api) return false;
      response.end(refusal(40203, '抱歉，您没有接口访问权限'));
      return true;
    };
    await expect(load()).rejects.toMatchObject({ code: 'HTTP_REFUSED', message: expect.stringContaining(api) });
  });

  it('says a wrong token without saying it', async () => {
    await expect(load({ token: 'not-the-token' })).rejects.toMatchObject({ code: 'HTTP_REFUSED', exitStatus: 2 });
    server.instead = (_call, response) => {
      response.end(refusal(40101, `token ${TOKEN} 不对`));
      return true;
    };
    const message = await load().catch((error: Error) => error.message);
    expect(message).toContain('code 40101');
    expect(message).not.toContain(TOKEN);
    await expect(load({ token: '' })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it.each<[string, (tables: TushareServer['tables']) => void, string]>([
    [
      'a column missing',
      (tables) => {
        tables.daily = tables.daily.map(({ vol: _, ...row }) => row);
      },
      'column "vol" is missing, found ts_code, trade_date',
    ],
    [
      'a text for a number',
      ({ daily }) => Object.assign(daily[0], { high: 'n/a' }),
      'row 1, column "high": found "n/a", expected a number',
    ],
    ['a date that is none', ({ daily }) => Object.assign(daily[0], { trade_date: '20200103x' }), 'expected a date'],
    ['two bars of a day that differ', ({ daily }) => daily.push({ ...daily[0], close: 1 }), 'expected one row a day'],
    ['a bar on a holiday', ({ daily }) => Object.assign(daily[0], { trade_date: '20200105' }), 'expected a session'],
    [
      'a price beyond measure',
      (tables) => Object.assign(tables.daily[0], { close: 1e300 }),
      'column "close": found 1e+300, expected a number up to',
    ],
    ['no factor', (tables) => Object.assign(tables, { adj_factor: [] }), 'found no factor above 0 for 2020-01-02'],
  ])('refuses %s, naming api, row and column', async (_name, damage, message) => {
    damage(server.tables);
    await expect(load()).rejects.toMatchObject({
      code: expect.stringMatching(/TABLE_INVALID|DATE_INVALID/),
      message: expect.stringContaining(message),
    });
  });

  it('refuses answers without bars, and another shape', async () => {
    server.tables.daily = [];
    await expect(load()).rejects.toMatchObject({ code: 'UNIVERSE_EMPTY' });
    server.instead = (_call, response) => {
      response.end('{"code":0,"data":[1,2]}');
      return true;
    };
    await expect(load()).rejects.toMatchObject({ code: 'HTTP_FAILED', message: expect.stringContaining('data: ') });
  });

  it('carries on from its cache after a stop, asking for nothing twice, and keeps no token', async () => {
    const whole = await load();
    const all = server.requests.length;
    const abort = new AbortController();
    server.requests.length = 0;
    server.instead = () => {
      if (server.requests.length === 12) abort.abort();
      return false;
    };
    const cacheDir = join(folder, 'cache');
    await expect(load({ cacheDir, signal: abort.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const first = server.requests.length;
    expect(first).toBe(12);
    expect(await load({ cacheDir })).toEqual(whole);
    // The answer on its way when the import was stopped may have been lost.
    expect(server.requests.length - all).toBeGreaterThanOrEqual(0);
    expect(server.requests.length - all).toBeLessThanOrEqual(1);
    server.requests.length = 0;
    expect(await load({ cacheDir })).toEqual(whole);
    expect(server.requests).toHaveLength(0);
    const files = readdirSync(cacheDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files).toHaveLength(all);
    for (const file of files) expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain(TOKEN);
  });
});
