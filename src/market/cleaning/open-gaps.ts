import { formatDay } from '../../util/index.js';
import { BarFlag } from '../types.js';
import type { FindingTally } from './findings.js';
import type { CleaningOptions } from './options.js';
import type { InstrumentSeries } from './series.js';

/** Closes whose mean a long gap is valued at: a month of trading. */
const AVERAGED_CLOSES = 20;

/**
 * The first session of a gap, missing or dropped, keeps the last close it was given: when it comes, no one knows how long
 * the gap will be. From the second on it is a long gap.
 */
export function openGaps(
  series: InstrumentSeries,
  tally: FindingTally,
  { longGaps }: Pick<Required<CleaningOptions>, 'longGaps'>,
): void {
  const { symbol, dates, close, factor, flags, suspended } = series;
  if (longGaps === 'moving-average') {
    tally.explain(
      'long-gap',
      `valued at the mean of the last ${AVERAGED_CLOSES} closes, volume 0, untradeable, flagged FILLED and GAP`,
    );
  }
  const past: number[] = [];
  let run = 0;
  for (let t = 0; t < dates.length; t++) {
    const where = () => `${symbol} ${formatDay(dates[t])}`;
    const isGap = (flags[t] & (BarFlag.FILLED | BarFlag.MISRECORDED)) !== 0;
    run = isGap ? run + 1 : 0;
    if (!isGap) {
      if (suspended[t]) continue;
      past.push(close[t] * factor[t]);
      if (past.length > AVERAGED_CLOSES) past.shift();
    } else if (run === 1) {
      if ((flags[t] & BarFlag.FILLED) !== 0) tally.count('missing-bar', where);
    } else {
      tally.count('long-gap', where);
      flags[t] |= BarFlag.GAP;
      if (longGaps === 'missing') leaveMissing(series, t);
      else value(series, t, past.reduce((sum, price) => sum + price, 0) / past.length / factor[t]);
    }
  }
}

function leaveMissing(series: InstrumentSeries, t: number): void {
  const { open, high, low, close, volume, amount, flags } = series;
  for (const column of [open, high, low, close, volume]) column[t] = Number.NaN;
  if (amount) amount[t] = Number.NaN;
  flags[t] &= ~BarFlag.FILLED;
}

function value(series: InstrumentSeries, t: number, price: number): void {
  const { open, high, low, close, flags } = series;
  for (const column of [open, high, low, close]) column[t] = price;
  flags[t] |= BarFlag.FILLED;
}
