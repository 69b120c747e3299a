import { formatPercent } from '../../util/index.js';
import { isNumberLabel } from '../config/label-section.js';
import type { ExperimentConfig } from '../config/schema.js';

const STAND_IN = 'the money traded over 60 sessions, a stand-in for market value';
const TRUE_SIZE = 'market value: the shares last disclosed at the price of the day';

const WEIGHTS = {
  'top-k': 'equal weights',
  'probability-weighted': 'weights in proportion to P(buy)',
  'minimum-variance': 'weights of least variance',
  'mean-variance': 'mean-variance weights',
  'risk-parity': 'equal contributions to risk',
  'black-litterman': 'Black-Litterman weights',
  'index-enhancement': 'index enhancement',
} as const;

const FILLED = {
  open: 'filled at the next open',
  vwap: 'filled at the next session’s mean price',
  close: 'filled at the next close',
} as const;

/** The policy, its limits and what holds it back, in one sentence. */
export function describePolicy({ portfolio, risk, backtest, label }: ExperimentConfig): string {
  const score = { return: 'the return forecast', rank: 'the rank forecast', classes: 'P(buy) − P(sell)' }[
    isNumberLabel(label) ? label.kind : 'classes'
  ];
  const { policy, k, rebalance, maxWeight, maxIndustryWeight, maxTurnover } = portfolio;
  const size = portfolio.capitalisation === 'store' ? TRUE_SIZE : STAND_IN;
  const weights = policy === 'capitalisation-weighted' ? `weights in proportion to ${size}` : WEIGHTS[policy];
  const choice =
    policy === 'index-enhancement'
      ? `${weights}: the index's members leaning towards ${score}`
      : `top ${k} by ${score}, ${weights}`;
  const usesMarket = policy === 'index-enhancement' || policy === 'black-litterman';
  const by = {
    capitalisation: `by ${TRUE_SIZE}`,
    'traded-value': `by ${STAND_IN}`,
    equal: 'all equal, for want of true ones',
  }[portfolio.optimiser.marketWeights];
  const when = typeof rebalance === 'number' ? `every ${rebalance} sessions` : rebalance;
  const limits = [
    maxWeight !== null && `no name above ${formatPercent(maxWeight)}`,
    maxIndustryWeight !== null && `no industry above ${formatPercent(maxIndustryWeight)}`,
    maxTurnover !== null && `no rebalancing above ${formatPercent(maxTurnover)} one-way`,
  ].filter((limit) => limit !== false);
  const controls = Object.entries(risk)
    .filter(([, value]) => value !== null)
    .map(([key]) => key);
  return [
    `${choice}, ${when}, ${FILLED[backtest.fillPrice]}`,
    ...(usesMarket ? [`market weights ${by}`] : []),
    ...limits,
    ...(controls.length > 0 ? [`risk controls: ${controls.join(', ')}`] : []),
  ].join('; ');
}
