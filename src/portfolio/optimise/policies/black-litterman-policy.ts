import type { Policy, PolicyContext } from '../../../backtest/index.js';
import { blackLitterman, impliedReturns } from '../black-litterman.js';
import { maximumUtility } from '../mean-variance.js';
import { alphas } from './alpha.js';
import type { MeanVarianceOptions } from './mean-variance-policy.js';
import { optimisedPolicy } from './optimised-policy.js';
import { checkOptimised, positive } from './options.js';

export interface BlackLittermanOptions extends MeanVarianceOptions {
  /** Size of a name as known after the close, in any unit, for the prior's market weights. Default: all equal. */
  readonly marketWeight?: (symbol: string, context: PolicyContext) => number;
  /** Uncertainty of the prior relative to Σ. Default 0.05. */
  readonly tau?: number;
}

/**
 * Mean-variance on the posterior of Black & Litterman. Each name with a forecast is a view: it returns its implied return
 * plus its alpha, with a confidence of |P(buy) − P(sell)|, so that an undecided forecast leaves the prior alone.
 * @throws CONFIG_INVALID, TABLE_INVALID
 */
export function blackLittermanPolicy(options: BlackLittermanOptions): Policy {
  const checked = checkOptimised(options);
  const riskAversion = positive(options.riskAversion ?? 5, 'riskAversion');
  const ic = positive(options.ic ?? 0.05, 'ic');
  const tau = positive(options.tau ?? 0.05, 'tau');
  const sizeOf = options.marketWeight ?? (() => 1);
  return optimisedPolicy(checked, {
    name: options.name ?? `Black-Litterman of the top ${checked.k}`,
    knowsScores: true,
    weigh({ context, symbols, scores, covariance, limits }) {
      const n = symbols.length;
      const sizes = symbols.map((symbol) => sizeOf(symbol, context)).map((size) => (size > 0 ? size : 0));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const market = sizes.map((size) => (total > 0 ? size / total : 1 / n));
      const prior = impliedReturns(covariance, market, riskAversion);
      const alpha = alphas(scores, covariance, ic);
      const picks = new Float64Array(n * n);
      for (let i = 0; i < n; i++) picks[i * n + i] = 1;
      const returns = prior.map((value, i) => value + alpha[i]);
      const confidences = scores.map((score) => (Number.isNaN(score) ? 0 : Math.min(0.999, Math.abs(score))));
      const posterior = blackLitterman(prior, covariance, { picks, returns, confidences }, tau);
      const { weights } = maximumUtility({ ...posterior, limits }, riskAversion);
      options.record?.({ date: context.date, symbols, ...posterior, limits, weights });
      return weights;
    },
  });
}
