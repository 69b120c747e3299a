import { formatDay } from '../../util/index.js';
import { freeSessionsOfListing, priceLimitsOf, type Rulebook, tradingRulesOn } from '../rulebooks/index.js';
import { BarFlag } from '../types.js';
import type { FindingTally } from './findings.js';
import { carryLastClose, type InstrumentSeries } from './series.js';

/** No board has a narrower limit for ordinary shares; what moved less is not looked at further. */
const SURELY_POSSIBLE = 0.09;
/** The reference price comes through a float32 factor and its own rounding, a tick off, and the limit with it. */
const SLACK_TICKS = 2.5;

/**
 * Prices beyond the limit of the day, measured from the last close through the adjustment factor. On the first
 * trade after a suspension the exchange may have lifted the limit (restructuring, share reform, relisting): the move
 * is kept and flagged. Any other is impossible, and its bar is dropped; should the next bar confirm the new level, it
 * follows a day without trade and is kept.
 */
export function checkJumps(series: InstrumentSeries, rulebook: Rulebook, tally: FindingTally): void {
  const { symbol, dates, high, low, close, factor, suspended, flags } = series;
  if (dates.length === 0) return;
  const freeSessions = series.startsWithListing ? freeSessionsOfListing(rulebook, series, dates[0]) : 0;
  for (let t = 1; t < dates.length; t++) {
    if (suspended[t]) continue;
    const reference = (close[t - 1] * factor[t - 1]) / factor[t];
    const extreme = high[t] - reference > reference - low[t] ? high[t] : low[t];
    const move = extreme / reference - 1;
    if (Number.isNaN(move) || Math.abs(move) < SURELY_POSSIBLE) continue;
    const rules = tradingRulesOn(rulebook, series, dates[t]);
    const sessionOfListing = series.startsWithListing ? t + 1 : null;
    const limits = priceLimitsOf(rules, reference, { sessionOfListing, freeSessions, specialTreatment: false });
    const slack = (rules.tick ?? 0) * SLACK_TICKS;
    if (limits === null || (extreme <= limits.upper + slack && extreme >= limits.lower - slack)) continue;

    const resumption = suspended[t - 1] === 1;
    const shown = `${symbol} ${formatDay(dates[t])}, ${move >= 0 ? '+' : '−'}${Math.abs(move * 100).toFixed(1)} %`;
    const example = `${shown}: reference ${reference.toFixed(2)}, high ${high[t]}, low ${low[t]}`;
    tally.count(resumption ? 'jump-on-resumption' : 'impossible-jump', () => example, { severity: Math.abs(move) });
    flags[t] |= resumption ? BarFlag.EXTREME : BarFlag.MISRECORDED;
    if (!resumption) carryLastClose(series, t);
  }
}
