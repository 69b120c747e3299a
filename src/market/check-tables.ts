import { CandlenetError, formatDay } from '../util/index.js';
import { checkDatedTables } from './check-dated-tables.js';
import { checkActions } from './corporate-actions.js';
import type { BarMatrix, MarketTables } from './types.js';

function invalid(message: string): CandlenetError {
  return new CandlenetError('TABLE_INVALID', message);
}

/**
 * What every importer must deliver before it becomes a store: sessions and benchmark dates strictly ascending, symbols
 * unique, matrices of one size, membership spells that do not end before they begin, corporate actions that can be, disclosures not announced
 * before their period ends, every fact dated and told once.
 * @throws TABLE_INVALID naming table, column and row
 */
export function checkMarketTables(market: MarketTables): void {
  const { bars } = market;
  if (bars.dates.length === 0) throw invalid('bars: found no session, expected at least one');
  checkAscending('bars', bars.dates);
  checkUnique('bars', bars.symbols);
  checkSizes(bars);
  checkUnique(
    'instruments',
    market.instruments.map((instrument) => instrument.symbol),
  );
  checkUnique(
    'benchmark',
    market.benchmarks.map((series) => series.index),
  );
  for (const series of market.benchmarks) checkAscending(`benchmark ${series.index}`, series.dates);
  checkActions(market.actions ?? []);
  checkDatedTables(market);
  for (const { index, symbol, from, to, weight } of market.members) {
    if (weight !== undefined && !(weight >= 0 && weight <= 1)) {
      throw invalid(
        `members: ${symbol} in ${index} from ${formatDay(from)}: found a weight of ${weight}, expected 0 … 1`,
      );
    }
    if (from > to) {
      throw invalid(`members: ${symbol} in ${index} from ${formatDay(from)} to ${formatDay(to)}, expected from ≤ to`);
    }
  }
}

function checkAscending(what: string, dates: Int32Array): void {
  for (let d = 1; d < dates.length; d++) {
    if (dates[d] <= dates[d - 1]) {
      throw invalid(
        `${what}: column "date" row ${d + 1}: found ${formatDay(dates[d])} after ${formatDay(dates[d - 1])}, expected ascending dates`,
      );
    }
  }
}

function checkUnique(what: string, keys: readonly string[]): void {
  const seen = new Set<string>();
  for (const [row, key] of keys.entries()) {
    if (key === '' || seen.has(key)) throw invalid(`${what}: row ${row + 1}: found "${key}", expected a unique key`);
    seen.add(key);
  }
}

function checkSizes(bars: BarMatrix): void {
  const size = bars.symbols.length * bars.dates.length;
  const { open, high, low, close, volume, amount, adjFactor, suspended, st, flags } = bars;
  const columns = { open, high, low, close, volume, amount, adjFactor, suspended, st, flags };
  for (const [name, column] of Object.entries(columns)) {
    if (column && column.length !== size) {
      throw invalid(`bars: column "${name}" has ${column.length} cells, expected ${size}`);
    }
  }
}
