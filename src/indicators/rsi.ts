import { isZero } from './numbers.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

function rsiOfRun(values: Float64Array, period: number): Float64Array {
  const out = undefinedSeries(values.length);
  let gain = 0;
  let loss = 0;
  for (let i = 1; i < values.length; i++) {
    const change = values[i] - values[i - 1];
    if (i > period) {
      gain *= period - 1;
      loss *= period - 1;
    }
    if (change < 0) loss -= change;
    else gain += change;
    if (i < period) continue;
    gain /= period;
    loss /= period;
    out[i] = isZero(gain + loss) ? 0 : 100 * (gain / (gain + loss));
  }
  return out;
}

/** Relative strength index with Wilder's smoothing, 0 … 100 (0 when nothing moved); TA-Lib RSI. Defined from index `period`. */
export function rsi(values: Float64Array, period = 14): Float64Array {
  checkPeriod('RSI', 'period', period, 2);
  return overRuns([values], 1, ([x]) => [rsiOfRun(x, period)])[0];
}
