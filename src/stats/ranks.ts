import type { Numbers } from './moments.js';

/** Ranks from 1, ties sharing their mean rank. All NaN when any value is. */
export function ranks(values: Numbers): Float64Array {
  const n = values.length;
  const result = new Float64Array(n);
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i])) return result.fill(Number.NaN);
    order[i] = i;
  }
  order.sort((a, b) => values[a] - values[b] || a - b);
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && values[order[end]] === values[order[start]]) end++;
    const shared = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) result[order[i]] = shared;
    start = end;
  }
  return result;
}
