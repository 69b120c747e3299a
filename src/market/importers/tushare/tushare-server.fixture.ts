import type { ServerResponse } from 'node:http';
import { type LocalServer, startServer } from '../http/local-server.fixture.js';

type Row = Record<string, string | number | null>;

export const SESSIONS = ['20200102', '20200103', '20200106', '20200107', '20200108', '20200109'];
export const STOCKS = ['600001.SH', '600002.SH', '000003.SZ'];

/** Raw prices tell column, stock and session, as in 21.13. */
export function codedPrice(column: 'open' | 'high' | 'low' | 'close', stock: number, session: number): number {
  return (2000 + stock * 100 + session * 10 + { low: 1, open: 2, close: 3, high: 4 }[column]) / 100;
}

export const codedLots = (stock: number, session: number) => (stock + 1) * 1000 + session;

/** The tables of a small market in the shapes Tushare documents, newest rows first as it sends them. */
export function codedTables(): Record<string, Row[]> {
  const daily: Row[] = [];
  const factors: Row[] = [];
  const ratios: Row[] = [];
  for (const [stock, ts_code] of STOCKS.entries()) {
    for (const [session, trade_date] of SESSIONS.entries()) {
      const price = (column: 'open' | 'high' | 'low' | 'close') => codedPrice(column, stock, session);
      const before = session === 0 ? price('close') : codedPrice('close', stock, session - 1);
      daily.unshift({
        ts_code,
        trade_date,
        open: price('open'),
        high: price('high'),
        low: price('low'),
        close: price('close'),
        pct_chg: (price('close') / before - 1) * 100,
        vol: codedLots(stock, session),
        amount: 500 + session,
      });
      factors.unshift({ ts_code, trade_date, adj_factor: stock + 1.5 });
      const pe = stock === 1 ? null : 12.5 + session;
      const shares = { total_share: 1000 + stock, float_share: session < 3 ? 600 : 700, total_mv: 5000 };
      ratios.unshift({ ts_code, trade_date, turnover_rate: 1.25, pe_ttm: pe, pb: 1.1, ps_ttm: 2.2, ...shares });
    }
  }
  return {
    trade_cal: ['20200101', ...SESSIONS, '20200104'].map((cal_date) => ({
      cal_date,
      is_open: SESSIONS.includes(cal_date) ? 1 : 0,
    })),
    stock_basic: STOCKS.map((ts_code, i) => ({
      ts_code,
      name: ['甲', '乙', 'ＡＢ'][i],
      industry: '银行',
      list_date: '19990101',
      delist_date: i === 1 ? '20200109' : null,
      list_status: i === 1 ? 'D' : 'L',
    })),
    index_weight: [
      ...STOCKS.slice(0, 2).map((con_code) => ({
        index_code: '000300.SH',
        con_code,
        trade_date: '20191231',
        weight: 50,
      })),
      ...[STOCKS[0], STOCKS[2]].map((con_code) => ({
        index_code: '000300.SH',
        con_code,
        trade_date: '20200107',
        weight: 50,
      })),
    ],
    daily,
    adj_factor: factors,
    daily_basic: ratios,
    suspend_d: [],
    namechange: STOCKS.flatMap((ts_code, i) => [
      { ts_code, name: i === 1 ? '*ST乙' : '甲', start_date: '20190101', end_date: i === 1 ? '20200106' : null },
      ...(i === 1 ? [{ ts_code, name: '乙', start_date: '20200107', end_date: null }] : []),
    ]),
    dividend: [],
    ...codedStatements(),
    ...codedMacro(),
    news: [],
    index_daily: SESSIONS.map((trade_date, i) => ({
      ts_code: '000300.SH',
      trade_date,
      open: 4000 + i,
      high: 4010 + i,
      low: 3990 + i,
      close: 4005 + i,
      vol: 1e6 + i,
    })).reverse(),
  };
}

/** Statements of the first stock: 2018, the first quarter of 2019, and 2019 announced within the period. */
function codedStatements(): Record<string, Row[]> {
  const ts_code = STOCKS[0];
  const periods: readonly (readonly [end: string, announced: string, step: number])[] = [
    ['20180331', '20180425', 1],
    ['20181231', '20190320', 4],
    ['20190331', '20190426', 2],
    ['20190930', '20200103', 6],
    ['20180930', '20181030', 3],
  ];
  const rows = (report_type: string | null, values: (step: number) => Row) =>
    periods.map(([end_date, ann_date, step]) => ({
      ts_code,
      ann_date,
      ...(report_type === null ? {} : { f_ann_date: ann_date, report_type }),
      end_date,
      update_flag: '0',
      ...values(step),
    }));
  return {
    income: rows('1', (step) => ({ revenue: 1e6 * step, n_income: 1e5 * step, n_income_attr_p: 9e4 * step })),
    balancesheet: rows('1', (step) => ({ total_assets: 1e7 + 1e6 * step, total_share: 1e5 })),
    cashflow: rows('1', (step) => ({ n_cashflow_act: 2e5 * step })),
    fina_indicator: rows(null, (step) => ({
      roe_waa: 1.5 * step,
      npta: 1,
      grossprofit_margin: 30,
      netprofit_margin: 10,
      op_of_gr: 12,
      ocfps: 0.2,
      equity_yoy: 5,
      or_yoy: 20,
      basic_eps_yoy: -7,
      netprofit_yoy: 8,
      debt_to_assets: 45,
      current_ratio: 1.5,
      quick_ratio: 1.25,
      assets_turn: 0.5,
      inv_turn: 4,
      ar_turn: null,
    })),
  };
}

