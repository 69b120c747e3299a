import { formatDay } from '../../util/index.js';
import type { Rulebook } from '../rulebooks/index.js';
import { ruleOn } from '../rulebooks/index.js';
import { BarFlag } from '../types.js';
import type { FindingTally } from './findings.js';
import type { InstrumentSeries } from './series.js';

/** Returns within this of each other agree. */
const TOLERANCE = 5e-4;
/** On an ex-day the reference price is rounded to the tick, half a tick either way. */
const HALF_TICK = 0.005;

const percent = (fraction: number) => `${fraction >= 0 ? '+' : '−'}${Math.abs(fraction * 100).toFixed(2)} %`;

/**
 * Sets the return of the adjusted prices beside the return the source states. Where they part, the stated one stands
 * when it keeps the price limit (a day without trade returns nothing), and the factor is repaired so that compounding
 * gives it: multiplied, from that session on, by one constant. Otherwise the prices stand.
 */
export function repairFactor(series: InstrumentSeries, rulebook: Rulebook, tally: FindingTally): void {
  const { symbol, dates, close, factor, change, suspended, flags } = series;
  if (!change) return;
  let scale = 1;
  for (let t = 0; t < dates.length; t++) {
    factor[t] *= scale;
    // A carried bar states no return, and what follows a dropped one is measured from a close that is not there.
    if (t === 0 || (flags[t] | (flags[t - 1] & BarFlag.MISRECORDED)) !== 0) continue;
    const stated = change[t];
    const found = (close[t] * factor[t]) / (close[t - 1] * factor[t - 1]) - 1;
    const rounding = factor[t] === factor[t - 1] ? 0 : HALF_TICK / close[t];
    if (Number.isNaN(stated) || Number.isNaN(found) || Math.abs(found - stated) <= TOLERANCE + rounding) continue;

    const limit = ruleOn(rulebook, 'price-limit', series, dates[t]) ?? Number.POSITIVE_INFINITY;
    const keepsLimit = (value: number) =>
      value > -1 && value < Number.POSITIVE_INFINITY && Math.abs(value) <= limit + TOLERANCE + HALF_TICK / close[t];
    const truth = suspended[t] ? 0 : stated;
    const shown = `${symbol} ${formatDay(dates[t])}, adjusted prices ${percent(found)}, source ${percent(stated)}`;
    if (Math.abs(stated - truth) > TOLERANCE || !keepsLimit(stated)) {
      tally.count('change-contradicts-price', () => shown);
    }
    if (!keepsLimit(truth) || Math.abs(found - truth) <= TOLERANCE) continue;
    const repaired = (factor[t - 1] * close[t - 1] * (1 + truth)) / close[t];
    const example = () => `${shown}: factor ${factor[t].toPrecision(7)} → ${repaired.toPrecision(7)}`;
    tally.count('factor-break', example, { severity: Math.abs(found - truth) });
    scale *= repaired / factor[t];
    factor[t] = repaired;
    flags[t] |= BarFlag.FACTOR_REPAIRED;
  }
}
