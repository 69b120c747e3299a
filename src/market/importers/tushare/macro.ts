import { createTableBuilder } from '../../../tables/index.js';
import { CandlenetError, type Day, formatDay, monthOf, yearOf } from '../../../util/index.js';
import { macroReleaseDay } from '../../macro/index.js';
import { MACRO_SERIES, RISK_FREE_SERIES } from '../../macro-series.js';
import { macroSchema } from '../../store-schema.js';
import type { DataFinding, MacroTable } from '../../types.js';
import { callTushare, type TushareApi, type TushareParams } from './call.js';
import type { SourceFindings } from './findings.js';
import { compact, requiredDay, sameRow, type TushareRows } from './rows.js';

interface MacroApi {
  readonly api: string;
  params(from: Day, to: Day): TushareParams;
  readonly period: string;
  periodEnd(rows: TushareRows, row: number, column: string): Day;
  /** Series of ours ← column of the source. */
  readonly series: Readonly<Record<string, string>>;
}

const monthText = (day: Day) => compact(day).slice(0, 6);
const quarterText = (day: Day) => `${yearOf(day)}Q${Math.floor((monthOf(day) % 12) / 3) + 1}`;
const days = (from: Day, to: Day) => ({ start_date: compact(from), end_date: compact(to) });

function wrong(rows: TushareRows, row: number, column: string, expected: string): CandlenetError {
  return new CandlenetError(
    'TABLE_INVALID',
    `${rows.what}: row ${row + 1}, column "${column}": found "${rows.text(row, column)}", expected ${expected}`,
  );
}

/** Last day of the month `month` (0 … 11) of a year. */
function endOfMonth(year: number, month: number): Day {
  return Date.UTC(year, month + 1, 0) / 86_400_000;
}

function endOfMonthCell(rows: TushareRows, row: number, column: string): Day {
  const parts = /^(\d{4})(0[1-9]|1[0-2])$/.exec(rows.text(row, column));
  if (!parts) throw wrong(rows, row, column, 'a month as YYYYMM');
  return endOfMonth(Number(parts[1]), Number(parts[2]) - 1);
}

function endOfQuarterCell(rows: TushareRows, row: number, column: string): Day {
  const parts = /^(\d{4})Q([1-4])$/.exec(rows.text(row, column));
  if (!parts) throw wrong(rows, row, column, 'a quarter as YYYYQn');
  return endOfMonth(Number(parts[1]), Number(parts[2]) * 3 - 1);
}

const monthly = (api: string, series: MacroApi['series']): MacroApi => ({
  api,
  series,
  params: (from, to) => ({ start_m: monthText(from), end_m: monthText(to) }),
  period: 'month',
  periodEnd: endOfMonthCell,
});

/** What Tushare has of the series a store keeps; per cent, and social financing in 100 million yuan (亿元). */
const APIS: readonly MacroApi[] = [
  {
    api: 'cn_gdp',
    series: { gdp_growth: 'gdp_yoy' },
    params: (from, to) => ({ start_q: quarterText(from), end_q: quarterText(to) }),
    period: 'quarter',
    periodEnd: endOfQuarterCell,
  },
  monthly('cn_cpi', { cpi: 'nt_yoy' }),
  monthly('cn_ppi', { ppi: 'ppi_yoy' }),
  monthly('cn_pmi', { pmi: 'pmi010000' }),
  monthly('cn_m', { m0_growth: 'm0_yoy', m1_growth: 'm1_yoy', m2_growth: 'm2_yoy' }),
  monthly('sf_month', { social_financing: 'inc_month' }),
  { api: 'shibor', series: { shibor_3m: '3m' }, params: days, period: 'date', periodEnd: requiredDay },
  {
    api: 'yc_cb',
    series: { [RISK_FREE_SERIES]: 'yield' },
    params: (from, to) => ({ ts_code: '1001.CB', curve_type: '0', curve_term: '1', ...days(from, to) }),
    period: 'trade_date',
    periodEnd: requiredDay,
  },
];

/** Offshore quotes: Tushare has none of the onshore rate. */
const DOLLAR = { api: 'fx_daily', code: 'USDCNH.FXCM', series: 'usd_cny' };

