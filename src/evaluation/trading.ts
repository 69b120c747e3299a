import { type AnnualBasis, mean } from '../stats/index.js';
import { annualise, DEFAULT_BASIS, totalReturn } from './performance.js';
import type { StrategyRecord, TradingMeasures } from './types.js';

/** What trading did and cost. Measures whose source the record lacks are NaN; null when it lacks all of them. */
export function trading(record: StrategyRecord, basis: AnnualBasis = DEFAULT_BASIS): TradingMeasures | null {
  const { returns, turnover, costs, roundTrips } = record;
  if (turnover === null && costs === null && roundTrips === null) return null;
  const n = returns.length;
  const after = annualise(totalReturn(returns), n, basis.sessionsPerYear);
  const before =
    costs === null
      ? Number.NaN
      : annualise(totalReturn(returns.map((value, i) => value + costs[i])), n, basis.sessionsPerYear);
  return {
    annualTurnover: turnover === null ? Number.NaN : mean(turnover) * basis.sessionsPerYear,
    totalCosts: costs === null ? Number.NaN : costs.reduce((sum, cost) => sum + cost, 0),
    costDrag: before - after,
    annualisedReturnBeforeCosts: before,
    roundTrips: roundTrips?.length ?? Number.NaN,
    winRate: mean((roundTrips ?? []).map((trip) => (trip.profit > 0 ? 1 : 0))),
    meanTradeReturn: mean((roundTrips ?? []).map((trip) => trip.return)),
  };
}
