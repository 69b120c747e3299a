import { type RollingCoMoments, rollingCoMoments } from './co-moments.js';
import { rollingCount, sameBars } from './counts.js';
import { exponentialMean, weightedMean } from './ema.js';
import { rollingExtreme } from './extremes.js';
import { type RollingMoments, rollingMoments, rollingSum } from './moments.js';
import { rollingQuantile, rollingRank } from './order.js';
import type { Scratch } from './scratch.js';
import { kurtosis, meanAbsoluteDeviation, rollingApply, skewness } from './shape.js';

/** How a window that is not full counts. */
export interface MissingRule {
  /** Finite values a window of n needs: n, or 1 as pandas' `min_periods=1`. */
  readonly least: (window: number) => number;
  /** Standard deviation up to which a series counts as constant, so that no correlation or R² is taken of it. */
  readonly constant: (mean: number) => number;
  /** Qlib's `argmax` takes a missing value for the extreme, the first of them if there are several. */
  readonly missingIsExtreme: boolean;
}

type Series = Float64Array;

/** What a statistic is asked: the window, how missing values count, and a share for a quantile. */
export interface Asked {
  readonly window: number;
  readonly rule: MissingRule;
  readonly share: number;
  readonly scratch: Scratch;
}

type Rolling = (values: Series, asked: Asked) => Series;

const momentsOf = (values: Series, { window, scratch }: Asked): RollingMoments =>
  scratch.once('moments', values, null, window, () => rollingMoments(values, window, scratch));

const coMomentsOf = (x: Series | null, y: Series, { window, scratch }: Asked): RollingCoMoments =>
  scratch.once('co-moments', y, x, window, () => rollingCoMoments(x, y, window, scratch));

const countOf = (values: Series, { window, scratch }: Asked): Series =>
  scratch.once('count', values, null, window, () => rollingCount(values, window, scratch.take()));

function variance(values: Series, asked: Asked, root: boolean): Series {
  const { count, m2 } = momentsOf(values, asked);
  const least = Math.max(2, asked.rule.least(asked.window));
  const out = asked.scratch.take();
  for (let i = 0; i < out.length; i++) {
    const found = count[i] >= least ? m2[i] / (count[i] - 1) : Number.NaN;
    out[i] = root ? Math.sqrt(found) : found;
  }
  return out;
}

const placeOf = (values: Series, sign: 1 | -1, { window, scratch }: Asked): Int32Array =>
  scratch.once(sign === 1 ? 'highest' : 'lowest', values, null, window, () => rollingExtreme(values, window, sign));

const extreme =
  (sign: 1 | -1): Rolling =>
  (values, asked) => {
    const at = placeOf(values, sign, asked);
    const count = countOf(values, asked);
    const least = asked.rule.least(asked.window);
    const out = asked.scratch.take();
    for (let i = 0; i < out.length; i++) out[i] = count[i] >= least ? values[at[i]] : Number.NaN;
    return out;
  };

const extremePosition =
  (sign: 1 | -1): Rolling =>
  (values, asked) => {
    const { window, rule } = asked;
    const at = placeOf(values, sign, asked);
    const count = countOf(values, asked);
    const least = rule.least(window);
    const out = asked.scratch.take();
    for (let i = 0; i < out.length; i++) {
      const start = Math.max(0, i - window + 1);
      let place = at[i];
      if (rule.missingIsExtreme && count[i] < i - start + 1) {
        place = start;
        while (Number.isFinite(values[place])) place++;
      }
      out[i] = count[i] >= least ? place - start + 1 : Number.NaN;
    }
    return out;
  };

