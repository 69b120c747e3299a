/**
 * Exponential mean with α = 2 / (n + 1) whose weights sum to 1 over the bars there are (pandas' `ewm(span=n)`): a missing
 * value has no weight, time passes over it all the same, and the last mean stands until the next value. NaN until `least`
 * values are there.
 */
export function exponentialMean(values: Float64Array, window: number, least: number): Float64Array {
  const keep = 1 - 2 / (window + 1);
  const out = new Float64Array(values.length).fill(Number.NaN);
  let mean = Number.NaN;
  let weight = 0;
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    weight *= keep;
    const x = values[i];
    if (Number.isFinite(x)) {
      seen++;
      weight += 1;
      mean = seen === 1 ? x : mean + (x - mean) / weight;
    }
    if (seen >= least) out[i] = mean;
  }
  return out;
}

/** Weights 1 … n, the last bar the heaviest, over the finite values of the window. */
export function weightedMean(values: Float64Array, window: number, least: number): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  for (let i = 0; i < values.length; i++) {
    let sum = 0;
    let weights = 0;
    let n = 0;
    for (let j = Math.max(0, i - window + 1); j <= i; j++) {
      if (!Number.isFinite(values[j])) continue;
      const weight = window - (i - j);
      sum += weight * values[j];
      weights += weight;
      n++;
    }
    if (n >= least) out[i] = sum / weights;
  }
  return out;
}
