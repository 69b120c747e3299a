import { CandlenetError } from '../util/index.js';

/** @throws CONFIG_INVALID unless the value is a whole number ≥ 1 */
export function wholePositive(value: number, key: string): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new CandlenetError('CONFIG_INVALID', `portfolio.${key}: found ${value}, expected a whole number ≥ 1`);
}

/** @throws CONFIG_INVALID unless 0 ≤ value ≤ 1 */
export function share(value: number, key: string): number {
  if (value >= 0 && value <= 1) return value;
  throw new CandlenetError('CONFIG_INVALID', `portfolio.${key}: found ${value}, expected a fraction from 0 to 1`);
}

/** @throws CONFIG_INVALID unless 0 < value ≤ 1 */
export function fraction(value: number, key: string): number {
  if (value > 0 && value <= 1) return value;
  throw new CandlenetError(
    'CONFIG_INVALID',
    `portfolio.${key}: found ${value}, expected a fraction above 0, at most 1`,
  );
}
