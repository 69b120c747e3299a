/** Sum of the last `days` values, each window summed anew: no error is carried along. NaN where one is missing. */
export function trailingSum(values: Float64Array, days: number): Float64Array {
  return values.map((_, t) => {
    if (t < days - 1) return Number.NaN;
    let sum = 0;
    for (let i = t - days + 1; i <= t; i++) sum += values[i];
    return sum;
  });
}

/** Highest and lowest of the last `days` values; NaN before there are so many. */
export function trailingExtremes(values: Float64Array, days: number): { most: Float64Array; least: Float64Array } {
  const over = (choose: (a: number, b: number) => number) =>
    values.map((value, t) => {
      if (t < days - 1) return Number.NaN;
      let best = value;
      for (let i = t - days + 1; i < t; i++) best = choose(best, values[i]);
      return best;
    });
  return { most: over(Math.max), least: over(Math.min) };
}

/** Pearson's correlation of the last `days` pairs: 0 where one side does not vary, NaN where a value is missing. */
export function trailingCorrelation(a: Float64Array, b: Float64Array, days: number): Float64Array {
  return a.map((_, t) => {
    if (t < days - 1) return Number.NaN;
    let sumA = 0;
    let sumB = 0;
    for (let i = t - days + 1; i <= t; i++) {
      sumA += a[i];
      sumB += b[i];
    }
    const meanA = sumA / days;
    const meanB = sumB / days;
    let product = 0;
    let squaresA = 0;
    let squaresB = 0;
    for (let i = t - days + 1; i <= t; i++) {
      product += (a[i] - meanA) * (b[i] - meanB);
      squaresA += (a[i] - meanA) ** 2;
      squaresB += (b[i] - meanB) ** 2;
    }
    if (Number.isNaN(product)) return Number.NaN;
    const scale = Math.sqrt(squaresA * squaresB);
    return scale > 0 ? product / scale : 0;
  });
}
