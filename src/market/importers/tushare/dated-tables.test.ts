import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Table, TableSchema } from '../../../tables/index.js';
import { formatDay, parseDay } from '../../../util/index.js';
import { checkMarketTables } from '../../check-tables.js';
import type { MarketTables } from '../../types.js';
import { testPacing } from '../http/local-server.fixture.js';
import { type ImportTushareOptions, importTushare } from './import-tushare.js';
import {
  codedTables,
  refusal,
  SESSIONS,
  STOCKS,
  startTushare,
  TOKEN,
  type TushareServer,
} from './tushare-server.fixture.js';

let server: TushareServer;
beforeAll(async () => {
  server = await startTushare();
});
afterAll(() => server.close());
beforeEach(() => {
  server.tables = codedTables();
  server.instead = () => false;
  server.requests.length = 0;
});

const day = (text: string) => parseDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
const load = (options: Partial<ImportTushareOptions> = {}) =>
  importTushare({
    token: TOKEN,
    index: 'csi300',
    from: day('20200101'),
    to: day('20200109'),
    baseUrl: server.url,
    pacing: testPacing(),
    tries: 2,
    ...options,
  });
const finding = (market: MarketTables, kind: string) => market.findings.find((one) => one.kind === kind);

/** Rows of one field or series as texts, in the order of their days. */
function told(table: Table<TableSchema> | undefined, key: string, name: string, days: readonly string[]): string[] {
  const columns = (table?.columns ?? {}) as Record<string, ArrayLike<string | number>>;
  const rows: string[] = [];
  for (let row = 0; row < (table?.length ?? 0); row++) {
    if (columns[key][row] !== name) continue;
    const dates = days.map((column) => formatDay(columns[column][row] as number));
    rows.push([...dates, Number((columns.value[row] as number).toPrecision(12))].join(' '));
  }
  return rows.sort();
}
const facts = (market: MarketTables, field: string) =>
  told(market.fundamentals, 'field', field, ['announced', 'period_end']);
const series = (market: MarketTables, name: string) => told(market.macro, 'series', name, ['released', 'period_end']);

