import { createTableBuilder } from '../../../tables/index.js';
import type { Day } from '../../../util/index.js';
import { MOST_PRICE } from '../../plausible.js';
import { valuationsSchema } from '../../store-schema.js';
import type { CorporateAction, ValuationTable } from '../../types.js';
import type { Fact } from './derived-facts.js';
import { cashFlowOf, type Disclosures } from './disclosures.js';
import type { SourceFindings } from './findings.js';
import { CARRIED_OUT, type StockRows } from './stock-rows.js';

/** Fifteen months after the end of its period a disclosure without a successor is outdated. */
const STALE_DAYS = 457;

/** `total_mv` counts ten thousands of yuan (万元). */
const YUAN_PER_VALUE = 10_000;

/**
 * Daily ratios of all stocks (`daily_basic`). It has none to cash flow: that is the market value by the operating cash flow of the
 * last four quarters, of what was announced before the day. Undefined without permission.
 */
export function valuationsOf(
  stocks: readonly StockRows[],
  disclosures: readonly Disclosures[],
): ValuationTable | undefined {
  if (stocks.some(({ ratios }) => ratios === null)) return undefined;
  const table = createTableBuilder(valuationsSchema);
  for (const [s, { symbol, ratios }] of stocks.entries()) {
    if (ratios === null) continue;
    const { rows, byDay } = ratios;
    const cashFlow = cashFlowOf(disclosures[s]);
    let next = 0;
    let latest: Fact | null = null;
    for (const [date, row] of [...byDay].sort(([a], [b]) => a - b)) {
      for (; next < cashFlow.length && cashFlow[next].announced < date; next++) {
        if (latest === null || cashFlow[next].periodEnd >= latest.periodEnd) latest = cashFlow[next];
      }
      const current = latest !== null && date - latest.periodEnd <= STALE_DAYS ? latest.value : Number.NaN;
      table.add({
        symbol,
        date,
        turnover: rows.number(row, 'turnover_rate') / 100,
        pe_ttm: rows.number(row, 'pe_ttm'),
        pb: rows.number(row, 'pb'),
        ps_ttm: rows.number(row, 'ps_ttm'),
        pcf_ttm: (rows.number(row, 'total_mv') * YUAN_PER_VALUE) / (current || Number.NaN),
      });
    }
  }
  return table.build();
}

/**
 * Dividends and free shares that went ex in the period (`dividend`: per share, cash before tax). Rights issues are not in this
 * api. Undefined without permission.
 */
export function actionsOf(
  stocks: readonly StockRows[],
  from: Day,
  to: Day,
  findings: SourceFindings,
): CorporateAction[] | undefined {
  if (stocks.some(({ dividends }) => dividends === null)) return undefined;
  const actions: CorporateAction[] = [];
  for (const { symbol, dividends: rows } of stocks) {
    if (rows === null) continue;
    const seen = new Set<string>();
    for (let row = 0; row < rows.items.length; row++) {
      const exDate = rows.day(row, 'ex_date');
      if (rows.text(row, 'div_proc') !== CARRIED_OUT || exDate === null || exDate < from || exDate > to) continue;
      const known = JSON.stringify(rows.items[row]);
      if (seen.has(known)) {
        findings.repeated(`${rows.what} row ${row + 1}`);
        continue;
      }
      seen.add(known);
      const perShare = (field: string) => rows.number(row, field, MOST_PRICE) || 0;
      const entitled = {
        cash: perShare('cash_div_tax'),
        bonus: perShare('stk_bo_rate'),
        transfer: perShare('stk_co_rate'),
      };
      if (Object.values(entitled).every((value) => value === 0)) continue;
      actions.push({ symbol, exDate, ...entitled, rights: 0, rightsPrice: 0 });
    }
  }
  return actions.sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.exDate - b.exDate));
}
