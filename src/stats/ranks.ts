import type { Numbers } from './moments.js';

/** Ranks from 1, ties sharing their mean rank. All NaN when any value is. */
export function ranks(values: Numbers): Float64Array {
  const n = values.length;
  const result = new Float64Array(n);
  // Sorting numbers without a comparison of one's own, then looking each up, is several times faster than sorting indices.
  const sorted = Float64Array.from(values).sort();
  if (n > 0 && Number.isNaN(sorted[n - 1])) return result.fill(Number.NaN);
  const shared = new Float64Array(n);
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && sorted[end] === sorted[start]) end++;
    shared.fill((start + 1 + end) / 2, start, end);
    start = end;
  }
  for (let i = 0; i < n; i++) {
    const value = values[i];
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    result[i] = shared[low];
  }
  return result;
}
