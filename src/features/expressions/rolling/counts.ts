/** How many of the last n values are finite, for every bar. */
export function rollingCount(values: Float64Array, window: number, out: Float64Array): Float64Array {
  const bars = values.length;
  let count = 0;
  for (let i = 0; i < bars; i++) {
    if (Number.isFinite(values[i])) count++;
    if (i >= window && Number.isFinite(values[i - window])) count--;
    out[i] = count;
  }
  return out;
}

/** Whether two series have their finite values on the same bars. */
export function sameBars(x: Float64Array, y: Float64Array): boolean {
  for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]) !== Number.isFinite(y[i])) return false;
  return true;
}
