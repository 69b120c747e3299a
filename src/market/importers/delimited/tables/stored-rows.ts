import type { MarketTables } from '../../../types.js';

/** What a finding is about: an instrument or a series, and its day where it has one. */
export interface FindingSubject {
  readonly name: string;
  readonly day?: number;
}

/** The tables of a store that files are to extend. */
export type StoredTables = Pick<MarketTables, 'fundamentals' | 'valuations' | 'macro' | 'actions'>;

/**
 * Whether a subject lies within what the store has of a table: then it was counted when that was imported, whether by these
 * files or by an earlier delivery of them.
 */
export function storedRows(table: string, stored: StoredTables | undefined): (subject: FindingSubject) => boolean {
  const [names, days] = columnsOf(table, stored);
  if (names.length === 0) return () => false;
  const known = new Set(names);
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return ({ name, day }) => known.has(name) && (day === undefined || (day >= first && day <= last));
}

function columnsOf(
  table: string,
  stored: StoredTables = {},
): [names: readonly string[], days: ArrayLike<number> & Iterable<number>] {
  const { fundamentals, valuations, macro, actions } = stored;
  if (table === 'fundamentals' && fundamentals) return [fundamentals.columns.symbol, fundamentals.columns.announced];
  if (table === 'valuations' && valuations) return [valuations.columns.symbol, valuations.columns.date];
  if (table === 'macro' && macro) return [macro.columns.series, macro.columns.period_end];
  if (table === 'actions' && actions) return [actions.map(({ symbol }) => symbol), actions.map(({ exDate }) => exDate)];
  return [[], []];
}
