import { formatDay } from '../../util/index.js';
import { BarFlag } from '../types.js';
import type { FindingTally } from './findings.js';
import { carryLastClose, type InstrumentSeries } from './series.js';

/** Two float32 roundings apart: what prices may differ by without meaning it. */
const FLOAT32_SLACK = 2 ** -22;

type Prices = readonly [open: number, high: number, low: number, close: number];

function isOrdered([open, high, low, close]: Prices): boolean {
  const above = high * (1 + FLOAT32_SLACK);
  const below = low * (1 - FLOAT32_SLACK);
  return high >= below && open <= above && close <= above && open >= below && close >= below;
}

/**
 * Bars that cannot be: prices ≤ 0, a high below the low, an open or close outside them. They are dropped. A session
 * without a bar, and one without volume, is a day without trade at the last close.
 */
export function checkBars(series: InstrumentSeries, tally: FindingTally): void {
  const { symbol, dates, open, high, low, close, volume, flags, suspended } = series;
  for (let t = 0; t < dates.length; t++) {
    const prices: Prices = [open[t], high[t], low[t], close[t]];
    const where = () => `${symbol} ${formatDay(dates[t])}`;
    const shown = () => `${where()}, open ${open[t]}, high ${high[t]}, low ${low[t]}, close ${close[t]}`;
    if (prices.some(Number.isNaN)) {
      flags[t] |= BarFlag.FILLED;
      carryLastClose(series, t);
      continue;
    }
    if (prices.some((price) => price <= 0)) {
      tally.count('price-not-positive', shown);
      flags[t] |= BarFlag.MISRECORDED;
      carryLastClose(series, t);
      continue;
    }
    if (!isOrdered(prices)) {
      tally.count('high-below-low', shown);
      flags[t] |= BarFlag.MISRECORDED;
      carryLastClose(series, t);
      continue;
    }
    if (Number.isNaN(volume[t])) tally.count('volume-missing', where);
    if (!(volume[t] > 0)) {
      tally.count('suspended', where);
      volume[t] = 0;
      suspended[t] = 1;
    }
  }
}
