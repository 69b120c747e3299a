import { formatPercent } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';

const WEIGHTS = {
  'top-k': 'equal weights',
  'probability-weighted': 'weights in proportion to P(buy)',
  'capitalisation-weighted':
    'weights in proportion to the money traded over 60 sessions, a stand-in for market value, which the store lacks',
} as const;

/** The policy, its limits and what holds it back, in one sentence. */
export function describePolicy({ portfolio, risk }: ExperimentConfig): string {
  const { policy, k, rebalance, maxWeight, maxIndustryWeight, maxTurnover } = portfolio;
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
    `top ${k} by P(buy) − P(sell), ${WEIGHTS[policy]}, ${when}, filled at the next open`,
    ...limits,
    ...(controls.length > 0 ? [`risk controls: ${controls.join(', ')}`] : []),
  ].join('; ');
}
