/** Who belonged to an index on which day, as known then. */
export interface Universe {
  readonly symbols: readonly string[];
  /** [symbols × sessions], 1 for a member on the day; the cell of symbol s on session d is `s * sessions + d`. */
  readonly mask: Uint8Array;
  readonly sessions: number;
}

/** Members after the close of a session, in the order of the symbols. */
export function membersOn({ symbols, mask, sessions }: Universe, session: number): string[] {
  return symbols.filter((_, s) => mask[s * sessions + session] === 1);
}
