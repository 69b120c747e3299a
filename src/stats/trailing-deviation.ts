/**
 * Sample standard deviation (n − 1) of the last `days` values, taken anew for each window so that it depends on nothing
 * else; NaN until `days` values are there, and where one of them is missing.
 */
export function trailingDeviation(values: Float64Array, days: number): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  for (let i = days - 1; i < values.length; i++) {
    let sum = 0;
    for (let j = i - days + 1; j <= i; j++) sum += values[j];
    const mean = sum / days;
    let squares = 0;
    for (let j = i - days + 1; j <= i; j++) squares += (values[j] - mean) ** 2;
    out[i] = Math.sqrt(squares / (days - 1));
  }
  return out;
}
