/**
 * The members' forecasts averaged with weights, a linear opinion pool (Stone 1961): Σ_i w_i(row)·p_i, summed in float64.
 * @param members outputs of each, [rows × classes]
 * @param weightsOf weights of the members for a row
 */
export function averageForecasts(
  members: readonly Float32Array[],
  classes: number,
  weightsOf: (row: number) => Float64Array,
): Float32Array {
  const [{ length }] = members;
  const averaged = new Float32Array(length);
  for (let row = 0; row * classes < length; row++) {
    const weights = weightsOf(row);
    for (let c = 0, k = row * classes; c < classes; c++, k++) {
      let sum = 0;
      for (const [i, member] of members.entries()) sum += weights[i] * member[k];
      averaged[k] = sum;
    }
  }
  return averaged;
}
