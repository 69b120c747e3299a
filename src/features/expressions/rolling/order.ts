import { rollingCount } from './counts.js';
import type { Scratch } from './scratch.js';

/**
 * The finite values of the last n bars in ascending order, kept by moving what lies between the value that leaves and the
 * one that enters; `ask` is called at each bar with them and their number.
 */
export function slideSorted(
  values: Float64Array,
  window: number,
  ask: (sorted: Float64Array, size: number, i: number) => void,
): void {
  const sorted = new Float64Array(window + 1);
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    const entering = values[i];
    const leaving = i >= window ? values[i - window] : Number.NaN;
    let gap = size;
    if (Number.isFinite(leaving)) {
      gap = lower(sorted, size, leaving);
      size--;
    }
    if (Number.isFinite(entering)) {
      // The gap wanders from where the one left to where the other belongs.
      while (gap > 0 && sorted[gap - 1] > entering) {
        sorted[gap] = sorted[gap - 1];
        gap--;
      }
      while (gap < size && sorted[gap + 1] < entering) {
        sorted[gap] = sorted[gap + 1];
        gap++;
      }
      sorted[gap] = entering;
      size++;
    } else {
      for (; gap < size; gap++) sorted[gap] = sorted[gap + 1];
    }
    ask(sorted, size, i);
  }
}

/** First place whose value is not below the given one. */
function lower(sorted: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Quantile of the finite values of the last n, Hyndman and Fan's type 7 as NumPy and pandas; NaN below `least` values. */
export function rollingQuantile(
  values: Float64Array,
  window: number,
  least: number,
  share: number,
  out: Float64Array,
): Float64Array {
  slideSorted(values, window, (sorted, size, i) => {
    if (size < least) {
      out[i] = Number.NaN;
      return;
    }
    const position = share * (size - 1);
    const below = Math.floor(position);
    const low = sorted[below];
    out[i] = below + 1 < size ? low + (position - below) * (sorted[below + 1] - low) : low;
  });
  return out;
}

/** Up to this window counting what is smaller is faster than keeping the window in order. */
const COUNTED_WINDOW = 128;

/** Mean rank of the last value among the finite ones of the last n, as a share of their number; NaN below `least` values. */
export function rollingRank(values: Float64Array, window: number, least: number, scratch: Scratch): Float64Array {
  const out = scratch.take();
  const rank = (less: number, equal: number, size: number) => (less + 1 + (less + equal)) / 2 / size;
  if (window > COUNTED_WINDOW) {
    slideSorted(values, window, (sorted, size, i) => {
      const last = values[i];
      const first = lower(sorted, size, last);
      let end = first;
      while (end < size && sorted[end] === last) end++;
      out[i] = Number.isFinite(last) && size >= least ? rank(first, end - first, size) : Number.NaN;
    });
    return out;
  }
  // Neither less nor equal is what is not finite.
  const finite = scratch.take();
  for (let i = 0; i < values.length; i++) finite[i] = Number.isFinite(values[i]) ? values[i] : Number.NaN;
  const count = rollingCount(finite, window, scratch.take());
  for (let i = 0; i < values.length; i++) {
    const last = finite[i];
    let less = 0;
    let equal = 0;
    for (let j = i >= window ? i - window + 1 : 0; j <= i; j++) {
      less += finite[j] < last ? 1 : 0;
      equal += finite[j] === last ? 1 : 0;
    }
    out[i] = equal > 0 && count[i] >= least ? rank(less, equal, count[i]) : Number.NaN;
  }
  return out;
}
