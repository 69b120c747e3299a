/** Weights in proportion to sizes ≥ 0, in their order, with the sum `exposure`; empty when no size is above 0. */
export function proportional(sizes: ReadonlyMap<string, number>, exposure: number): Map<string, number> {
  let sum = 0;
  for (const size of sizes.values()) if (size > 0) sum += size;
  const weights = new Map<string, number>();
  for (const [symbol, size] of sizes) if (size > 0) weights.set(symbol, (exposure * size) / sum);
  return weights;
}
