import { CandlenetError, formatDay, indexAsOf, lowerBound } from '../util/index.js';
import { resolveIndex } from './known-indices.js';
import { unknownIndex } from './store.js';
import type { BarMatrix, MembershipSpell } from './types.js';

/**
 * The index as it was on each day: 1 where symbol s belonged to it on session d, [S × D] like the bars. Members for
 * which there are no bars have no row.
 * @throws INDEX_UNKNOWN naming the indices there are; UNIVERSE_EMPTY
 */
export function universeMask(
  members: readonly MembershipSpell[],
  index: string,
  bars: Pick<BarMatrix, 'symbols' | 'dates'>,
): Uint8Array {
  const { symbols, dates } = bars;
  const present = [...new Set(members.map((spell) => spell.index))];
  const key = resolveIndex(index, present);
  if (key === null) throw unknownIndex('members', index, 'membership', present);
  const rowOf = new Map(symbols.map((symbol, s) => [symbol, s]));
  const mask = new Uint8Array(symbols.length * dates.length);
  let cells = 0;
  for (const spell of members) {
    const s = rowOf.get(spell.symbol);
    if (spell.index !== key || s === undefined) continue;
    const start = lowerBound(dates, spell.from);
    const end = indexAsOf(dates, spell.to) + 1;
    if (start >= end) continue;
    mask.fill(1, s * dates.length + start, s * dates.length + end);
    cells += end - start;
  }
  if (cells === 0) {
    const span = dates.length > 0 ? `${formatDay(dates[0])} … ${formatDay(dates[dates.length - 1])}` : 'no session';
    throw new CandlenetError(
      'UNIVERSE_EMPTY',
      `universe ${key}: none of its members has a bar in ${span} (${symbols.length} symbols)`,
    );
  }
  return mask;
}
