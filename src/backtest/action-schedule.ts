import { CandlenetError, type Day, formatDay, lowerBound } from '../util/index.js';
import type { ActionEntry } from './types.js';

/** Actions by symbol index and session: each takes effect on the first session from its ex-date on. */
export type ActionSchedule = ReadonlyMap<number, readonly { readonly session: number; readonly action: number }[]>;

/** @throws TABLE_INVALID for an unknown symbol, or a number that is negative or not finite */
export function scheduleActions(
  actions: readonly ActionEntry[],
  symbols: readonly string[],
  dates: Int32Array,
): ActionSchedule {
  const indexOf = new Map(symbols.map((symbol, s) => [symbol, s]));
  const schedule = new Map<number, { session: number; action: number }[]>();
  for (const [action, entry] of actions.entries()) {
    const s = indexOf.get(entry.symbol);
    // The store may hold actions of what has no bars in the period.
    if (s === undefined) continue;
    checkEntry(entry, entry.exDate);
    const session = lowerBound(dates, entry.exDate);
    if (session === dates.length || entry.exDate < dates[0]) continue;
    const list = schedule.get(s);
    if (list) list.push({ session, action });
    else schedule.set(s, [{ session, action }]);
  }
  for (const list of schedule.values()) list.sort((a, b) => a.session - b.session || a.action - b.action);
  return schedule;
}

function checkEntry(entry: ActionEntry, day: Day): void {
  for (const key of ['cash', 'bonus', 'transfer', 'rightsRatio', 'rightsPrice'] as const) {
    if (Number.isFinite(entry[key]) && entry[key] >= 0) continue;
    throw new CandlenetError(
      'TABLE_INVALID',
      `actions, ${entry.symbol} ${formatDay(day)}, ${key}: found ${entry[key]}, expected a number ≥ 0`,
    );
  }
}

/**
 * Ex-right reference price: (close − cash + rights price × rights ratio) / (1 + bonus + transfer + rights ratio), SSE
 * Trading Rules 4.3.2. Not rounded to the tick here.
 */
export function exRightReference(close: number, entry: ActionEntry): number {
  const { cash, bonus, transfer, rightsRatio, rightsPrice } = entry;
  return (close - cash + rightsPrice * rightsRatio) / (1 + bonus + transfer + rightsRatio);
}
