/** Simple return of each value on the one before; the first has none. */
export function simpleReturns(values: Float64Array): Float64Array {
  return values.map((value, i) => (i === 0 ? Number.NaN : value / values[i - 1] - 1));
}