function codedMacro(): Record<string, Row[]> {
  const months = ['201912', '201911', '201910'];
  return {
    cn_gdp: [
      { quarter: '2019Q4', gdp_yoy: 6.1 },
      { quarter: '2019Q3', gdp_yoy: 6.2 },
    ],
    cn_cpi: months.map((month, i) => ({ month, nt_yoy: 4.5 - i })),
    cn_ppi: months.map((month, i) => ({ month, ppi_yoy: -0.5 - i })),
    cn_pmi: months.map((MONTH, i) => ({ MONTH, PMI010000: 50.2 - i })),
    cn_m: months.map((month, i) => ({ month, m0_yoy: 5.4, m1_yoy: 4.4 - i, m2_yoy: 8.7 })),
    sf_month: months.map((month, i) => ({ month, inc_month: 21_000 + i })),
    shibor: [...SESSIONS].reverse().map((date, i) => ({ date, '3m': 3 + i / 100 })),
    yc_cb: [...SESSIONS].reverse().map((trade_date) => ({ trade_date, ts_code: '1001.CB', yield: 2.35 })),
    fx_daily: [
      { ts_code: 'USDCNH.FXCM', trade_date: '20191202', bid_close: 7.03, ask_close: 7.05 },
      { ts_code: 'USDCNH.FXCM', trade_date: '20191115', bid_close: 7.01, ask_close: 7.03 },
      { ts_code: 'USDCNH.FXCM', trade_date: '20191114', bid_close: 6.99, ask_close: 7.01 },
    ],
  };
}

export interface TushareCall {
  readonly api_name: string;
  readonly token: string;
  readonly params: Readonly<Record<string, string>>;
  readonly fields: string;
}

export interface TushareServer extends LocalServer {
  tables: Record<string, Row[]>;
  /** Has the first word on a call; true when it answered. */
  instead: (call: TushareCall, response: ServerResponse) => boolean;
}

export const TOKEN = 'f00dfeed5ec2e7';

export async function startTushare(): Promise<TushareServer> {
  const server = (await startServer((body, response) => {
    const call = JSON.parse(body) as TushareCall;
    if (server.instead(call, response)) return;
    response.end(JSON.stringify(answer(server.tables, call)));
  })) as TushareServer;
  server.tables = codedTables();
  server.instead = () => false;
  return server;
}

export const refusal = (code: number, msg: string) => JSON.stringify({ code, msg, data: null });

/** The column that `start_…` and `end_…` of an api limit. */
const LIMITED: Readonly<Record<string, string>> = {
  trade_cal: 'cal_date',
  income: 'ann_date',
  balancesheet: 'ann_date',
  cashflow: 'ann_date',
  fina_indicator: 'end_date',
  cn_gdp: 'quarter',
  shibor: 'date',
  news: 'datetime',
};

export function answer(tables: TushareServer['tables'], { api_name, token, params, fields }: TushareCall) {
  if (token !== TOKEN) return { code: 40101, msg: '您的token不对，请确认。', data: null };
  const { offset = '0', limit = '5000', ...rest } = params;
  const bound = (side: string) => rest[`${side}_date`] ?? rest[`${side}_m`] ?? rest[`${side}_q`];
  const keys = Object.entries(rest).filter(([key]) => !/^(start|end)_/.test(key));
  const columns = fields.split(',');
  const limited = LIMITED[api_name] ?? (api_name in tables && api_name.startsWith('cn_') ? 'month' : 'trade_date');
  const rows = tables[api_name].filter((row) => {
    const day = row[limited];
    const within =
      day === undefined ||
      day === null ||
      (String(day) >= (bound('start') ?? '') && String(day) <= (bound('end') ?? '~'));
    return within && keys.every(([key, value]) => row[key] === undefined || row[key] === value);
  });
  // As Tushare does, `cn_pmi` answers in capitals.
  const nameIn = (row: Row, name: string) => (name in row ? name : name.toUpperCase());
  const items = rows
    .slice(Number(offset), Number(offset) + Number(limit))
    .map((row) => columns.filter((name) => nameIn(row, name) in row).map((name) => row[nameIn(row, name)]));
  const known = rows.length === 0 ? columns : columns.filter((name) => nameIn(rows[0], name) in rows[0]);
  return { code: 0, msg: '', data: { fields: known.map((name) => (rows[0] ? nameIn(rows[0], name) : name)), items } };
}
