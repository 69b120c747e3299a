/**
 * Index of the highest value among the last `window` ones, the latest of equals; −1 before `window` values are there.
 * Over long windows a monotone queue: each bar enters and leaves once, so the work is O(1) a bar.
 */
export function rollingHighestIndex(values: Float64Array, window: number): Int32Array {
  return rollingIndex(values, window, 1);
}

/** Index of the lowest value among the last `window` ones, the latest of equals; −1 before `window` values are there. */
export function rollingLowestIndex(values: Float64Array, window: number): Int32Array {
  return rollingIndex(values, window, -1);
}

/** Up to this window a look over it whenever the extreme leaves is quicker than a queue. */
const SHORT_WINDOW = 64;

function rollingIndex(values: Float64Array, window: number, sign: 1 | -1): Int32Array {
  return window <= SHORT_WINDOW ? rescannedIndex(values, window, sign) : queuedIndex(values, window, sign);
}

function rescannedIndex(values: Float64Array, window: number, sign: 1 | -1): Int32Array {
  const out = new Int32Array(values.length).fill(-1, 0, window - 1);
  let best = Number.NEGATIVE_INFINITY;
  let at = -1;
  for (let i = 0; i < values.length; i++) {
    const value = sign * values[i];
    if (value >= best) {
      best = value;
      at = i;
    } else if (at <= i - window) {
      best = Number.NEGATIVE_INFINITY;
      for (let j = i - window + 1; j <= i; j++) {
        if (sign * values[j] < best) continue;
        best = sign * values[j];
        at = j;
      }
    }
    if (i >= window - 1) out[i] = at;
  }
  return out;
}

function queuedIndex(values: Float64Array, window: number, sign: 1 | -1): Int32Array {
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
