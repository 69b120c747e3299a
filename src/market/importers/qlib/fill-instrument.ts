import { boardOf, exchangeOf } from '../../boards.js';
import { type CleaningOptions, cleanSeries, type FindingTally, type InstrumentSeries } from '../../cleaning/index.js';
import type { Rulebook } from '../../rulebooks/index.js';
import type { BarMatrix } from '../../types.js';
import { recoverRawPrices } from './raw-prices.js';
import type { QlibFeatures } from './read-features.js';

/** Prices of A-shares are quoted to 0.01. */
const TICKS_PER_UNIT = 100;

export interface FillOptions {
  /** Calendar index of the first session of the matrix. */
  readonly calendarOffset: number;
  readonly changeUnit: 1 | 100;
  readonly rulebook: Rulebook;
  readonly tally: FindingTally;
  readonly cleaning?: CleaningOptions;
}

/** Puts the bars of one instrument into row `s` of the matrix: raw prices, then cleaned in place. */
export function fillInstrument(bars: BarMatrix, s: number, features: QlibFeatures, options: FillOptions): void {
  const sessions = bars.dates.length;
  const first = Math.max(features.start, options.calendarOffset);
  const last = Math.min(features.start + features.length, options.calendarOffset + sessions);
  const cropped = (values: Float32Array) => values.subarray(first - features.start, last - features.start);
  const start = first - options.calendarOffset;
  const row = <A extends Float64Array | Uint8Array>(matrix: A) =>
    matrix.subarray(s * sessions + start, s * sessions + start + (last - first)) as A;
  const symbol = bars.symbols[s];
  const { columns } = features;
  const { tally } = options;

  const series: InstrumentSeries = {
    symbol,
    board: boardOf(symbol),
    exchange: exchangeOf(symbol),
    dates: bars.dates.subarray(start, start + (last - first)),
    open: row(bars.open),
    high: row(bars.high),
    low: row(bars.low),
    close: row(bars.close),
    volume: row(bars.volume),
    amount: bars.amount && row(bars.amount),
    factor: row(bars.adjFactor),
    change: columns.change && Float64Array.from(cropped(columns.change), (value) => value / options.changeUnit),
    suspended: row(bars.suspended),
    flags: row(bars.flags),
    startsWithListing: features.start > 0 && first === features.start,
  };
  const factor = cropped(columns.factor);
  for (const field of ['open', 'high', 'low', 'close'] as const) {
    const offTick = recoverRawPrices(cropped(columns[field]), factor, TICKS_PER_UNIT, series[field]);
    tally.count('price-off-tick', () => `${symbol}, column ${field}`, { cases: offTick });
  }
  series.volume.set(cropped(columns.volume));
  series.factor.set(factor);
  if (series.amount && columns.amount) series.amount.set(cropped(columns.amount));
  cleanSeries(series, options.rulebook, tally, options.cleaning);
}
