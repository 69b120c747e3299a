import { createTableBuilder } from '../../../tables/index.js';
import type { Day } from '../../../util/index.js';
import { valuationsSchema } from '../../store-schema.js';
import type { CorporateAction, ValuationTable } from '../../types.js';
import type { SourceFindings } from './findings.js';
import type { StockRows } from './stock-rows.js';

/** Daily ratios of all stocks (`daily_basic`); it has none to cash flow. Undefined without permission. */
export function valuationsOf(stocks: readonly StockRows[]): ValuationTable | undefined {
  if (stocks.some(({ ratios }) => ratios === null)) return undefined;
  const table = createTableBuilder(valuationsSchema);
  for (const { symbol, ratios } of stocks) {
    if (ratios === null) continue;
    const { rows, byDay } = ratios;
    for (const [date, row] of [...byDay].sort(([a], [b]) => a - b)) {
      table.add({
        symbol,
        date,
        turnover: rows.number(row, 'turnover_rate') / 100,
        pe_ttm: rows.number(row, 'pe_ttm'),
        pb: rows.number(row, 'pb'),
        ps_ttm: rows.number(row, 'ps_ttm'),
        pcf_ttm: Number.NaN,
      });
    }
  }
  return table.build();
}

/** Of plans, decisions and executions only the last were paid. */
const CARRIED_OUT = '实施';

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
      const perShare = (field: string) => rows.number(row, field) || 0;
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
