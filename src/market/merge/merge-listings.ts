import { MISSING_DAY } from '../../tables/index.js';
import { formatDay } from '../../util/index.js';
import type { Instrument } from '../types.js';
import type { DisagreementTally } from './disagreements.js';

/** Every instrument once; what the first source leaves empty the second fills in. */
export function mergeInstruments(
  [firstName, first]: readonly [string, readonly Instrument[]],
  [secondName, second]: readonly [string, readonly Instrument[]],
  tally: DisagreementTally,
): Instrument[] {
  const merged = new Map(first.map((one) => [one.symbol, one]));
  for (const other of second) {
    const one = merged.get(other.symbol);
    if (one === undefined) {
      merged.set(other.symbol, other);
      continue;
    }
    const key = () => other.symbol;
    const words = (day: number | null) => (day === null || day === MISSING_DAY ? '' : formatDay(day));
    for (const field of ['name', 'industry'] as const) {
      tally.texts(field, key, [firstName, one[field]], [secondName, other[field]]);
    }
    for (const [column, field] of [
      ['list_date', 'listDate'],
      ['delist_date', 'delistDate'],
    ] as const) {
      tally.texts(column, key, [firstName, words(one[field])], [secondName, words(other[field])]);
    }
    merged.set(one.symbol, {
      ...one,
      name: one.name || other.name,
      industry: one.industry || other.industry,
      listDate: one.listDate ?? other.listDate,
      delistDate: one.delistDate ?? other.delistDate,
    });
  }
  const all = [...merged.values()];
  if (all.length === first.length) return all;
  // As importers list them: stocks by symbol, then indices.
  const place = ({ board, symbol }: Instrument) => `${board === 'index' ? 1 : 0}${symbol}`;
  return all.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
