import type { TradingRules } from './trading-rules.js';

/** Noise of a quotient of floats, relative, that must not cost a lot. */
const LOT_SLACK = 1e-9;

/** Largest number of whole lots in `shares`; fractions stay where the lot size is 0. */
export function wholeLots(shares: number, lotSize: number): number {
  if (lotSize === 0) return shares;
  return Math.floor((shares * (1 + LOT_SLACK)) / lotSize) * lotSize;
}

/** Shares that may be bought where `shares` are wanted: whole lots, none below the minimum order. */
export function buyableShares(shares: number, rules: TradingRules): number {
  const lots = wholeLots(shares, rules.lotSize);
  return lots > 0 && lots >= rules.minimumOrder ? lots : 0;
}

/** Shares that may be sold of `held` where `shares` are to go: the whole holding, odd lot included, or whole lots. */
export function sellableShares(shares: number, held: number, rules: TradingRules): number {
  if (held > 0 && shares >= held) return held;
  const lots = wholeLots(shares, rules.lotSize);
  return lots > 0 && lots >= rules.minimumOrder ? lots : 0;
}
