import type { Rng } from '../../util/index.js';

/** Beyond this many standard deviations a draw is cut off, on both sides alike, so that a return never reaches −100 %. */
const CUTOFF = 9;

/**
 * Student's t scaled to unit variance (before the cut-off at ±9), symmetric about 0.
 * Source: R. W. Bailey, "Polar generation of random variates with the t-distribution", Math. Comp. 62 (1994).
 */
export function fatTailed(rng: Rng, degreesOfFreedom: number): number {
  for (;;) {
    const u = 2 * rng.uniform() - 1;
    const v = 2 * rng.uniform() - 1;
    const w = u * u + v * v;
    if (w === 0 || w >= 1) continue;
    const t = u * Math.sqrt((degreesOfFreedom * (w ** (-2 / degreesOfFreedom) - 1)) / w);
    const z = t * Math.sqrt((degreesOfFreedom - 2) / degreesOfFreedom);
    return Math.max(-CUTOFF, Math.min(CUTOFF, z));
  }
}

/**
 * Volatility clustering: GARCH(1,1) of Bollerslev (1986) with the asymmetry of Glosten, Jagannathan and Runkle (1993),
 * for a variance whose long-run mean is 1.
 */
export interface GarchParameters {
  readonly shock: number;
  /** Added to `shock` after a fall. */
  readonly fallShock: number;
  readonly persistence: number;
}

export const MARKET_GARCH: GarchParameters = { shock: 0.04, fallShock: 0.05, persistence: 0.91 };
export const STOCK_GARCH: GarchParameters = { shock: 0.06, fallShock: 0, persistence: 0.8 };

/** Variance is kept below this multiple of its mean; the innovations are fat-tailed and would now and then explode it. */
const VARIANCE_CEILING = 16;

/**
 * Variance of the next day from this day's variance and its innovation in standard deviations.
 * @param news variance that something else than the innovation adds
 */
export function nextVariance(garch: GarchParameters, variance: number, innovation: number, news = 0): number {
  const { shock, fallShock, persistence } = garch;
  const mean = 1 - shock - fallShock / 2 - persistence;
  const reaction = innovation < 0 ? shock + fallShock : shock;
  return Math.min(mean + variance * (persistence + reaction * innovation * innovation) + news, VARIANCE_CEILING);
}

/** Share of a day's variance that falls between the close and the next open. */
export const OVERNIGHT_SHARE = 0.12;
export const OVERNIGHT_WEIGHT = Math.sqrt(OVERNIGHT_SHARE);
export const INTRADAY_WEIGHT = Math.sqrt(1 - OVERNIGHT_SHARE);

export const MARKET_TAIL = 6;
export const INDUSTRY_TAIL = 6;
export const STOCK_TAIL = 5;

/** Daily standard deviations, as fractions. */
export const MARKET_VOLATILITY = 0.0085;
export const INDUSTRY_VOLATILITY = 0.005;