/** Before the first session: the year that its z-score looks back on, and the last figure before it. */
const HISTORY_DAYS = 2 * 366;

/**
 * Series of the economy, each figure released when it was out at the latest by the table of release lags: the source has the
 * figures as last revised and no day of release. Undefined where the account may use none of them.
 * @throws what `callTushare` throws, TABLE_INVALID
 */
export async function readMacro(
  tushare: TushareApi,
  from: Day,
  to: Day,
  findings: SourceFindings,
): Promise<{ readonly macro: MacroTable | undefined; readonly findings: DataFinding[] }> {
  const start = from - HISTORY_DAYS;
  const table = createTableBuilder(macroSchema);
  const found = new Set<string>();
  let count = 0;
  const add = (series: string, periodEnd: Day, value: number) => {
    const released = macroReleaseDay(series, periodEnd);
    if (Number.isNaN(value) || released === null || released > to) return;
    table.add({ series, period_end: periodEnd, released, value });
    found.add(series);
    count++;
  };
  for (const { api, params, period, periodEnd, series } of APIS) {
    const rows = await callTushare(tushare, api, params(start, to), [period, ...Object.values(series)]);
    if (rows === null) continue;
    for (const [end, row] of rowsByPeriod(rows, (one) => periodEnd(rows, one, period), findings)) {
      for (const [name, column] of Object.entries(series)) add(name, end, rows.number(row, column));
    }
  }
  for (const [end, value] of await readDollar(tushare, start, to, findings)) add(DOLLAR.series, end, value);
  const lacking = MACRO_SERIES.filter(({ series }) => !found.has(series)).map(({ series }) => series);
  return {
    macro: count === 0 ? undefined : table.build(),
    findings: [
      {
        kind: 'macro-final-vintage',
        title: 'Macro values as last revised, without a day of release',
        count,
        example: count === 0 ? '' : [...found].join(', '),
        action: 'released when they were out at the latest, by the table of release lags; revisions are not undone',
      },
      {
        kind: 'macro-series-absent',
        title: 'Macro series the source does not have',
        count: lacking.length,
        example: lacking.join(', '),
        action: 'left out',
      },
    ],
  };
}

/** Rows by period; one that repeats another word for word is passed over. @throws TABLE_INVALID where they differ */
function rowsByPeriod(
  rows: TushareRows,
  periodEnd: (row: number) => Day,
  findings: SourceFindings,
): ReadonlyMap<Day, number> {
  const byPeriod = new Map<Day, number>();
  for (let row = 0; row < rows.items.length; row++) {
    const end = periodEnd(row);
    const first = byPeriod.get(end);
    if (first === undefined) byPeriod.set(end, row);
    else if (sameRow(rows, first, row)) findings.repeated(`${rows.what} row ${row + 1}`);
    else {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${rows.what}: row ${row + 1}: found another period to ${formatDay(end)} that differs from row ${first + 1}, expected one row a period`,
      );
    }
  }
  return byPeriod;
}

/** Yuan to the dollar by month: the mean over its days of the middle between bid and ask; months that are over only. */
async function readDollar(
  tushare: TushareApi,
  from: Day,
  to: Day,
  findings: SourceFindings,
): Promise<Map<Day, number>> {
  const means = new Map<Day, number>();
  const params = { ts_code: DOLLAR.code, ...days(from, to) };
  const rows = await callTushare(tushare, DOLLAR.api, params, ['trade_date', 'bid_close', 'ask_close']);
  if (rows === null) return means;
  const months = new Map<Day, number[]>();
  const byDay = rowsByPeriod(rows, (row) => requiredDay(rows, row, 'trade_date'), findings);
  for (const [day, row] of [...byDay].sort(([a], [b]) => a - b)) {
    const middle = (rows.number(row, 'bid_close') + rows.number(row, 'ask_close')) / 2;
    const end = endOfMonth(yearOf(day), monthOf(day) % 12);
    if (Number.isNaN(middle) || end > to || monthOf(day) === monthOf(from)) continue;
    months.set(end, [...(months.get(end) ?? []), middle]);
  }
  for (const [end, values] of months) means.set(end, values.reduce((sum, value) => sum + value, 0) / values.length);
  return means;
}
