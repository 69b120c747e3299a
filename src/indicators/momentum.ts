import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

function againstEarlier(
  values: Float64Array,
  period: number,
  compare: (now: number, earlier: number) => number,
): Float64Array {
  const out = undefinedSeries(values.length);
  for (let i = period; i < values.length; i++) out[i] = compare(values[i], values[i - period]);
  return out;
}

/** Change over `period` bars, in price; TA-Lib MOM. Defined from index `period`. */
export function mom(values: Float64Array, period = 10): Float64Array {
  checkPeriod('MOM', 'period', period, 1);
  return overRuns([values], 1, ([x]) => [againstEarlier(x, period, (now, earlier) => now - earlier)])[0];
}

/** Change over `period` bars, in percent (0 after a zero price); TA-Lib ROC. Defined from index `period`. */
export function roc(values: Float64Array, period = 10): Float64Array {
  checkPeriod('ROC', 'period', period, 1);
  return overRuns([values], 1, ([x]) => [
    againstEarlier(x, period, (now, earlier) => (earlier === 0 ? 0 : (now / earlier - 1) * 100)),
  ])[0];
}
