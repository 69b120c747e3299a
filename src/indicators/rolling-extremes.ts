/**
 * Index of the highest value among the last `window` ones, the latest of equals; −1 before `window` values are there.
 * A monotone queue: each bar enters and leaves once, so the work is O(1) a bar however long the window.
 */
export function rollingHighestIndex(values: Float64Array, window: number): Int32Array {
  return rollingIndex(values, window, 1);
}

/** Index of the lowest value among the last `window` ones, the latest of equals; −1 before `window` values are there. */
export function rollingLowestIndex(values: Float64Array, window: number): Int32Array {
  return rollingIndex(values, window, -1);
}

function rollingIndex(values: Float64Array, window: number, sign: 1 | -1): Int32Array {
  const out = new Int32Array(values.length).fill(-1);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  for (let i = 0; i < values.length; i++) {
    while (tail > head && sign * values[queue[tail - 1]] <= sign * values[i]) tail--;
    queue[tail++] = i;
    if (queue[head] <= i - window) head++;
    if (i >= window - 1) out[i] = queue[head];
  }
  return out;
}
