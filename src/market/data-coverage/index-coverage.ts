import { CandlenetError, type Day, indexAsOf, lowerBound, yearOf } from '../../util/index.js';
import { resolveIndex } from '../known-indices.js';
import type { BarMatrix, MembershipSpell } from '../types.js';

/** How much of an index the bars cover over one year. Shares are of the session's members; 1 is all of them. */
export interface IndexCoverageYear {
  readonly year: number;
  readonly sessions: number;
  /** Mean number of members on a session. */
  readonly members: number;
  /** Mean number of those with a bar. */
  readonly withBars: number;
  readonly minShare: number;
  readonly meanShare: number;
  /** The first session with the least share. */
  readonly worstDay: Day;
}

export interface IndexCoverage {
  readonly index: string;
  readonly years: readonly IndexCoverageYear[];
  /** Session by session: members, and those of them with a bar. */
  readonly daily: { readonly dates: Int32Array; readonly members: Int32Array; readonly withBars: Int32Array };
  /** Over all sessions with members; NaN without any. */
  readonly meanShare: number;
  /** Sessions on which the index has no member at all. */
  readonly emptySessions: number;
  /** Members over time that have no bar while they belong to the index. */
  readonly withoutBars: readonly string[];
}

/**
 * Members with a bar of members in all, session by session. A suspended member has a bar (its last close).
 * @throws INDEX_UNKNOWN
 */
export function indexCoverage(
  members: readonly MembershipSpell[],
  index: string,
  { symbols, dates, close }: Pick<BarMatrix, 'symbols' | 'dates' | 'close'>,
): IndexCoverage {
  const present = [...new Set(members.map((spell) => spell.index))];
  const key = resolveIndex(index, present);
  if (key === null) {
    const there = present.length > 0 ? present.join(', ') : 'none';
    throw new CandlenetError('INDEX_UNKNOWN', `members: no membership for the index "${index}", there are: ${there}`);
  }
  const rowOf = new Map(symbols.map((symbol, s) => [symbol, s]));
  const belonging = new Int32Array(dates.length);
  const covered = new Int32Array(dates.length);
  const seen = new Map<string, boolean>();
  for (const [symbol, sessions] of sessionsOfMembers(members, key, dates)) {
    const s = rowOf.get(symbol);
    let hasBar = false;
    for (const t of sessions) {
      belonging[t]++;
      if (s === undefined || !(close[s * dates.length + t] > 0)) continue;
      covered[t]++;
      hasBar = true;
    }
    if (sessions.size > 0) seen.set(symbol, hasBar);
  }
  const filled = Array.from(dates.keys()).filter((t) => belonging[t] > 0);
  const shares = filled.map((t) => covered[t] / belonging[t]);
  return {
    index: key,
    daily: { dates, members: belonging, withBars: covered },
    years: byYear(dates, filled, belonging, covered),
    meanShare: mean(shares),
    emptySessions: dates.length - filled.length,
    withoutBars: [...seen].filter(([, hasBar]) => !hasBar).map(([symbol]) => symbol),
  };
}

/** Sessions of each member, counted once where its spells overlap; by symbol. */
function sessionsOfMembers(members: readonly MembershipSpell[], key: string, dates: Int32Array) {
  const sessions = new Map<string, Set<number>>();
  for (const spell of members) {
    if (spell.index !== key) continue;
    const own = sessions.get(spell.symbol) ?? new Set<number>();
    sessions.set(spell.symbol, own);
    const end = indexAsOf(dates, spell.to);
    for (let t = lowerBound(dates, spell.from); t <= end; t++) own.add(t);
  }
  return [...sessions].sort(([a], [b]) => (a < b ? -1 : 1));
}

function byYear(
  dates: Int32Array,
  filled: readonly number[],
  belonging: Int32Array,
  covered: Int32Array,
): IndexCoverageYear[] {
  return [...new Set(filled.map((t) => yearOf(dates[t])))].map((year) => {
    const own = filled.filter((t) => yearOf(dates[t]) === year);
    const shares = own.map((t) => covered[t] / belonging[t]);
    const minShare = shares.reduce((least, share) => Math.min(least, share));
    return {
      year,
      sessions: own.length,
      members: mean(own.map((t) => belonging[t])),
      withBars: mean(own.map((t) => covered[t])),
      minShare,
      meanShare: mean(shares),
      worstDay: dates[own[shares.indexOf(minShare)]],
    };
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
