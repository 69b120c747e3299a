import type { MembershipSpell } from '../../types.js';
import { readQlibInstruments } from './read-instruments.js';

/** Memberships of one index that touch the sessions of `dates`, cut to them, by symbol and date. */
export function readMembership(dir: string, index: string, dates: Int32Array): MembershipSpell[] {
  const first = dates[0];
  const last = dates[dates.length - 1];
  return readQlibInstruments(dir, index)
    .filter(({ from, to }) => from <= last && to >= first)
    .map(({ symbol, from, to }) => ({ index, symbol, from: Math.max(from, first), to: Math.min(to, last) }))
    .sort((a, b) => (a.symbol === b.symbol ? a.from - b.from : a.symbol < b.symbol ? -1 : 1));
}