/** Regression of the values on time, the window's bars as 1 … n; missing bars keep their place. */
function regression(values: Series, asked: Asked, what: 'slope' | 'rsquare' | 'resi'): Series {
  const { count, meanX, meanY, m2X, m2Y, cXY } = coMomentsOf(null, values, asked);
  const { rule, window } = asked;
  const least = Math.max(2, rule.least(window));
  const out = asked.scratch.take();
  for (let i = 0; i < out.length; i++) {
    if (count[i] < least) out[i] = Number.NaN;
    else if (what === 'slope') out[i] = cXY[i] / m2X[i];
    else if (what === 'resi') out[i] = values[i] - (meanY[i] + (cXY[i] / m2X[i]) * (i - meanX[i]));
    else {
      const deviation = Math.sqrt(m2Y[i] / (count[i] - 1));
      out[i] = deviation <= rule.constant(meanY[i]) ? Number.NaN : cXY[i] ** 2 / (m2X[i] * m2Y[i]);
    }
  }
  return out;
}

export const ROLLING: Readonly<Record<string, Rolling>> = {
  sum: (values, { window, rule, scratch }) => rollingSum(values, window, rule.least(window), false, scratch.take()),
  mean: (values, { window, rule, scratch }) => rollingSum(values, window, rule.least(window), true, scratch.take()),
  count: (values, { window, scratch }) => rollingCount(values, window, scratch.take()),
  var: (values, asked) => variance(values, asked, false),
  std: (values, asked) => variance(values, asked, true),
  skew: (values, { window, rule }) => rollingApply(values, window, Math.max(3, rule.least(window)), skewness),
  kurt: (values, { window, rule }) => rollingApply(values, window, Math.max(4, rule.least(window)), kurtosis),
  mad: (values, { window, rule }) => rollingApply(values, window, rule.least(window), meanAbsoluteDeviation),
  max: extreme(1),
  min: extreme(-1),
  idxmax: extremePosition(1),
  idxmin: extremePosition(-1),
  med: (values, { window, rule, scratch }) => rollingQuantile(values, window, rule.least(window), 0.5, scratch.take()),
  quantile: (values, { window, rule, share, scratch }) =>
    rollingQuantile(values, window, rule.least(window), share, scratch.take()),
  ts_rank: (values, { window, rule, scratch }) => rollingRank(values, window, rule.least(window), scratch),
  slope: (values, asked) => regression(values, asked, 'slope'),
  rsquare: (values, asked) => regression(values, asked, 'rsquare'),
  resi: (values, asked) => regression(values, asked, 'resi'),
  ema: (values, { window, rule }) => exponentialMean(values, window, rule.least(window)),
  wma: (values, { window, rule }) => weightedMean(values, window, rule.least(window)),
};

export const PAIR_ROLLING: Readonly<Record<string, (x: Series, y: Series, asked: Asked) => Series>> = {
  cov: (x, y, asked) => {
    const { count, cXY } = coMomentsOf(x, y, asked);
    const least = Math.max(2, asked.rule.least(asked.window));
    const out = asked.scratch.take();
    for (let i = 0; i < out.length; i++) out[i] = count[i] >= least ? cXY[i] / (count[i] - 1) : Number.NaN;
    return out;
  },
  corr: (x, y, asked) => {
    const { rule, window } = asked;
    const { count, cXY, m2X, m2Y, meanX, meanY } = coMomentsOf(x, y, asked);
    // Constant by its own values, not only by those that have a partner.
    const alike = sameBars(x, y);
    const ownX = alike ? { count, mean: meanX, m2: m2X } : momentsOf(x, asked);
    const ownY = alike ? { count, mean: meanY, m2: m2Y } : momentsOf(y, asked);
    const least = Math.max(2, rule.least(window));
    const out = asked.scratch.take();
    for (let i = 0; i < out.length; i++) {
      const flat =
        Math.sqrt(ownX.m2[i] / (ownX.count[i] - 1)) <= rule.constant(ownX.mean[i]) ||
        Math.sqrt(ownY.m2[i] / (ownY.count[i] - 1)) <= rule.constant(ownY.mean[i]);
      out[i] = flat || !(count[i] >= least) ? Number.NaN : cXY[i] / Math.sqrt(m2X[i] * m2Y[i]);
    }
    return out;
  },
};
