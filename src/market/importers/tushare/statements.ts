import type { Day } from '../../../util/index.js';
import { callTushare, type TushareApi, type TushareParams } from './call.js';
import type { SourceFindings } from './findings.js';
import type { TushareRows } from './rows.js';

/** One version of what a company disclosed of a period, known on the day it was announced. */
export interface Version {
  readonly periodEnd: Day;
  readonly announced: Day;
  /** By the source's column; NaN where it is empty. */
  readonly values: Readonly<Record<string, number>>;
}

export interface StatementApi {
  readonly api: string;
  readonly fields: readonly string[];
  /** Asked for one after another, the most original first; of one day of announcement the first stands. */
  readonly reportTypes: readonly string[];
  /** Whether start and end limit the day of announcement or the end of the period. */
  readonly dated: 'announcement' | 'period';
}

/**
 * Consolidated reports: 5, a statement before it was changed; 1, as the source has it today; 4, the comparative figures that the
 * report of a year later restates.
 */
const CONSOLIDATED = ['5', '1', '4'];

export const INCOME: StatementApi = {
  api: 'income',
  fields: ['revenue', 'n_income', 'n_income_attr_p'],
  reportTypes: CONSOLIDATED,
  dated: 'announcement',
};
export const BALANCE: StatementApi = {
  api: 'balancesheet',
  fields: ['total_assets', 'total_share'],
  reportTypes: CONSOLIDATED,
  dated: 'announcement',
};
export const CASH_FLOW: StatementApi = {
  api: 'cashflow',
  fields: ['n_cashflow_act'],
  reportTypes: CONSOLIDATED,
  dated: 'announcement',
};
export const INDICATORS: StatementApi = {
  api: 'fina_indicator',
  fields: [
    'roe_waa',
    'npta',
    'grossprofit_margin',
    'netprofit_margin',
    'op_of_gr',
    'ocfps',
    'equity_yoy',
    'or_yoy',
    'basic_eps_yoy',
    'netprofit_yoy',
    'debt_to_assets',
    'current_ratio',
    'quick_ratio',
    'assets_turn',
    'inv_turn',
    'ar_turn',
  ],
  reportTypes: [],
  dated: 'period',
};

/**
 * All versions that a company announced up to a day, by period, then announcement; null without permission.
 * A statement counts from the later of its two days, `ann_date` of the report and `f_ann_date` of these very figures. Where two
 * rows of a period share it and differ, the source has changed figures without a date: the original ones stand.
 * @throws what `callTushare` throws
 */
export async function readVersions(
  tushare: TushareApi,
  statement: StatementApi,
  params: TushareParams,
  until: Day,
  findings: SourceFindings,
): Promise<Version[] | null> {
  const { api, fields, reportTypes } = statement;
  const hasActual = reportTypes.length > 0;
  const dates = ['ann_date', ...(hasActual ? ['f_ann_date'] : []), 'end_date', 'update_flag'];
  const versions = new Map<string, Version>();
  for (const report of hasActual ? reportTypes : [null]) {
    const asked = report === null ? params : { ...params, report_type: report };
    const rows = await callTushare(tushare, api, asked, [...dates, ...fields]);
    if (rows === null) return null;
    for (const row of byFlag(rows)) {
      const version = versionOf(rows, row, fields, hasActual);
      if (version === null) findings.undated(`${rows.what} row ${row + 1}`);
      else if (version.announced <= until) keep(versions, version, `${rows.what} row ${row + 1}`, findings);
    }
  }
  return [...versions.values()].sort((a, b) => a.periodEnd - b.periodEnd || a.announced - b.announced);
}

/** Rows with figures as first stored (`update_flag` 0) before those changed later. */
function byFlag(rows: TushareRows): number[] {
  const flags = rows.items.map((_, row) => (rows.text(row, 'update_flag') === '1' ? 1 : 0));
  return flags.map((_, row) => row).sort((a, b) => flags[a] - flags[b] || a - b);
}

function versionOf(rows: TushareRows, row: number, fields: readonly string[], hasActual: boolean): Version | null {
  const periodEnd = rows.day(row, 'end_date');
  const days = ['ann_date', ...(hasActual ? ['f_ann_date'] : [])].flatMap((name) => rows.day(row, name) ?? []);
  const announced = Math.max(...days);
  if (periodEnd === null || days.length === 0 || announced < periodEnd) return null;
  return { periodEnd, announced, values: Object.fromEntries(fields.map((field) => [field, rows.number(row, field)])) };
}

function keep(versions: Map<string, Version>, version: Version, where: string, findings: SourceFindings): void {
  const key = `${version.periodEnd} ${version.announced}`;
  const first = versions.get(key);
  if (first === undefined) versions.set(key, version);
  else if (JSON.stringify(first.values) !== JSON.stringify(version.values)) findings.changedUndated(where);
  else findings.repeated(where);
}
