import { CandlenetError } from '../../util/index.js';

function invalid(key: string, value: number, expected: string): CandlenetError {
  return new CandlenetError('CONFIG_INVALID', `risk.${key}: found ${value}, expected ${expected}`);
}

/** @throws CONFIG_INVALID unless the value is a whole number ≥ least */
export function wholeAtLeast(value: number, least: number, key: string): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw invalid(key, value, `a whole number ≥ ${least}`);
}

/** @throws CONFIG_INVALID unless the value is a finite number > 0 */
export function positive(value: number, key: string): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw invalid(key, value, 'a number > 0');
}

/** @throws CONFIG_INVALID unless low ≤ value ≤ high */
export function between(value: number, low: number, high: number, key: string): number {
  if (value >= low && value <= high) return value;
  throw invalid(key, value, `a number from ${low} to ${high}`);
}
