import { isZeroBeside } from './numbers.js';
import { checkPeriod, overRuns, undefinedSeries } from './runs.js';

/**
 * On-balance volume: the running sum of volume, added on a rise of the close and subtracted on a fall, begun with the
 * first bar's volume; TA-Lib OBV. Defined from the first bar.
 */
export function obv(close: Float64Array, volume: Float64Array): Float64Array {
  return overRuns([close, volume], 1, ([c, v]) => {
    const out = undefinedSeries(c.length);
    let total = v[0];
    out[0] = total;
    for (let i = 1; i < c.length; i++) {
      if (c[i] > c[i - 1]) total += v[i];
      else if (c[i] < c[i - 1]) total -= v[i];
      out[i] = total;
    }
    return [out];
  })[0];
}

/**
 * Chaikin's oscillator: fast minus slow EMA of the accumulation/distribution line, both begun with its first value;
 * TA-Lib ADOSC. Defined from index max(fast, slow) − 1.
 */
export function adosc(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  fast = 3,
  slow = 10,
): Float64Array {
  checkPeriod('ADOSC', 'fast', fast, 2);
  checkPeriod('ADOSC', 'slow', slow, 2);
  return overRuns([high, low, close, volume], 1, ([h, l, c, v]) => {
    const out = undefinedSeries(c.length);
    const fastWeight = 2 / (fast + 1);
    const slowWeight = 2 / (slow + 1);
    let line = 0;
    let fastEma = 0;
    let slowEma = 0;
    for (let i = 0; i < c.length; i++) {
      const range = h[i] - l[i];
      if (range > 0) line += ((c[i] - l[i] - (h[i] - c[i])) / range) * v[i];
      fastEma = i === 0 ? line : fastWeight * line + (1 - fastWeight) * fastEma;
      slowEma = i === 0 ? line : slowWeight * line + (1 - slowWeight) * slowEma;
      if (i >= Math.max(fast, slow) - 1) out[i] = fastEma - slowEma;
    }
    return [out];
  })[0];
}

function mfiOfRun([high, low, close, volume]: readonly Float64Array[], period: number): Float64Array {
  const out = undefinedSeries(close.length);
  const inflow = new Float64Array(close.length);
  const outflow = new Float64Array(close.length);
  let inSum = 0;
  let outSum = 0;
  /** Bars of the window that moved money; the sums of none keep a rounding residue. */
  let moving = 0;
  let previous = (high[0] + low[0] + close[0]) / 3;
  for (let i = 1; i < close.length; i++) {
    const typical = (high[i] + low[i] + close[i]) / 3;
    const change = typical - previous;
    // Adjusted prices seldom tie to the last bit: TA-Lib takes a change that is rounding residue as none.
    if (!isZeroBeside(change, Math.abs(typical))) {
      if (change > 0) inflow[i] = typical * volume[i];
      else outflow[i] = typical * volume[i];
    }
    previous = typical;
    if (i > period) {
      inSum -= inflow[i - period];
      outSum -= outflow[i - period];
      if (inflow[i - period] + outflow[i - period] !== 0) moving--;
    }
    inSum += inflow[i];
    outSum += outflow[i];
    if (inflow[i] + outflow[i] !== 0) moving++;
    if (i < period) continue;
    out[i] = moving === 0 ? 0 : Math.min(Math.max(100 * (inSum / (inSum + outSum)), 0), 100);
  }
  return out;
}

/**
 * Money flow index, 0 … 100: share of typical price × volume that came with a rising typical price; TA-Lib MFI.
 * Defined from index `period`.
 */
export function mfi(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  period = 14,
): Float64Array {
  checkPeriod('MFI', 'period', period, 2);
  return overRuns([high, low, close, volume], 1, (inputs) => [mfiOfRun(inputs, period)])[0];
}
