import type { PriceHistory } from '../price-history.js';

/** Weights of a portfolio left alone from one close to another: each grows with its price, cash does not. */
export function drift(
  weights: ReadonlyMap<string, number>,
  prices: PriceHistory,
  from: number,
  to: number,
): Map<string, number> {
  let invested = 0;
  let value = 0;
  const grown = new Map<string, number>();
  for (const [symbol, weight] of weights) {
    const growth = prices.close(symbol, to) / prices.close(symbol, from);
    const now = weight * (growth > 0 ? growth : 1);
    grown.set(symbol, now);
    invested += weight;
    value += now;
  }
  const total = value + Math.max(0, 1 - invested);
  for (const [symbol, weight] of grown) grown.set(symbol, weight / total);
  return grown;
}
