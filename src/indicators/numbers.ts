/** TA-Lib takes denominators below this as zero (TA_EPSILON of ta_utility.h) and then defines the quotient. */
export const EPSILON = 1e-14;

export function isZero(value: number): boolean {
  return value > -EPSILON && value < EPSILON;
}

/** Whether a difference of numbers of size `scale` is rounding residue only (TA_IS_ZERO_SCALED, TA-Lib 0.8). */
export function isZeroBeside(difference: number, scale: number): boolean {
  return Math.abs(difference) <= EPSILON * scale;
}
