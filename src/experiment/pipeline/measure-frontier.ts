import { describeWeights, efficientFrontier, type WeighedPortfolio } from '../../portfolio/index.js';
import type { FrontierReport, RiskReturnReport } from '../../report/index.js';

const POINTS = 24;

/** The frontier that the last portfolio was chosen from, a year's figures: without the limit on turnover, which no frontier has. */
export function measureFrontier(weighed: WeighedPortfolio | undefined, sessionsPerYear: number): FrontierReport | null {
  if (weighed === undefined) return null;
  const { date, symbols, expectedReturns, covariance, weights } = weighed;
  const { turnover: _, ...limits } = weighed.limits;
  const annual = (daily: RiskReturnReport): RiskReturnReport => ({
    expectedReturn: daily.expectedReturn * sessionsPerYear,
    volatility: daily.volatility * Math.sqrt(sessionsPerYear),
  });
  const input = { expectedReturns, covariance, limits };
  return {
    date,
    frontier: efficientFrontier(input, POINTS).map(annual),
    assets: symbols.map((_name, i) =>
      annual({
        expectedReturn: expectedReturns[i],
        volatility: Math.sqrt(covariance[i * symbols.length + i]),
      }),
    ),
    chosen: annual(describeWeights(weights, input)),
  };
}
