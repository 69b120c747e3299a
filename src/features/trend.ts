import { trailingDeviation } from '../stats/index.js';
import { type FeatureFamily, singleColumn } from './feature-family.js';
import { simpleReturns } from './simple-returns.js';
import type { TradedSeries } from './traded-bars.js';
import { trailingCorrelation, trailingExtremes, trailingSum } from './trailing.js';
import type { FeatureColumn } from './types.js';

/** The 1-day return is the price-volume column CLOSE. */
const HORIZONS = [5, 10, 20];
/** About a month of trading. */
const MONTH = 20;

function column(name: string, formula: string, lookback: number): FeatureColumn {
  return { name, group: 'trend', formula, source: 'paper, section 3.1.2', lookback };
}

function overDays(name: string, days: readonly number[], make: (days: number) => FeatureFamily): FeatureFamily[] {
  return days.map((count) => {
    const family = make(count);
    const columns = family.columns.map((one) => ({ ...one, name: `${name}_${count}` }));
    return { ...family, columns };
  });
}

const changes = (values: Float64Array, days: number, change: (now: number, before: number) => number) =>
  values.map((value, i) => (i < days ? Number.NaN : change(value, values[i - days])));

/** (close − lowest) / (highest − lowest) of the days; the middle where all of them closed and stood at one price. */
function positionInRange({ high, low, close }: TradedSeries, days: number): Float64Array {
  const { most } = trailingExtremes(high, days);
  const { least } = trailingExtremes(low, days);
  return close.map((value, i) => (most[i] === least[i] ? 0.5 : (value - least[i]) / (most[i] - least[i])));
}

/** Correlation of the day's return with the day's change of ln volume; 0 where one of them does not vary. */
function priceVolumeAgreement({ close, volume }: TradedSeries): Float64Array {
  const volumeChange = changes(volume, 1, (now, before) => Math.log(now / before));
  return trailingCorrelation(simpleReturns(close), volumeChange, MONTH);
}

const body = ({ open, close }: TradedSeries, i: number) => [Math.min(open[i], close[i]), Math.max(open[i], close[i])];

/** The paper's 3.1.2: returns and volatility, the place in the range, volume, and the candle's shape. */
export const TREND: readonly FeatureFamily[] = [
  ...overDays('RETURN', HORIZONS, (days) =>
    singleColumn(column('', `close / close ${days} days before − 1`, days + 1), ({ close }) =>
      changes(close, days, (now, before) => now / before - 1),
    ),
  ),
  ...overDays('VOLATILITY', HORIZONS, (days) =>
    singleColumn(column('', `sample standard deviation of the last ${days} daily returns`, days + 1), ({ close }) =>
      trailingDeviation(simpleReturns(close), days),
    ),
  ),
  ...overDays('LOG_RETURN', [1, ...HORIZONS], (days) =>
    singleColumn(column('', `ln(close / close ${days} days before)`, days + 1), ({ close }) =>
      changes(close, days, (now, before) => Math.log(now / before)),
    ),
  ),
  ...overDays('CUMULATIVE_RETURN', HORIZONS, (days) =>
    singleColumn(column('', `sum of the last ${days} daily returns, not compounded`, days + 1), ({ close }) =>
      trailingSum(simpleReturns(close), days),
    ),
  ),
  ...overDays('RANGE_POSITION', HORIZONS, (days) =>
    singleColumn(column('', `(close − lowest low) / (highest high − lowest low) over ${days} days`, days), (series) =>
      positionInRange(series, days),
    ),
  ),
  ...overDays('RELATIVE_VOLUME', [5], (days) =>
    singleColumn(column('', `volume / mean volume of the ${days} days before`, days + 1), ({ volume }) => {
      const sum = trailingSum(volume, days);
      return volume.map((value, i) => (i < days ? Number.NaN : (days * value) / sum[i - 1]));
    }),
  ),
  singleColumn(
    column(
      'PRICE_VOLUME_AGREEMENT',
      `correlation of the daily return with the daily change of ln(volume), ${MONTH} days`,
      MONTH + 1,
    ),
    priceVolumeAgreement,
  ),
  singleColumn(column('CANDLE_BODY', '(close − open) / open', 1), ({ open, close }) =>
    close.map((value, i) => (value - open[i]) / open[i]),
  ),
  singleColumn(column('CANDLE_UPPER', '(high − max(open, close)) / open', 1), (series) =>
    series.high.map((value, i) => (value - body(series, i)[1]) / series.open[i]),
  ),
  singleColumn(column('CANDLE_LOWER', '(min(open, close) − low) / open', 1), (series) =>
    series.low.map((value, i) => (body(series, i)[0] - value) / series.open[i]),
  ),
];
