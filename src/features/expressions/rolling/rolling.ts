import { rollingCoMoments } from './co-moments.js';
import { exponentialMean, weightedMean } from './ema.js';
import { rollingExtreme } from './extremes.js';
import { rollingMoments, rollingSums } from './moments.js';
import { SortedWindow } from './order.js';
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
type Rolling = (values: Series, window: number, rule: MissingRule, share: number) => Series;

/** The value wherever enough of the window is there. */
function where(count: Series, least: number, value: (i: number) => number): Series {
  const out = new Float64Array(count.length).fill(Number.NaN);
  for (let i = 0; i < out.length; i++) if (count[i] >= least) out[i] = value(i);
  return out;
}

const variance: Rolling = (values, window, rule) => {
  const { count, m2 } = rollingMoments(values, window);
  return where(count, Math.max(2, rule.least(window)), (i) => m2[i] / (count[i] - 1));
};

const extreme =
  (sign: 1 | -1): Rolling =>
  (values, window, rule) => {
    const at = rollingExtreme(values, window, sign);
    return where(rollingSums(values, window).count, rule.least(window), (i) => values[at[i]]);
  };

const extremePosition =
  (sign: 1 | -1): Rolling =>
  (values, window, rule) => {
    const at = rollingExtreme(values, window, sign);
    const { count } = rollingSums(values, window);
    let lastMissing = -1;
    return where(
      count.map((n, i) => {
        if (!Number.isFinite(values[i])) lastMissing = i;
        return n;
      }),
      rule.least(window),
      (i) => {
        const start = Math.max(0, i - window + 1);
        if (!rule.missingIsExtreme || lastMissing < start || count[i] === i - start + 1) return at[i] - start + 1;
        let first = start;
        while (Number.isFinite(values[first])) first++;
        return first - start + 1;
      },
    );
  };

const ordered =
  (value: (window: SortedWindow, last: number, share: number) => number): Rolling =>
  (values, window, rule, share) => {
    const sorted = new SortedWindow(values, window);
    const out = new Float64Array(values.length).fill(Number.NaN);
    for (let i = 0; i < values.length; i++) {
      sorted.advance(i);
      if (sorted.count >= rule.least(window)) out[i] = value(sorted, values[i], share);
    }
    return out;
  };

/** Regression of the values on time, the window's bars as 1 … n; missing bars keep their place. */
const regression =
  (value: (slope: number, m: ReturnType<typeof rollingCoMoments>, i: number, rule: MissingRule) => number): Rolling =>
  (values, window, rule) => {
    const moments = rollingCoMoments(null, values, window);
    return where(moments.count, Math.max(2, rule.least(window)), (i) =>
      value(moments.cXY[i] / moments.m2X[i], moments, i, rule),
    );
  };

export const ROLLING: Readonly<Record<string, Rolling>> = {
  sum: (values, window, rule) => {
    const { count, sum } = rollingSums(values, window);
    return where(count, rule.least(window), (i) => sum[i]);
  },
  mean: (values, window, rule) => {
    const { count, sum } = rollingSums(values, window);
    return where(count, rule.least(window), (i) => sum[i] / count[i]);
  },
  count: (values, window) => rollingSums(values, window).count,
  var: variance,
  std: (values, window, rule, share) => variance(values, window, rule, share).map(Math.sqrt),
  skew: (values, window, rule) => rollingApply(values, window, Math.max(3, rule.least(window)), skewness),
  kurt: (values, window, rule) => rollingApply(values, window, Math.max(4, rule.least(window)), kurtosis),
  mad: (values, window, rule) => rollingApply(values, window, rule.least(window), meanAbsoluteDeviation),
  max: extreme(1),
  min: extreme(-1),
  idxmax: extremePosition(1),
  idxmin: extremePosition(-1),
  med: ordered((window) => window.quantile(0.5)),
  quantile: ordered((window, _, share) => window.quantile(share)),
  ts_rank: ordered((window, last) => (Number.isFinite(last) ? window.rank(last) : Number.NaN)),
  slope: regression((slope) => slope),
  rsquare: regression((_, m, i, rule) => {
    const deviation = Math.sqrt(m.m2Y[i] / (m.count[i] - 1));
    return deviation <= rule.constant(m.meanY[i]) ? Number.NaN : m.cXY[i] ** 2 / (m.m2X[i] * m.m2Y[i]);
  }),
  resi: (values, window, rule, share) =>
    regression((slope, m, i) => values[i] - (m.meanY[i] + slope * (i - m.meanX[i])))(values, window, rule, share),
  ema: (values, window, rule) => exponentialMean(values, window, rule.least(window)),
  wma: (values, window, rule) => weightedMean(values, window, rule.least(window)),
};

export const PAIR_ROLLING: Readonly<
  Record<string, (x: Series, y: Series, window: number, rule: MissingRule) => Series>
> = {
  cov: (x, y, window, rule) => {
    const { count, cXY } = rollingCoMoments(x, y, window);
    return where(count, Math.max(2, rule.least(window)), (i) => cXY[i] / (count[i] - 1));
  },
  corr: (x, y, window, rule) => {
    const { count, cXY, m2X, m2Y } = rollingCoMoments(x, y, window);
    // Constant by its own values, not only by those that have a partner.
    const [ownX, ownY] = [rollingMoments(x, window), rollingMoments(y, window)];
    const flat = (own: typeof ownX, i: number) =>
      Math.sqrt(own.m2[i] / (own.count[i] - 1)) <= rule.constant(own.mean[i]);
    return where(count, Math.max(2, rule.least(window)), (i) =>
      flat(ownX, i) || flat(ownY, i) ? Number.NaN : cXY[i] / Math.sqrt(m2X[i] * m2Y[i]),
    );
  },
};
