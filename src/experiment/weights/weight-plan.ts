import type { Policy, TargetWeights } from '../../backtest/index.js';
import { canonicalSymbol, type Instrument } from '../../market/index.js';
import { CandlenetError, type Day, formatDay, indexAsOf, lowerBound } from '../../util/index.js';
import { placeOf, type WeightCells } from './read-weights.js';

/** Rounding allowed in a date's sum of weights; such a sum is scaled back to 1. */
export const SUM_TOLERANCE = 1e-6;

/** Checked weights: what to hold from the session after each date on. */
export interface WeightPlan {
  /** Ascending, each a session of the store. */
  readonly dates: Int32Array;
  /** One for each date: symbol → weight > 0, in the order of the file, which is the priority of purchases. */
  readonly targets: readonly ReadonlyMap<string, number>[];
}

/** First and last day of a listing; null where the store does not know it, or it goes on. */
type Listing = Pick<Instrument, 'symbol' | 'listDate' | 'delistDate'>;

/**
 * Weights as a plan on the sessions and symbols of a store. Symbols may be written in any of the mainland spellings.
 * @param sessions all of the store
 * @param symbols those with bars in the period
 * @param listings as the whole store knows them: those listed after the period may have weights after it
 * @throws WEIGHTS_INVALID, DATE_OUT_OF_STORE, TABLE_INVALID; each names file, row and column
 */
export function planWeights(
  cells: WeightCells,
  sessions: Int32Array,
  symbols: readonly string[],
  listings: readonly Listing[] = [],
): WeightPlan {
  const listingOf = new Map(listings.map((listing) => [listing.symbol, listing]));
  const barred = new Set(symbols);
  const later = listings.filter(({ symbol, listDate }) => listDate !== null && !barred.has(symbol));
  const resolve = symbolResolver([...symbols, ...later.map(({ symbol }) => symbol)]);
  const byDate = new Map<Day, { first: number; sum: number; weights: Map<string, number> }>();
  const session = new Set(sessions);
  for (let i = 0; i < cells.date.length; i++) {
    const date = cells.date[i];
    const weight = cells.weight[i];
    const symbol = resolve(cells.symbol[i]);
    if (symbol === null) {
      throw new CandlenetError(
        'WEIGHTS_INVALID',
        `${placeOf(cells, i, 'symbol')}: found no such symbol in the store, expected one of its ${symbols.length}, such as ${symbols[0]}`,
      );
    }
    if (!session.has(date)) throw noSession(cells, i, sessions);
    if (!Number.isFinite(weight) || weight < 0 || weight > 1 + SUM_TOLERANCE) {
      const why = weight < 0 ? ' (this market has no short sales here)' : '';
      throw new CandlenetError(
        'WEIGHTS_INVALID',
        `${placeOf(cells, i)}: found ${weight}, expected a weight from 0 to 1${why}`,
      );
    }
    if (weight > 0) checkListing(cells, i, listingOf.get(symbol));
    let day = byDate.get(date);
    if (day === undefined) {
      day = { first: i, sum: 0, weights: new Map() };
      byDate.set(date, day);
    }
    if (day.weights.has(symbol)) {
      throw new CandlenetError(
        'WEIGHTS_INVALID',
        `${placeOf(cells, i)}: found a second weight of ${symbol} on that date, expected one`,
      );
    }
    day.weights.set(symbol, weight);
    day.sum += weight;
  }
  const dates = Int32Array.from(byDate.keys()).sort();
  return { dates, targets: Array.from(dates, (date) => target(cells, byDate.get(date)!)) };
}

function target(cells: WeightCells, day: { first: number; sum: number; weights: Map<string, number> }) {
  const { first, sum, weights } = day;
  if (sum > 1 + SUM_TOLERANCE) {
    const { path, rowName, row, date, layout } = cells;
    const column = layout === 'long' ? 'weight' : 'of every symbol';
    throw new CandlenetError(
      'WEIGHTS_INVALID',
      `${path} ${rowName} ${row[first]}, column ${column}: the weights of ${formatDay(date[first])} have a sum of ${Number(sum.toPrecision(9))}, expected at most 1, the rest being cash`,
    );
  }
  const scale = sum > 1 ? 1 / sum : 1;
  return new Map([...weights].flatMap(([symbol, weight]) => (weight > 0 ? [[symbol, weight * scale] as const] : [])));
}

/** A share can be wanted while it is listed; one that is suspended still is, and its order’s fate is told in the trail. */
function checkListing(cells: WeightCells, i: number, listing: Listing | undefined): void {
  const date = cells.date[i];
  const { listDate = null, delistDate = null } = listing ?? {};
  const early = listDate !== null && date < listDate;
  if (!early && !(delistDate !== null && date > delistDate)) return;
  const state = early ? `not listed before ${formatDay(listDate)}` : `delisted after ${formatDay(delistDate!)}`;
  throw new CandlenetError(
    'WEIGHTS_INVALID',
    `${placeOf(cells, i)}: found a weight of ${cells.weight[i]} of a share ${state}, expected a day of its listing, or a weight of 0`,
  );
}

function symbolResolver(symbols: readonly string[]): (text: string) => string | null {
  const known = new Set(symbols);
  const resolved = new Map<string, string | null>();
  return (text) => {
    const earlier = resolved.get(text);
    if (earlier !== undefined) return earlier;
    const canonical = canonicalSymbol(text);
    const symbol = known.has(text) ? text : canonical !== null && known.has(canonical) ? canonical : null;
    resolved.set(text, symbol);
    return symbol;
  };
}

function noSession(cells: WeightCells, i: number, sessions: Int32Array): CandlenetError {
  const date = cells.date[i];
  const first = sessions[0];
  const last = sessions[sessions.length - 1];
  const { path, rowName, row } = cells;
  const where = `${path} ${rowName} ${row[i]}, column date: found ${formatDay(date)}`;
  if (date < first || date > last) {
    return new CandlenetError(
      'DATE_OUT_OF_STORE',
      `${where}, expected a session within ${formatDay(first)} … ${formatDay(last)}`,
    );
  }
  const before = sessions[indexAsOf(sessions, date)];
  const after = sessions[lowerBound(sessions, date)];
  return new CandlenetError(
    'WEIGHTS_INVALID',
    `${where}, which is no session of the store, expected one, such as ${formatDay(before)} or ${formatDay(after)}`,
  );
}

/**
 * Trades the plan: the weights of a date are known at its close. A date without weights keeps the holdings as they are. At
 * the first close asked, the latest weights known by then are taken, as one who joins late would.
 */
export function followPlan(plan: WeightPlan, name: string): Policy {
  return {
    name,
    start() {
      let started = false;
      return ({ date }): TargetWeights | null => {
        const at = indexAsOf(plan.dates, date);
        const due = at >= 0 && (plan.dates[at] === date || !started);
        started = true;
        return due ? { signalDate: date, weights: plan.targets[at] } : null;
      };
    },
  };
}
