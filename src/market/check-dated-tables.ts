import { MISSING_DAY } from '../tables/index.js';
import { CandlenetError, formatDay } from '../util/index.js';
import type { MarketTables } from './types.js';

function invalid(message: string): CandlenetError {
  return new CandlenetError('TABLE_INVALID', message);
}

/**
 * What the optional dated tables must keep: a date on every fact, no disclosure before the end of its period, and
 * finite values of disclosures and series. That no key comes twice is seen when they are sorted.
 * @throws TABLE_INVALID naming table, row and column
 */
export function checkDatedTables({ fundamentals, valuations, macro, news }: MarketTables): void {
  if (fundamentals) {
    const { symbol, field, period_end: periodEnd, announced, value } = fundamentals.columns;
    checkDays('fundamentals', { period_end: periodEnd, announced });
    checkFinite('fundamentals', value);
    for (let row = 0; row < announced.length; row++) {
      if (announced[row] < periodEnd[row]) {
        const found = `${symbol[row]} ${field[row]} announced ${formatDay(announced[row])} for the period to ${formatDay(periodEnd[row])}`;
        throw invalid(`fundamentals: row ${row + 1}: found ${found}, expected announced ≥ period_end`);
      }
    }
  }
  if (valuations) {
    checkDays('valuations', { date: valuations.columns.date });
  }
  if (macro) {
    const { period_end: periodEnd, released, value } = macro.columns;
    checkDays('macro', { period_end: periodEnd, released });
    checkFinite('macro', value);
  }
  if (news) {
    checkFinite('news', news.columns.published, 'published');
  }
}

function checkDays(table: string, columns: Readonly<Record<string, Int32Array>>): void {
  for (const [name, days] of Object.entries(columns)) {
    const row = days.indexOf(MISSING_DAY);
    if (row >= 0) throw invalid(`${table}: column "${name}" row ${row + 1}: found no date, expected one`);
  }
}

function checkFinite(table: string, values: Float64Array, name = 'value'): void {
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row < 0) return;
  throw invalid(`${table}: column "${name}" row ${row + 1}: found ${values[row]}, expected a finite number`);
}
