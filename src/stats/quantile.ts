import type { Numbers } from './moments.js';

/** Quantile by linear interpolation between order statistics (Hyndman & Fan's type 7, numpy's default). */
export function quantile(values: Numbers, p: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0 || Number.isNaN(sorted[sorted.length - 1])) return Number.NaN;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

export function median(values: Numbers): number {
  return quantile(values, 0.5);
}
