import type { MissingRule } from './rolling/rolling.js';

/**
 * On which bars an expression is evaluated.
 *
 * `traded`, as every other feature: the sequence of the days the stock really traded. A window counts only when it is full
 * and every value in it is there; a comparison with a missing value is missing.
 *
 * `calendar`, as Qlib: every session from the first bar to the last, missing where the stock did not trade, and prices and
 * volumes in float32 as Qlib stores them. A window counts with one value (pandas' `min_periods=1`) and passes over missing
 * ones; a comparison with a missing value is false; the position of an extreme is that of the first missing value where
 * the window has one (NumPy's `argmax`); a correlation or R² with a series whose deviation is at most 2·10⁻⁵ is missing.
 */
export type MissingMode = 'traded' | 'calendar';

export const MISSING_RULES: Readonly<Record<MissingMode, MissingRule>> = {
  traded: { least: (window) => window, constant: (mean) => 1e-12 * Math.abs(mean), missingIsExtreme: false },
  calendar: { least: () => 1, constant: () => 2e-5, missingIsExtreme: true },
};
