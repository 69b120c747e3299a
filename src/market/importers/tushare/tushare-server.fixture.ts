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
      ratios.unshift({ ts_code, trade_date, turnover_rate: 1.25, pe_ttm: pe, pb: 1.1, ps_ttm: 2.2 });
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

function answer(tables: TushareServer['tables'], { api_name, token, params, fields }: TushareCall) {
  if (token !== TOKEN) return { code: 40101, msg: '您的token不对，请确认。', data: null };
  const { offset = '0', limit = '5000', start_date = '', end_date = '99999999', ...keys } = params;
  const columns = fields.split(',');
  const rows = tables[api_name].filter((row) => {
    const day = String(row.trade_date ?? row.cal_date ?? start_date);
    const matches = Object.entries(keys).every(([key, value]) => row[key] === undefined || row[key] === value);
    return matches && day >= start_date && day <= end_date;
  });
  const items = rows
    .slice(Number(offset), Number(offset) + Number(limit))
    .map((row) => columns.filter((name) => name in row).map((name) => row[name]));
  const known = columns.filter((name) => rows.length === 0 || name in rows[0]);
  return { code: 0, msg: '', data: { fields: known, items } };
}
