import { type Day, lowerBound } from '../../../util/index.js';
import { ST_UNKNOWN } from '../../types.js';
import { neededApi } from './calendar.js';
import { callTushare, type TushareApi } from './call.js';
import type { SourceFindings } from './findings.js';
import { tushareCode } from './listings.js';
import { compact, requiredDay, rowsByDay, type TushareRows } from './rows.js';

const DAILY = ['trade_date', 'open', 'high', 'low', 'close', 'pct_chg', 'vol', 'amount'] as const;
const RATIOS = [
  'trade_date',
  'turnover_rate',
  'pe_ttm',
  'pb',
  'ps_ttm',
  'total_share',
  'float_share',
  'total_mv',
] as const;
const ACTION = [
  'end_date',
  'imp_ann_date',
  'div_proc',
  'stk_bo_rate',
  'stk_co_rate',
  'cash_div_tax',
  'ex_date',
] as const;

/** Of plans, decisions and executions of dividends only the last were paid. */
export const CARRIED_OUT = '实施';

/** A table of one stock with a row a day. */
export interface Dated {
  readonly rows: TushareRows;
  readonly byDay: ReadonlyMap<Day, number>;
}

/** Everything asked for about one stock; null where the account has no permission. */
export interface StockRows {
  readonly symbol: string;
  readonly daily: Dated;
  readonly factors: Dated;
  /** Days without any trade. */
  readonly suspended: ReadonlySet<Day> | null;
  /** Spells of names, oldest first. */
  readonly names: readonly { readonly name: string; readonly from: Day; readonly to: Day }[] | null;
  readonly ratios: Dated | null;
  readonly dividends: TushareRows | null;
}

/** @throws HTTP_REFUSED without permission for `daily` or `adj_factor`, and what `callTushare` throws */
export async function readStock(
  tushare: TushareApi,
  symbol: string,
  sessions: Int32Array,
  findings: SourceFindings,
): Promise<StockRows> {
  const code = { ts_code: tushareCode(symbol) };
  const period = { ...code, start_date: compact(sessions[0]), end_date: compact(sessions[sessions.length - 1]) };
  const dated = async (api: string, fields: readonly string[]): Promise<Dated | null> => {
    const rows = await callTushare(tushare, api, period, fields);
    if (rows === null) return null;
    const repeated = (row: number) => findings.repeated(`${rows.what} row ${row + 1}`);
    return { rows, byDay: rowsByDay(rows, 'trade_date', repeated) };
  };
  const daily = await dated('daily', DAILY);
  if (daily === null) throw neededApi('daily');
  const factors = await dated('adj_factor', ['trade_date', 'adj_factor']);
  if (factors === null) throw neededApi('adj_factor');
  const halts = await callTushare(tushare, 'suspend_d', { ...period, suspend_type: 'S' }, [
    'trade_date',
    'suspend_timing',
  ]);
  const names = await callTushare(tushare, 'namechange', code, ['name', 'start_date', 'end_date']);
  return {
    symbol,
    daily,
    factors,
    suspended: halts && wholeDays(halts),
    names: names && nameSpells(names),
    ratios: await dated('daily_basic', RATIOS),
    dividends: await callTushare(tushare, 'dividend', code, ACTION),
  };
}

/** A halt with a time of day left part of the session. */
function wholeDays(rows: TushareRows): Set<Day> {
  const days = new Set<Day>();
  for (let row = 0; row < rows.items.length; row++) {
    if (rows.text(row, 'suspend_timing') === '') days.add(requiredDay(rows, row, 'trade_date'));
  }
  return days;
}

function nameSpells(rows: TushareRows): { name: string; from: Day; to: Day }[] {
  const found = [];
  for (let row = 0; row < rows.items.length; row++) {
    found.push({
      name: rows.text(row, 'name'),
      from: requiredDay(rows, row, 'start_date'),
      to: rows.day(row, 'end_date') ?? Number.POSITIVE_INFINITY,
    });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** ST, *ST, S*ST and SST: marks of special treatment the exchanges put before a name. */
const SPECIAL_TREATMENT = /^S?\*?ST/i;

/**
 * 1 on the sessions on which the name carried a mark of special treatment, 0 on which it did not, `ST_UNKNOWN` on which the source
 * tells no name.
 */
export function markSpecialTreatment(names: NonNullable<StockRows['names']>, sessions: Int32Array, st: Uint8Array) {
  st.fill(ST_UNKNOWN);
  for (const [i, { name, from, to }] of names.entries()) {
    // A spell without an end, or with a late one, ends where the next begins.
    const end = Math.min(to, (names[i + 1]?.from ?? Number.POSITIVE_INFINITY) - 1);
    const marked = SPECIAL_TREATMENT.test(name.normalize('NFKC')) ? 1 : 0;
    st.fill(marked, lowerBound(sessions, from), lowerBound(sessions, end + 1));
  }
}
