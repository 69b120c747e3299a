import type { Day } from '../../../util/index.js';
import type { CorporateAction } from '../../types.js';
import type { Chart } from './chart.js';

/** What traded, with the factor that joins it. */
export interface RawSeries {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly factor: Float64Array;
  /** Money per share before tax; a split of two for one is a transfer of 1. */
  readonly actions: readonly Omit<CorporateAction, 'symbol'>[];
}

/**
 * Undoes the splits in a chart. Its prices and dividends are those of the day divided by the ratio of every later split, its
 * volumes multiplied by it. The factor starts at 1 and grows on an ex-day by last close ÷ ex-right reference price, so that it
 * is known on the day.
 */
export function rawSeries({ days, columns, dividends, splits }: Chart): RawSeries {
  const laterRatio = (day: Day) => splits.reduce((ratio, split) => (split.day > day ? ratio * split.ratio : ratio), 1);
  const ratios = days.map(laterRatio);
  const priced = (values: Float64Array) => values.map((value, t) => value * ratios[t]);
  const close = priced(columns.close);
  const factor = new Float64Array(days.length);
  const actions: Omit<CorporateAction, 'symbol'>[] = [];
  let now = 1;
  let lastClose = Number.NaN;
  let before = Number.NEGATIVE_INFINITY;
  for (const [t, day] of days.entries()) {
    const within = (event: { readonly day: Day }) => event.day > before && event.day <= day;
    const ratio = splits.filter(within).reduce((product, split) => product * split.ratio, 1);
    // A dividend of the split's own day is stated for a new share; the action is of an old one.
    const cash = dividends.filter(within).reduce((sum, { day: ex, amount }) => sum + amount * laterRatio(ex - 1), 0);
    if (lastClose > 0) {
      if (ratio !== 1 || cash !== 0) {
        actions.push({ exDate: day, cash, bonus: 0, transfer: ratio - 1, rights: 0, rightsPrice: 0 });
      }
      const reference = (lastClose - cash) / ratio;
      if (reference > 0) now *= lastClose / reference;
    }
    factor[t] = now;
    if (close[t] > 0) lastClose = close[t];
    before = day;
  }
  return {
    open: priced(columns.open),
    high: priced(columns.high),
    low: priced(columns.low),
    close,
    volume: columns.volume.map((value, t) => value / ratios[t]),
    factor,
    actions,
  };
}
