/**
 * Where the first largest (or smallest) finite value among the last n stands, as the index of the bar, −1 where there is
 * none; by a queue of candidates, each bar entering and leaving once.
 */
export function rollingExtreme(values: Float64Array, window: number, sign: 1 | -1): Int32Array {
  const bars = values.length;
  const at = new Int32Array(bars);
  const queue = new Int32Array(bars);
  let head = 0;
  let tail = 0;
  for (let i = 0; i < bars; i++) {
    const x = sign * values[i];
    if (Number.isFinite(x)) {
      while (tail > head && sign * values[queue[tail - 1]] < x) tail--;
      queue[tail++] = i;
    }
    if (head < tail && queue[head] <= i - window) head++;
    at[i] = head < tail ? queue[head] : -1;
  }
  return at;
}