describe('statements and indicators', () => {
  it('are known on their day of announcement, in fractions, yuan and shares', async () => {
    const market = await load();
    checkMarketTables(market);
    expect(facts(market, 'roe')).toEqual([
      '2018-04-25 2018-03-31 0.015',
      '2018-10-30 2018-09-30 0.045',
      '2019-03-20 2018-12-31 0.06',
      '2019-04-26 2019-03-31 0.03',
      '2020-01-03 2019-09-30 0.09',
    ]);
    expect(facts(market, 'net_profit').at(-1)).toBe('2020-01-03 2019-09-30 600000');
    expect(facts(market, 'receivables_turnover')).toEqual([]);
    expect(new Set(market.fundamentals?.columns.symbol)).toEqual(new Set(['SH600001', 'SH600002', 'SZ000003']));
  });

  it('give growth against the year before and the last four quarters, only where those are known', async () => {
    const market = await load();
    expect(facts(market, 'net_profit_growth')).toEqual(['2019-04-26 2019-03-31 1', '2020-01-03 2019-09-30 1']);
    expect(facts(market, 'asset_growth').at(-1)).toBe('2020-01-03 2019-09-30 0.230769230769');
    // 90,000 × (6 + 4 − 3) ÷ 100,000 shares: nine months of 2019, all of 2018 less its nine months.
    expect(facts(market, 'eps_ttm')).toEqual([
      '2019-03-20 2018-12-31 3.6',
      '2019-04-26 2019-03-31 4.5',
      '2020-01-03 2019-09-30 6.3',
    ]);
  });

  it('give the price to cash flow by what was announced before the day', async () => {
    const { valuations, bars } = await load();
    const pcf = valuations?.columns.pcf_ttm.slice(0, bars.dates.length) ?? [];
    // 50 million yuan by 200,000 × (2 + 4 − 1), from the announcement of 2020-01-03 on by 200,000 × (6 + 4 − 3).
    expect([...pcf].map((value) => Number(value.toFixed(6)))).toEqual([50, 50, ...new Array(4).fill(35.714286)]);
    expect(valuations?.columns.pcf_ttm[bars.dates.length]).toBeNaN();
  });

  it('keep a restatement as a row of its own day, and the original where figures changed without one', async () => {
    const [first] = server.tables.income.filter(({ end_date }) => end_date === '20190331');
    server.tables.income.push(
      { ...first, report_type: '5', n_income: 150_000 },
      { ...first, f_ann_date: '20200106', n_income: 300_000 },
      { ...first, end_date: '20191231', ann_date: '20191201', f_ann_date: null },
      { ...first, end_date: '20190630', ann_date: null, f_ann_date: null },
    );
    const market = await load();
    expect(facts(market, 'net_profit').filter((row) => row.includes('2019-03-31'))).toEqual([
      '2019-04-26 2019-03-31 150000',
      '2020-01-06 2019-03-31 300000',
    ]);
    expect(finding(market, 'disclosure-changed-undated')).toMatchObject({ count: 1 });
    // No day, and a day before the end of the period.
    expect(finding(market, 'disclosure-undated')).toMatchObject({ count: 2 });
  });

  it('keep figures as first stored before those of a later update', async () => {
    const [first] = server.tables.fina_indicator.filter(({ end_date }) => end_date === '20190331');
    server.tables.fina_indicator.unshift({ ...first, update_flag: '1', roe_waa: 9 });
    expect(facts(await load(), 'roe')).toContain('2019-04-26 2019-03-31 0.03');
  });

  it('are asked for a hundred rows at a time where the source allows no more', async () => {
    const [first] = server.tables.fina_indicator;
    const many = Array.from({ length: 230 }, (_, i) => ({
      ...first,
      ann_date: `2019${i < 100 ? '05' : '06'}${10 + (i % 20)}`,
    }));
    server.tables.fina_indicator = many;
    const market = await load();
    expect(facts(market, 'roe')).toHaveLength(40);
    const offsets = server.requests
      .map(({ body }) => JSON.parse(body))
      .filter(({ api_name, params }) => api_name === 'fina_indicator' && params.ts_code === STOCKS[0])
      .map(({ params }) => `${params.offset}+${params.limit}`);
    expect(offsets).toEqual(['0+100', '100+100', '200+100']);
  });

  it('tell dividends of a year per share, and numbers of shares when they change', async () => {
    const paid = { ts_code: STOCKS[0], div_proc: '实施', stk_bo_rate: 0, stk_co_rate: 0, ex_date: '20190701' };
    server.tables.dividend = [
      { ...paid, end_date: '20181231', imp_ann_date: '20190620', cash_div_tax: 0.5 },
      { ...paid, end_date: '20180630', imp_ann_date: '20180920', cash_div_tax: 0.2 },
      { ...paid, end_date: '20171231', imp_ann_date: '20180620', cash_div_tax: 0.4 },
      { ...paid, end_date: '20181231', imp_ann_date: null, cash_div_tax: 0.5, div_proc: '预案' },
    ];
    const market = await load();
    expect(facts(market, 'dividend_per_share')).toEqual([
      '2018-06-20 2017-12-31 0.4',
      '2018-09-20 2018-06-30 0.6',
      '2019-06-20 2018-12-31 0.7',
    ]);
    const { symbol, field, value } = market.fundamentals?.columns ?? { symbol: [], field: [], value: [] };
    const shares = symbol.flatMap((one, row) =>
      one === 'SH600001' && field[row] === 'float_shares' ? [value[row]] : [],
    );
    expect(shares).toEqual([6e6, 7e6]);
  });

  it('are left out where the account may not use them', async () => {
    server.instead = ({ api_name }, response) => {
      if (!['income', 'balancesheet', 'cashflow', 'fina_indicator'].includes(api_name)) return false;
      response.end(refusal(40203, '抱歉，您没有接口访问权限'));
      return true;
    };
    const market = await load();
    expect(new Set(market.fundamentals?.columns.field)).toEqual(new Set(['total_shares', 'float_shares']));
    expect(finding(market, 'api-not-permitted')?.example).toBe('balancesheet, cashflow, fina_indicator, income');
    expect(server.requests.filter(({ body }) => body.includes('"income"'))).toHaveLength(1);
  });
});

describe('macro series', () => {
  it('are released by the table of lags, and not told before', async () => {
    const market = await load();
    expect(series(market, 'gdp_growth')).toEqual(['2019-10-25 2019-09-30 6.2']);
    expect(series(market, 'cpi')).toEqual(['2019-11-20 2019-10-31 2.5', '2019-12-20 2019-11-30 3.5']);
    // In capitals, and out five days after the month.
    expect(series(market, 'pmi').at(-1)).toBe('2020-01-05 2019-12-31 50.2');
    expect(series(market, 'shibor_3m')).toHaveLength(SESSIONS.length);
    expect(series(market, 'cgb_1y').at(-1)).toBe('2020-01-09 2020-01-08 2.35');
    expect(series(market, 'm1_growth')).toHaveLength(2);
  });

  it('have the mean of the middle quotes of a month that is over for the dollar', async () => {
    expect(series(await load(), 'usd_cny')).toEqual(['2019-12-10 2019-11-30 7.01']);
  });

  it('name those of the feature set that the source does not have', async () => {
    expect(finding(await load(), 'macro-series-absent')).toMatchObject({
      count: 5,
      example: 'new_loans, retail_sales_growth, investment_growth, exports_growth, imports_growth',
    });
  });

  it.each<[string, (tables: TushareServer['tables']) => void, string]>([
    [
      'a month that is none',
      ({ cn_cpi }) => Object.assign(cn_cpi[0], { month: '201900' }),
      'row 1, column "month": found "201900"',
    ],
    [
      'a quarter that is none',
      ({ cn_gdp }) => Object.assign(cn_gdp[0], { quarter: '2019Q5' }),
      'expected a quarter as YYYYQn',
    ],
    ['two values of a month', ({ cn_ppi }) => cn_ppi.push({ ...cn_ppi[0], ppi_yoy: 9 }), 'expected one row a period'],
    [
      'a text for a number',
      ({ shibor }) => Object.assign(shibor[0], { '3m': '--' }),
      'column "3m": found "--", expected a number',
    ],
  ])('refuse %s', async (_name, damage, message) => {
    damage(server.tables);
    await expect(load()).rejects.toMatchObject({ code: 'TABLE_INVALID', message: expect.stringContaining(message) });
  });
});

