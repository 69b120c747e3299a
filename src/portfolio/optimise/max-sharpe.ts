import { CandlenetError } from '../../util/index.js';
import { SOLVED, solveConvexProgram } from './interior-point.js';
import { absoluteTrades, homogeneous, linearLimits, turnoverRow } from './limit-rows.js';
import { invalid } from './limits.js';
import { maximumUtility } from './mean-variance.js';
import { checkInput, describePortfolio, type MeanVarianceInput, type RiskAndReturn } from './mean-variance-input.js';

/**
 * The portfolio of the largest (μᵀ w − riskFree) / √(wᵀ Σ w), as one quadratic program in x = κ w with (μ − riskFree)ᵀ x = 1
 * (Cornuejols & Tütüncü 2007, section 8.2). `riskFree` is a return per period on the invested part, whose weights sum to
 * `limits.budget`.
 * @throws ARGUMENT_INVALID, also where no portfolio within the limits earns more than `riskFree` or a tracking limit is
 *   set; PORTFOLIO_INFEASIBLE
 */
export function maximumSharpe(input: MeanVarianceInput, riskFree = 0): RiskAndReturn {
  const checked = checkInput(input);
  const { n, mu, sigma, limits } = checked;
  if (!Number.isFinite(riskFree)) throw invalid('riskFree', riskFree, 'a finite number');
  if (limits.tracking !== null) throw invalid('limits.tracking', 'a limit', 'none for the largest Sharpe ratio');
  const named = linearLimits(limits);
  const rate = riskFree / limits.budget;
  const size = mu.reduce((max, value) => Math.max(max, Math.abs(value - rate)), 0) || 1;
  const assets = Array.from({ length: n }, (_, i) => i);
  const auxiliary = limits.turnover === null ? 0 : n;
  const equal = named.flatMap((limit) => limit.equal).map((row) => homogeneous(row, n));
  equal.push({ index: assets, value: assets.map((i) => (mu[i] - rate) / size), bound: 1 });
  const atMost = named.flatMap((limit) => limit.atMost);
  if (limits.turnover !== null) {
    atMost.push(...absoluteTrades(limits.turnover.previous, n + 1), turnoverRow(n, n + 1, limits.turnover.limit));
  }
  const hessian = new Float64Array((n + 1) ** 2);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) hessian[i * (n + 1) + j] = sigma[i * n + j];
  const solution = solveConvexProgram({
    dense: n + 1,
    auxiliary,
    hessian,
    linear: new Float64Array(n + 1 + auxiliary),
    equal,
    atMost: [...atMost.map((row) => homogeneous(row, n)), { index: [n], value: [-1], bound: 0 }],
    start: new Float64Array(n + 1 + auxiliary).fill(1 / n),
  });
  const kappa = solution.x[n];
  if (solution.residual > SOLVED || !(kappa > 0)) {
    const most = maximumUtility(input, 0).expectedReturn;
    if (most <= riskFree) throw invalid('riskFree', riskFree, `less than ${most}, the most the limits let be earned`);
    throw new CandlenetError('INTERNAL', `largest Sharpe ratio: the solver stopped at ${solution.residual}, ${kappa}`);
  }
  const weights = assets.map((i) => Math.min(limits.upper[i], Math.max(limits.lower[i], solution.x[i] / kappa)));
  return describePortfolio(Float64Array.from(weights), checked);
}
