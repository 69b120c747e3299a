import { type Day, formatDay, indexAsOf, lowerBound } from '../../util/index.js';
import type { FindingTally } from '../cleaning/index.js';
import { knownIndex } from '../known-indices.js';
import type { MembershipSpell } from '../types.js';

/** Members on each session. */
function memberCounts(spells: readonly MembershipSpell[], dates: Int32Array): Int32Array {
  const counts = new Int32Array(dates.length);
  for (const { from, to } of spells) {
    for (let d = lowerBound(dates, from); d <= indexAsOf(dates, to); d++) counts[d]++;
  }
  return counts;
}

/** Counts the members no bars are there for, and the sessions on which an index has not its nominal size. */
export function checkMembership(
  index: string,
  spells: readonly MembershipSpell[],
  dates: Int32Array,
  covered: ReadonlySet<string>,
  tally: FindingTally,
): void {
  const without = spells.filter(({ symbol }) => !covered.has(symbol));
  const missing = new Set(without.map(({ symbol }) => symbol));
  tally.count('member-without-bars', () => spellText(without[0]), { cases: missing.size });
  if (missing.size > 0) {
    const lacking = memberCounts(without, dates);
    const worst = lacking.indexOf(Math.max(...lacking));
    tally.explain(
      'member-without-bars',
      `missing from the universe (${lacking[worst]} on ${formatDay(dates[worst])}, ${lacking[dates.length - 1]} at the end): results are biased towards survivors`,
    );
  }
  const nominal = knownIndex(index)?.members;
  if (nominal === undefined) return;
  for (const [d, count] of memberCounts(spells, dates).entries()) {
    if (count !== nominal) {
      tally.count('membership-size', () => `${index} ${formatDay(dates[d])}, ${count} members instead of ${nominal}`);
    }
  }
}

function spellText({ symbol, from, to }: { symbol: string; from: Day; to: Day }): string {
  return `${symbol}, member ${formatDay(from)} … ${formatDay(to)}`;
}
