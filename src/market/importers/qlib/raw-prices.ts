/**
 * Two float32 roundings (of the adjusted price and of the factor) leave a relative error of at most 2 × 2⁻²⁴; twice
 * that is still below half a tick of 0.01 for any price under 20,000.
 */
const FLOAT32_ERROR = 2 ** -22;

/**
 * Raw prices from back-adjusted ones: price ÷ factor, put back on the tick it was quoted at where float32 explains the
 * distance.
 * @param ticksPerUnit 100 for a tick of 0.01
 * @returns how many prices are on no tick; those are left as they come
 */
export function recoverRawPrices(
  adjusted: Float32Array,
  factor: Float32Array,
  ticksPerUnit: number,
  raw: Float64Array,
): number {
  let offTick = 0;
  for (let t = 0; t < raw.length; t++) {
    const price = adjusted[t] / factor[t];
    const onTick = Math.round(price * ticksPerUnit) / ticksPerUnit;
    if (Math.abs(price - onTick) <= FLOAT32_ERROR * price) raw[t] = onTick;
    else {
      raw[t] = price;
      if (!Number.isNaN(price)) offTick++;
    }
  }
  return offTick;
}
