/** Statistics of the finite values of a window that have no merge of their own: taken anew at each bar. */
export function rollingApply(
  values: Float64Array,
  window: number,
  least: number,
  statistic: (finite: Float64Array) => number,
): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  const finite = new Float64Array(window);
  for (let i = 0; i < values.length; i++) {
    let n = 0;
    for (let j = Math.max(0, i - window + 1); j <= i; j++) if (Number.isFinite(values[j])) finite[n++] = values[j];
    if (n >= least) out[i] = statistic(finite.subarray(0, n));
  }
  return out;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const x of values) sum += x;
  return sum / values.length;
}

export function meanAbsoluteDeviation(values: Float64Array): number {
  const centre = mean(values);
  return mean(values.map((x) => Math.abs(x - centre)));
}

/** Fisher and Pearson's standardised third moment, G1 of Joanes and Gill (1998); NaN below 3 values or without spread. */
export function skewness(values: Float64Array): number {
  const n = values.length;
  const centre = mean(values);
  const m2 = mean(values.map((x) => (x - centre) ** 2));
  const m3 = mean(values.map((x) => (x - centre) ** 3));
  return n < 3 || m2 === 0 ? Number.NaN : ((Math.sqrt(n * (n - 1)) / (n - 2)) * m3) / m2 ** 1.5;
}

/** Excess kurtosis, G2 of Joanes and Gill (1998); NaN below 4 values or without spread. */
export function kurtosis(values: Float64Array): number {
  const n = values.length;
  const centre = mean(values);
  const m2 = mean(values.map((x) => (x - centre) ** 2));
  const m4 = mean(values.map((x) => (x - centre) ** 4));
  return n < 4 || m2 === 0 ? Number.NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (m4 / m2 ** 2 - 3) + 6);
}
