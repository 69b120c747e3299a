import { systemClock } from '../../util/index.js';

/** What a piece of a run takes here. */
export interface Cost {
  readonly kind: 'preparation' | 'training' | 'baseline' | 'explanation' | 'back-test';
  readonly name: string;
  /** At least and at most; the same where nothing stops early. */
  readonly seconds: readonly [least: number, most: number];
  /** Memory of its own while it works, beyond what the market, the panel and the network hold. */
  readonly bytes: number;
}

export const cost = (kind: Cost['kind'], name: string, least: number, most = least, bytes = 0): Cost => ({
  kind,
  name,
  seconds: [least, Math.max(least, most)],
  bytes,
});

/** How much longer n take than m in a sort, or in growing a tree of them level by level: n log n. */
export const timesLonger = (n: number, m: number): number => (n * Math.log2(n + 2)) / (m * Math.log2(m + 2));

/** Seconds that a piece of work takes here. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = systemClock.seconds();
  await work();
  return systemClock.seconds() - began;
}
