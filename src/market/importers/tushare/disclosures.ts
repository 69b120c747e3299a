import { createTableBuilder } from '../../../tables/index.js';
import { type Day, formatDay } from '../../../util/index.js';
import { fundamentalsSchema } from '../../store-schema.js';
import type { FundamentalTable } from '../../types.js';
import type { TushareApi } from './call.js';
import { type Fact, factsOf, growthOf, lastFourQuarters, ratioOf, sumOverYear } from './derived-facts.js';
import type { SourceFindings } from './findings.js';
import { tushareCode } from './listings.js';
import { compact } from './rows.js';
import { BALANCE, CASH_FLOW, INCOME, INDICATORS, readVersions, type StatementApi, type Version } from './statements.js';
import { CARRIED_OUT, type StockRows } from './stock-rows.js';

/** What a company disclosed; null for what the account may not use. */
export interface Disclosures {
  readonly income: readonly Version[] | null;
  readonly balance: readonly Version[] | null;
  readonly cashFlow: readonly Version[] | null;
  readonly indicators: readonly Version[] | null;
}

/** Before the first session: a year for the figure in force on it, two for the years it is compared with. */
const HISTORY_DAYS = 3 * 366;

/** @throws what `callTushare` throws */
export async function readDisclosures(
  tushare: TushareApi,
  symbol: string,
  from: Day,
  to: Day,
  findings: SourceFindings,
): Promise<Disclosures> {
  const params = { ts_code: tushareCode(symbol), start_date: compact(from - HISTORY_DAYS), end_date: compact(to) };
  const read = (statement: StatementApi) => readVersions(tushare, statement, params, to, findings);
  return {
    income: await read(INCOME),
    balance: await read(BALANCE),
    cashFlow: await read(CASH_FLOW),
    indicators: await read(INDICATORS),
  };
}

const PER_CENT = 0.01;
/** `daily_basic` counts shares in ten thousands (万股). */
const SHARES_PER_UNIT = 10_000;

/** Our field ← column of `fina_indicator`, and its unit. */
const FROM_INDICATORS: readonly (readonly [field: string, column: string, unit: number])[] = [
  ['roe', 'roe_waa', PER_CENT],
  ['roa', 'npta', PER_CENT],
  ['gross_margin', 'grossprofit_margin', PER_CENT],
  ['net_margin', 'netprofit_margin', PER_CENT],
  ['operating_margin', 'op_of_gr', PER_CENT],
  ['ocf_per_share', 'ocfps', 1],
  ['equity_growth', 'equity_yoy', PER_CENT],
  ['revenue_growth', 'or_yoy', PER_CENT],
  ['eps_growth', 'basic_eps_yoy', PER_CENT],
  ['parent_profit_growth', 'netprofit_yoy', PER_CENT],
  ['debt_to_assets', 'debt_to_assets', PER_CENT],
  ['current_ratio', 'current_ratio', 1],
  ['quick_ratio', 'quick_ratio', 1],
  ['asset_turnover', 'assets_turn', 1],
  ['inventory_turnover', 'inv_turn', 1],
  ['receivables_turnover', 'ar_turn', 1],
];

/** Disclosures of all stocks by the store's fields; undefined where the account may use no api that has any. */
export function fundamentalsOf(
  stocks: readonly StockRows[],
  disclosures: readonly Disclosures[],
  to: Day,
  findings: SourceFindings,
): FundamentalTable | undefined {
  const table = createTableBuilder(fundamentalsSchema);
  let rows = 0;
  for (const [s, stock] of stocks.entries()) {
    for (const [field, facts] of fieldsOf(stock, disclosures[s], to, findings)) {
      for (const { periodEnd, announced, value } of facts) {
        table.add({ symbol: stock.symbol, field, period_end: periodEnd, announced, value });
        rows++;
      }
    }
  }
  return rows === 0 ? undefined : table.build();
}

function fieldsOf(
  stock: StockRows,
  { income, balance, indicators }: Disclosures,
  to: Day,
  findings: SourceFindings,
): (readonly [field: string, facts: readonly Fact[]])[] {
  const profit = factsOf(income ?? [], 'n_income');
  const parentProfit = factsOf(income ?? [], 'n_income_attr_p');
  return [
    ...FROM_INDICATORS.map(([field, column, unit]) => [field, factsOf(indicators ?? [], column, unit)] as const),
    ['revenue', factsOf(income ?? [], 'revenue')],
    ['net_profit', profit],
    ['net_profit_growth', growthOf(profit)],
    ['eps_ttm', ratioOf(lastFourQuarters(parentProfit), factsOf(balance ?? [], 'total_share'))],
    ['asset_growth', growthOf(factsOf(balance ?? [], 'total_assets'))],
    ['dividend_per_share', sumOverYear(dividendsOf(stock, to, findings))],
    ['total_shares', sharesOf(stock, 'total_share')],
    ['float_shares', sharesOf(stock, 'float_share')],
  ];
}

/** Cash dividends by the period they were paid for, known when their payment was announced. */
function dividendsOf({ dividends: rows }: StockRows, to: Day, findings: SourceFindings): Fact[] {
  const facts = new Map<string, Fact>();
  const seen = new Set<string>();
  for (let row = 0; rows !== null && row < rows.items.length; row++) {
    if (rows.text(row, 'div_proc') !== CARRIED_OUT || seen.has(JSON.stringify(rows.items[row]))) continue;
    seen.add(JSON.stringify(rows.items[row]));
    const periodEnd = rows.day(row, 'end_date');
    const announced = rows.day(row, 'imp_ann_date') ?? rows.day(row, 'ex_date');
    if (periodEnd === null || announced === null || announced < periodEnd) {
      findings.undated(`${rows.what} row ${row + 1}`);
      continue;
    }
    if (announced > to) continue;
    const key = `${periodEnd} ${announced}`;
    const value = (facts.get(key)?.value ?? 0) + (rows.number(row, 'cash_div_tax') || 0);
    facts.set(key, { periodEnd, announced, value });
  }
  return [...facts.values()].sort((a, b) => a.periodEnd - b.periodEnd || a.announced - b.announced);
}

/** A number of shares when it changes, and once a quarter, so that it is never taken for outdated. */
function sharesOf({ ratios }: StockRows, column: string): Fact[] {
  const facts: Fact[] = [];
  let quarter = '';
  for (const [day, row] of [...(ratios?.byDay ?? [])].sort(([a], [b]) => a - b)) {
    const value = (ratios?.rows.number(row, column) ?? Number.NaN) * SHARES_PER_UNIT;
    if (Number.isNaN(value)) continue;
    const [year, month] = formatDay(day).split('-');
    const now = `${year} ${Math.ceil(Number(month) / 3)}`;
    if (facts.at(-1)?.value !== value || now !== quarter) facts.push({ periodEnd: day, announced: day, value });
    quarter = now;
  }
  return facts;
}

/** Operating cash flow of the last four quarters, in the order it became known. */
export function cashFlowOf({ cashFlow }: Disclosures): Fact[] {
  return lastFourQuarters(factsOf(cashFlow ?? [], 'n_cashflow_act')).sort(
    (a, b) => a.announced - b.announced || a.periodEnd - b.periodEnd,
  );
}
