import { BarFlag, type BarMatrix } from '../market/index.js';

const UNUSABLE = BarFlag.MISRECORDED | BarFlag.FILLED;

/**
 * Whether the instrument really traded in a cell, so that its bar says something: listed, not suspended, neither carried
 * from the day before nor misrecorded, all four prices positive, and volume not zero. A volume that the source does not
 * give (an index) is no evidence against trading.
 */
export function isTraded(bars: BarMatrix, cell: number): boolean {
  return (
    bars.suspended[cell] === 0 &&
    (bars.flags[cell] & UNUSABLE) === 0 &&
    bars.open[cell] > 0 &&
    bars.high[cell] > 0 &&
    bars.low[cell] > 0 &&
    bars.close[cell] > 0 &&
    bars.adjFactor[cell] > 0 &&
    bars.volume[cell] !== 0
  );
}

/**
 * The bars of one instrument on the days it traded, oldest first, without the days between: what every feature is
 * computed on. Prices are back-adjusted; volume is divided by the factor, so that a split changes neither it nor
 * price × volume.
 */
export interface TradedSeries {
  /** Session index of each bar. */
  readonly sessions: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** NaN where the source has none. */
  readonly volume: Float64Array;
  /** Currency; null where the source has none. */
  readonly amount: Float64Array | null;
}

export function tradedSeries(bars: BarMatrix, symbolIndex: number): TradedSeries {
  const days = bars.dates.length;
  const offset = symbolIndex * days;
  const traded = new Int32Array(days);
  let count = 0;
  for (let t = 0; t < days; t++) if (isTraded(bars, offset + t)) traded[count++] = t;
  const sessions = traded.slice(0, count);
  const { adjFactor, amount, volume } = bars;
  const adjusted = (prices: Float64Array) => {
    const out = new Float64Array(count);
    for (let i = 0; i < count; i++) out[i] = prices[offset + sessions[i]] * adjFactor[offset + sessions[i]];
    return out;
  };
  const gathered = (values: Float64Array) => {
    const out = new Float64Array(count);
    for (let i = 0; i < count; i++) out[i] = values[offset + sessions[i]];
    return out;
  };
  const shares = new Float64Array(count);
  for (let i = 0; i < count; i++) shares[i] = volume[offset + sessions[i]] / adjFactor[offset + sessions[i]];
  return {
    sessions,
    open: adjusted(bars.open),
    high: adjusted(bars.high),
    low: adjusted(bars.low),
    close: adjusted(bars.close),
    volume: shares,
    amount: amount === null ? null : gathered(amount),
  };
}
