import { formatDay, indexAsOf, lowerBound } from '../../util/index.js';
import type { MarketPart, MembershipSpell } from '../types.js';
import type { DisagreementTally } from './disagreements.js';

/** The memberships one source states, over the sessions it knows. */
export interface NamedMembers {
  readonly name: string;
  readonly members: readonly MembershipSpell[];
  /** First and last session of the source, between which a day outside of its spells is no member's. */
  readonly known: readonly [from: number, to: number];
  /** Made of bars, not stated: says nothing about the days outside of its spells. */
  readonly assumed: boolean;
}

/** Weights are printed with some six digits. */
const SAME_WEIGHT = 1e-6;

/** Whether the members of a source are made of its bars. */
export function assumesMembers({ membersAssumed, findings }: MarketPart): boolean {
  return membersAssumed ?? findings.some(({ kind, count }) => kind === 'members-assumed' && count > 0);
}

/**
 * Memberships of two sources, by index and symbol: where both know the day the first stands; else the one that knows it.
 * Spells that meet, with no session between them and of one weight, become one. A weight that the first
 * does not state is the second's.
 */
export function mergeMembers(
  first: NamedMembers,
  second: NamedMembers,
  dates: Int32Array,
  tally: DisagreementTally,
): MembershipSpell[] {
  const groups = new Map<string, [MembershipSpell[], MembershipSpell[]]>();
  for (const [side, { members }] of [first, second].entries()) {
    for (const spell of members) {
      const key = `${spell.index} ${spell.symbol}`;
      const group = groups.get(key) ?? [[], []];
      groups.set(key, group);
      group[side].push(spell);
    }
  }
  const merged = [...groups.entries()].flatMap(([key, [ours, theirs]]) => {
    if (theirs.length === 0) return ours;
    if (ours.length === 0) return theirs;
    return joined(key, { ...first, members: ours }, { ...second, members: theirs }, dates, tally);
  });
  const isNew = merged.length !== first.members.length || !merged.every((spell) => first.members.includes(spell));
  if (!isNew) return [...first.members];
  return merged.sort((a, b) => compareTexts(a.index, b.index) || compareTexts(a.symbol, b.symbol) || a.from - b.from);
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function joined(
  key: string,
  first: NamedMembers,
  second: NamedMembers,
  dates: Int32Array,
  tally: DisagreementTally,
): MembershipSpell[] {
  const [ours, theirs] = [first, second].map(({ members }) => spread(members, dates));
  const result = new Uint8Array(dates.length);
  const weights = new Float64Array(dates.length).fill(Number.NaN);
  const stated = !first.assumed && !second.assumed;
  let news = false;
  for (let d = 0; d < dates.length; d++) {
    const both = [first, second].every(({ known: [from, to] }) => dates[d] >= from && dates[d] <= to);
    if (both && stated) {
      const words = () => `${key} ${formatDay(dates[d])}`;
      tally.numbers('member', words, [first.name, ours[d] >= 0 ? 1 : 0], [second.name, theirs[d] >= 0 ? 1 : 0], 0);
      result[d] = ours[d] >= 0 ? 1 : 0;
    } else result[d] = ours[d] >= 0 || theirs[d] >= 0 ? 1 : 0;
    if (result[d] === 0) continue;
    const [mine, other] = [first.members[ours[d]]?.weight, second.members[theirs[d]]?.weight];
    if (mine !== undefined && other !== undefined) {
      tally.numbers(
        'weight',
        () => `${key} ${formatDay(dates[d])}`,
        [first.name, mine],
        [second.name, other],
        SAME_WEIGHT,
      );
    }
    weights[d] = mine ?? other ?? Number.NaN;
    if (ours[d] < 0 || (mine === undefined) !== Number.isNaN(weights[d])) news = true;
  }
  if (!news) return [...first.members];
  const { index, symbol } = first.members[0];
  const spells: MembershipSpell[] = [];
  for (let d = 0; d < dates.length; d++) {
    if (result[d] === 0) continue;
    const start = d;
    while (d + 1 < dates.length && result[d + 1] === 1 && Object.is(weights[d + 1], weights[d])) d++;
    const edge = (at: number, pick: (spell: MembershipSpell) => number) => {
      const spell = first.members[ours[at]] ?? second.members[theirs[at]];
      return pick(spell);
    };
    // A spell may begin or end on a day that is no session: that date is kept where the run begins or ends with the spell.
    const from = edge(start, (spell) => spell.from);
    const to = edge(d, (spell) => spell.to);
    spells.push({
      index,
      symbol,
      from: lowerBound(dates, from) === start ? from : dates[start],
      to: indexAsOf(dates, to) === d ? to : dates[d],
      ...(Number.isNaN(weights[d]) ? {} : { weight: weights[d] }),
    });
  }
  return spells;
}

/** Position of the spell that covers each session, −1 where none does. */
function spread(spells: readonly MembershipSpell[], dates: Int32Array): Int32Array {
  const covering = new Int32Array(dates.length).fill(-1);
  for (const [i, { from, to }] of spells.entries()) {
    covering.fill(i, lowerBound(dates, from), indexAsOf(dates, to) + 1);
  }
  return covering;
}
