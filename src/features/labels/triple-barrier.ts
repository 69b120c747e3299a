import type { BarMatrix } from '../../market/index.js';
import { isTraded } from '../traded-bars.js';
import { type CountedLabelSet, labelForwardReturn } from './forward-return.js';
import { type VolatilityLabelOptions, volatilityBand } from './volatility.js';

/**
 * Triple barrier (López de Prado 2018, ch. 3): from the open of t + 1, buy if the adjusted high reaches +k·σ·√h before the
 * low reaches −k·σ·√h within h sessions, sell if the low comes first, hold if neither is reached by then or if both are in
 * one session, whose bar does not tell which came first. σ as in `labelVolatility`; sessions without trade touch nothing.
 * @throws CONFIG_INVALID
 */
export function labelTripleBarrier(bars: BarMatrix, options: VolatilityLabelOptions = {}): CountedLabelSet {
  const { horizonDays = 5 } = options;
  const { high, low, open, adjFactor } = bars;
  return labelForwardReturn(bars, 'triple-barrier', options, volatilityBand(options), (entry, band) => {
    const start = open[entry] * adjFactor[entry];
    for (let cell = entry; cell < entry + horizonDays; cell++) {
      if (!isTraded(bars, cell)) continue;
      const up = high[cell] * adjFactor[cell] >= start * (1 + band);
      const down = low[cell] * adjFactor[cell] <= start * (1 - band);
      if (up || down) return up && down ? 1 : up ? 0 : 2;
    }
    return 1;
  });
}
