import type { PriceHistory } from '../price-history.js';

export interface StopDistance {
  /** m: how many deviations of h sessions. */
  readonly multiple: number;
  /** h, sessions. */
  readonly horizonDays: number;
  /** Trailing sessions of the current volatility σ. */
  readonly days: number;
  /** Trailing sessions of the usual volatility σ̄. */
  readonly longDays: number;
  /** c: the distance is at most c times, at least 1 / c of the usual one. */
  readonly maxRatio: number;
  /** Whether the stop tightens or widens when volatility is high. */
  readonly direction: 'tighter' | 'wider';
}

/** A stop at or below zero would be none. */
const LARGEST = 0.9;

/**
 * Distance of the stop below its reference, as a fraction of it: m · σ̄ · √h · q. `tighter`: q = σ̄ / σ, so that severe
 * volatility is strictly controlled and a calm one lets prices breathe (Shen & Zhuo 2026, 4.2); `wider`: q = σ / σ̄, the
 * custom that stays out of the noise. q is kept in [1 / c, c]. NaN while a volatility is undefined.
 */
export function stopDistance(prices: PriceHistory, symbol: string, session: number, options: StopDistance): number {
  const { multiple, horizonDays, days, longDays, maxRatio, direction } = options;
  const usual = prices.volatility(symbol, session, longDays);
  const current = prices.volatility(symbol, session, days);
  const ratio = direction === 'tighter' ? usual / current : current / usual;
  const q = Math.min(maxRatio, Math.max(1 / maxRatio, ratio));
  return Math.min(LARGEST, multiple * usual * Math.sqrt(horizonDays) * q);
}
