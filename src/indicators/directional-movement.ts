import { isZero } from './numbers.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';
import { trueRangeAt } from './true-range.js';

interface DirectionalLines {
  readonly plus: Float64Array;
  readonly minus: Float64Array;
}

/**
 * Wilder's +DI and −DI, 0 … 100. Directional movement and true range are summed plainly over the first period − 1 bars and
 * then decay by 1/period a bar; where nothing ranged both are 0.
 */
function directionalLines([high, low, close]: readonly Float64Array[], period: number): DirectionalLines {
  const plus = undefinedSeries(close.length);
  const minus = undefinedSeries(close.length);
  let plusSum = 0;
  let minusSum = 0;
  let rangeSum = 0;
  for (let i = 1; i < close.length; i++) {
    if (i >= period) {
      plusSum -= plusSum / period;
      minusSum -= minusSum / period;
      rangeSum -= rangeSum / period;
    }
    const up = high[i] - high[i - 1];
    const down = low[i - 1] - low[i];
    if (down > 0 && up < down) minusSum += down;
    else if (up > 0 && up > down) plusSum += up;
    rangeSum += trueRangeAt(high, low, close, i);
    if (i < period) continue;
    plus[i] = isZero(rangeSum) ? 0 : 100 * (plusSum / rangeSum);
    minus[i] = isZero(rangeSum) ? 0 : 100 * (minusSum / rangeSum);
  }
  return { plus, minus };
}

/** Wilder's mean of DX = 100·|+DI − −DI| / (+DI + −DI), held where the two lines vanish. */
function adxOfRun(inputs: readonly Float64Array[], period: number): Float64Array {
  const { plus, minus } = directionalLines(inputs, period);
  const out = undefinedSeries(plus.length);
  const first = 2 * period - 1;
  let adx = 0;
  for (let i = period; i < plus.length; i++) {
    const sum = plus[i] + minus[i];
    const moved = !isZero(sum);
    const dx = moved ? 100 * (Math.abs(minus[i] - plus[i]) / sum) : 0;
    if (i <= first) adx += dx;
    else if (moved) adx = (adx * (period - 1) + dx) / period;
    if (i === first) adx /= period;
    if (i >= first) out[i] = adx;
  }
  return out;
}

/** Plus directional indicator (Wilder 1978); TA-Lib PLUS_DI. Defined from index `period`. */
export function plusDi(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  checkPeriod('PLUS_DI', 'period', period, 2);
  return overRuns([high, low, close], 1, (inputs) => [directionalLines(inputs, period).plus])[0];
}

/** Minus directional indicator (Wilder 1978); TA-Lib MINUS_DI. Defined from index `period`. */
export function minusDi(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  checkPeriod('MINUS_DI', 'period', period, 2);
  return overRuns([high, low, close], 1, (inputs) => [directionalLines(inputs, period).minus])[0];
}

/** Average directional index (Wilder 1978); TA-Lib ADX. Defined from index 2·period − 1. */
export function adx(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  checkPeriod('ADX', 'period', period, 2);
  return overRuns([high, low, close], 1, (inputs) => [adxOfRun(inputs, period)])[0];
}
