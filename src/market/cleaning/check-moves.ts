import { formatDay } from '../../util/index.js';
import type { Rulebook } from '../rulebooks/index.js';
import { BarFlag } from '../types.js';
import type { FindingTally } from './findings.js';
import type { CleaningOptions } from './options.js';
import { createLimitCheck } from './price-limit-check.js';
import { carryLastClose, type InstrumentSeries } from './series.js';
import { TrailingReturns } from './trailing-returns.js';

/** The mean price paid, amount ÷ volume, lies between low and high; sources round it by up to this share. */
const MEAN_PRICE_SLACK = 0.02;

/**
 * Sets the move of each session against what was possible and what was usual by then.
 *
 * Beyond the day's price limit: on the first trade after a suspension the exchange may have lifted it (restructuring, share
 * reform, relisting), the move is kept and flagged; any other is impossible and its bar is dropped. Should the next bar
 * confirm the level, it follows a day without trade and is kept.
 *
 * Beyond three standard deviations of the year before: genuine crashes lie there too, so the bar is dropped only when the
 * money traded on the day contradicts its prices, or when `threeSigma` is `drop`. Else it is kept and flagged, as is what
 * lies outside the box plot of that year, and a close at the limit.
 */
export function checkMoves(
  series: InstrumentSeries,
  rulebook: Rulebook,
  tally: FindingTally,
  { threeSigma }: Pick<Required<CleaningOptions>, 'threeSigma'>,
): void {
  const { symbol, dates, high, low, close, factor, suspended, flags } = series;
  if (dates.length === 0) return;
  const limitOf = createLimitCheck(series, rulebook);
  const usual = new TrailingReturns();
  if (threeSigma === 'drop') {
    tally.explain('beyond-three-sigma', 'bar dropped as a gap, flagged MISRECORDED and THREE_SIGMA');
  }
  let lastTraded = suspended[0] ? -1 : 0;
  const drop = (t: number, rule: number) => {
    flags[t] |= BarFlag.MISRECORDED | rule;
    carryLastClose(series, t);
  };
  for (let t = 1; t < dates.length; t++) {
    if (suspended[t]) continue;
    const resumption = suspended[t - 1] === 1;
    const shown = (move: number) =>
      `${symbol} ${formatDay(dates[t])}, ${move >= 0 ? '+' : '−'}${Math.abs(move * 100).toFixed(1)} %`;
    const limit = limitOf(t);
    if (limit?.kind === 'beyond') {
      const { move, reference } = limit;
      const example = () => `${shown(move)}: reference ${reference.toFixed(2)}, high ${high[t]}, low ${low[t]}`;
      tally.count(resumption ? 'jump-on-resumption' : 'impossible-jump', example, { severity: Math.abs(move) });
      if (!resumption) {
        drop(t, BarFlag.LIMIT_MOVE);
        continue;
      }
      flags[t] |= BarFlag.EXTREME;
    }
    const last = Math.log(close[t - 1] * factor[t - 1]);
    const move = Math.log(close[t] * factor[t]) - last;
    const example = () => shown(Math.expm1(move));
    if (usual.isBeyondThreeSigma(move)) {
      const paid = resumption ? null : contradictingPrice(series, t, lastTraded);
      const contradicted = paid !== null && !usual.isBeyondThreeSigma(Math.log(paid * factor[t]) - last);
      if (contradicted) {
        tally.count('three-sigma-contradicted', () => `${example()}: mean price paid ${paid.toFixed(2)}`);
        drop(t, BarFlag.THREE_SIGMA);
        continue;
      }
      tally.count('beyond-three-sigma', example, { severity: Math.abs(move) });
      if (threeSigma === 'drop' && !resumption) {
        drop(t, BarFlag.THREE_SIGMA);
        continue;
      }
      flags[t] |= BarFlag.THREE_SIGMA;
    }
    if (usual.isOutsideBox(move)) {
      tally.count('box-plot-extreme', example, { severity: Math.abs(move) });
      flags[t] |= BarFlag.BOX_PLOT;
    }
    if (limit?.kind === 'at') {
      tally.count('limit-move', () => shown(limit.move));
      flags[t] |= BarFlag.LIMIT_MOVE;
    }
    if (!Number.isNaN(move)) usual.push(move);
    lastTraded = t;
  }
}

/**
 * The mean price paid on a session where it contradicts the day's prices; null where it does not, or says nothing: no amount,
 * adjusted prices, or an amount in units of its own, which would contradict the bar traded before as well.
 */
function contradictingPrice(series: InstrumentSeries, t: number, before: number): number | null {
  const { amount, volume, low, high } = series;
  if (!amount || series.asTraded === false || before < 0) return null;
  const meanPrice = (at: number) => amount[at] / volume[at];
  const fits = (at: number) =>
    meanPrice(at) >= low[at] * (1 - MEAN_PRICE_SLACK) && meanPrice(at) <= high[at] * (1 + MEAN_PRICE_SLACK);
  const paid = meanPrice(t);
  return paid > 0 && !fits(t) && fits(before) ? paid : null;
}
