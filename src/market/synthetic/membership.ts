import { monthOf } from '../../util/index.js';
import type { MembershipSpell } from '../types.js';
import type { Listing } from './listings.js';
import type { BarArrays, StockState } from './stock.js';

export const SYNTHETIC_INDEX = 'synthetic';

/** Share of all instruments the index holds. */
const MEMBER_SHARE = 0.8;
/** As in the CSI 300's rules: a newcomer must rank within 80-90 % of the places, a member stays until 110-120 %. */
const JOIN_RANK = 0.9;
const STAY_RANK = 1.1;
const SEASONING_SESSIONS = 60;

/** Sessions on which the membership is reviewed: the first of the store and of each June and December. */
function reviewSessions(dates: Int32Array): number[] {
  const sessions = [0];
  for (let d = 1; d < dates.length; d++) {
    const month = monthOf(dates[d]);
    if (month !== monthOf(dates[d - 1]) && (month % 12 === 5 || month % 12 === 11)) sessions.push(d);
  }
  return sessions;
}

/**
 * Point-in-time membership: at each review the largest stocks by the capitalisation of the session before, so a look at
 * the past only, with a buffer against idle changes. A delisted member leaves with its last session.
 * @returns 1 where stock s is a member on session d, [S × D]
 */
export function drawMembership(
  listings: readonly Listing[],
  states: readonly StockState[],
  bars: BarArrays,
  dates: Int32Array,
): Uint8Array {
  const sessions = dates.length;
  const places = Math.max(1, Math.round(listings.length * MEMBER_SHARE));
  const mask = new Uint8Array(listings.length * sessions);
  const reviews = reviewSessions(dates);
  let members = new Set<number>();
  for (const [i, review] of reviews.entries()) {
    const known = Math.max(0, review - 1);
    const ranked = listings
      .map((listing, s) => ({ s, listing, capitalisation: states[s].shares[known] * bars.close[s * sessions + known] }))
      .filter(
        ({ listing }) =>
          listing.lastSession >= review &&
          (listing.firstSession === 0 || listing.firstSession + SEASONING_SESSIONS <= review),
      )
      .sort((a, b) => b.capitalisation - a.capitalisation || a.s - b.s)
      .map(({ s }) => s);
    members = review === 0 ? new Set(ranked.slice(0, places)) : reviewed(ranked, members, places);
    const end = reviews[i + 1] ?? sessions;
    for (const s of members) {
      const last = Math.min(end - 1, listings[s].lastSession);
      mask.fill(1, s * sessions + review, s * sessions + last + 1);
    }
  }
  return mask;
}

function reviewed(ranked: readonly number[], members: ReadonlySet<number>, places: number): Set<number> {
  const rank = new Map(ranked.map((s, i) => [s, i]));
  const first = ranked.filter((s) =>
    members.has(s) ? rank.get(s)! < places * STAY_RANK : rank.get(s)! < places * JOIN_RANK,
  );
  const chosen = new Set(first.sort((a, b) => Number(members.has(b)) - Number(members.has(a))).slice(0, places));
  for (const s of ranked) if (chosen.size < places) chosen.add(s);
  return chosen;
}

/** The mask as spells with inclusive ends. */
export function membershipSpells(mask: Uint8Array, listings: readonly Listing[], dates: Int32Array): MembershipSpell[] {
  const spells: MembershipSpell[] = [];
  const sessions = dates.length;
  for (const [s, listing] of listings.entries()) {
    for (let d = 0; d < sessions; d++) {
      if (mask[s * sessions + d] === 0) continue;
      const from = d;
      while (d + 1 < sessions && mask[s * sessions + d + 1] === 1) d++;
      spells.push({ index: SYNTHETIC_INDEX, symbol: listing.instrument.symbol, from: dates[from], to: dates[d] });
    }
  }
  return spells;
}