describe('news', () => {
  const piece = (datetime: string, title: string, content = '') => ({ src: 'cls', datetime, title, content });
  beforeEach(() => {
    const names = [
      { ts_code: STOCKS[0], name: '招商银行', start_date: '20100101', end_date: null },
      { ts_code: STOCKS[1], name: '*ST中天能', start_date: '20190101', end_date: '20200106' },
      { ts_code: STOCKS[1], name: '国城矿业', start_date: '20200107', end_date: null },
    ];
    server.tables.namechange = names;
    server.tables.news = [
      piece('2020-01-02 14:30:05', '招商银行净利润大增'),
      piece('2020-01-03 15:30:00', '', '中天能与 招商银行 和解'),
      piece('2020-01-04 09:00:00', '快讯', '600001.SH 获批'),
      piece('2020-01-07 09:00:00', '中天能', '旧名'),
      piece('2020-01-02 14:30:05', '招商银行净利润大增'),
    ];
  });

  it('belong to the stocks they call by the name of the day or by code, in Chinese time', async () => {
    const market = await load({ news: ['cls', 'sina'] });
    checkMarketTables(market);
    const { symbol, published, zone, title, body, score } = market.news?.columns ?? ({} as never);
    const rows = symbol.map((one, i) => [one, new Date(published[i]).toISOString(), title[i], body[i]]);
    expect(rows).toEqual([
      ['SH600001', '2020-01-02T06:30:05.000Z', '招商银行净利润大增', ''],
      ['SH600001', '2020-01-03T07:30:00.000Z', '中天能与 招商银行 和解', ''],
      ['SH600002', '2020-01-03T07:30:00.000Z', '中天能与 招商银行 和解', ''],
      ['SH600001', '2020-01-04T01:00:00.000Z', '快讯', '600001.SH 获批'],
    ]);
    expect(new Set(zone)).toEqual(new Set(['Asia/Shanghai']));
    expect(score.every(Number.isNaN)).toBe(true);
    expect(finding(market, 'news-without-stock')).toMatchObject({
      count: 1,
      example: expect.stringContaining('2020-01-07'),
    });
  });

  it('are asked for only when wanted, and left out without permission', async () => {
    expect((await load()).news).toBeUndefined();
    expect(server.requests.some(({ body }) => body.includes('"news"'))).toBe(false);
    server.instead = ({ api_name }, response) => {
      if (api_name !== 'news') return false;
      response.end(refusal(40203, '抱歉，您没有接口访问权限'));
      return true;
    };
    const market = await load({ news: ['cls'] });
    expect(market.news).toBeUndefined();
    expect(finding(market, 'api-not-permitted')?.example).toBe('news');
  });

  it('come from known sources only', async () => {
    await expect(load({ news: ['cls', 'gazette'] })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining('found "gazette", expected one or more of sina'),
    });
  });

  it('refuse a time of another day', async () => {
    server.tables.news = [piece('2020-01-02 14:60:05', '招商银行')];
    await expect(load({ news: ['cls'] })).rejects.toThrow('column "datetime": found "2020-01-02 14:60:05"');
  });
});

it('a later span adds rows and changes none of what an earlier one told', async () => {
  server.tables.news = [{ src: 'cls', datetime: '2020-01-02 09:00:00', title: '600001.SH', content: '' }];
  const early = await load({ to: day('20200107'), news: ['cls'] });
  const late = await load({ news: ['cls'] });
  for (const name of ['fundamentals', 'valuations', 'macro', 'news'] as const) {
    const rows = (market: MarketTables) => {
      const columns = (market[name]?.columns ?? {}) as Record<string, ArrayLike<string | number>>;
      return Array.from({ length: market[name]?.length ?? 0 }, (_, row) =>
        JSON.stringify(Object.values(columns).map((column) => String(column[row]))),
      );
    };
    expect(rows(early).length, name).toBeGreaterThan(0);
    expect(new Set(rows(late)), name).toEqual(new Set([...rows(late), ...rows(early)]));
  }
  expect(late.valuations?.length).toBeGreaterThan(early.valuations?.length ?? 0);
  expect(late.macro?.length).toBeGreaterThan(early.macro?.length ?? 0);
});
