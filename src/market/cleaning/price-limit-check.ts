import {
  freeSessionsOfListing,
  isLimitDown,
  isLimitUp,
  priceLimitsOf,
  type Rulebook,
  tradingRulesOn,
} from '../rulebooks/index.js';
import type { InstrumentSeries } from './series.js';

/** No board has a narrower limit for ordinary shares; what moved less is not looked at further. */
const SURELY_POSSIBLE = 0.09;
/** Nor for shares under special treatment. */
const SURELY_INSIDE = 0.045;
/** The reference price comes through a float32 factor and its own rounding, a tick off, and the limit with it. */
const SLACK_TICKS = 2.5;

export interface LimitVerdict {
  /** `beyond`: high or low where no one could have traded; `at`: the close stands at the limit. */
  readonly kind: 'beyond' | 'at';
  readonly reference: number;
  /** Move of the high, the low or the close that is told of, from the reference. */
  readonly move: number;
}

/**
 * Sets the prices of a session against its limit, measured from the last close through the adjustment factor; null where
 * nothing is to be said. Special treatment narrows the limit at which a close stands, where the source has the flag; it
 * makes no price impossible, for the day from which it holds is not sure.
 */
export function createLimitCheck(series: InstrumentSeries, rulebook: Rulebook): (t: number) => LimitVerdict | null {
  const { dates, high, low, close, factor, startsWithListing, st } = series;
  const freeSessions = startsWithListing ? freeSessionsOfListing(rulebook, series, dates[0]) : 0;
  return (t) => {
    const reference = (close[t - 1] * factor[t - 1]) / factor[t];
    const extreme = high[t] - reference > reference - low[t] ? high[t] : low[t];
    const move = extreme / reference - 1;
    const special = st?.[t] === 1;
    if (Number.isNaN(move) || Math.abs(move) < (special ? SURELY_INSIDE : SURELY_POSSIBLE)) return null;
    const rules = tradingRulesOn(rulebook, series, dates[t]);
    const listing = { sessionOfListing: startsWithListing ? t + 1 : null, freeSessions };
    const widest = priceLimitsOf(rules, reference, { ...listing, specialTreatment: false });
    const slack = (rules.tick ?? 0) * SLACK_TICKS;
    if (widest === null) return null;
    if (extreme > widest.upper + slack || extreme < widest.lower - slack) return { kind: 'beyond', reference, move };
    const limits = special ? priceLimitsOf(rules, reference, { ...listing, specialTreatment: true }) : widest;
    if (limits === null) return null;
    const isAt = isLimitUp(close[t], limits, rules.tick) || isLimitDown(close[t], limits, rules.tick);
    return isAt ? { kind: 'at', reference, move: close[t] / reference - 1 } : null;
  };
}
