import type { ForecastTable, Policy, PolicyContext } from '../../backtest/index.js';
import {
  blackLittermanPolicy,
  capitalisationWeighted,
  disclosedCapitalisation,
  indexEnhancementPolicy,
  meanVariancePolicy,
  membersOn,
  minimumVariancePolicy,
  type PriceHistory,
  probabilityWeighted,
  riskParityPolicy,
  topK,
  tradedValueProxy,
  type WeighedPortfolio,
} from '../../portfolio/index.js';
import { CandlenetError } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { MarketView } from './study.js';

/** What policies may see of a market; each reads it no later than the close it is asked at. */
export type PolicyMarket = Pick<MarketView, 'bars' | 'instruments' | 'universe' | 'benchmark'> & {
  readonly valuations?: MarketView['valuations'];
  readonly fundamentals?: MarketView['fundamentals'];
};

/** The configuration's way from forecasts to weights, without limits from outside and risk controls. */
export function forecastPolicy(
  forecasts: ForecastTable,
  market: PolicyMarket,
  history: PriceHistory,
  { portfolio, backtest }: ExperimentConfig,
  record?: (weighed: WeighedPortfolio) => void,
): Policy {
  const { policy, k, rebalance, maxWeight, maxIndustryWeight, maxTurnover } = portfolio;
  const { lookbackDays: lookback, covariance: estimator, marketWeights, ...optimiser } = portfolio.optimiser;
  const simple = { forecasts, k, rebalance };
  const traded = tradedValueProxy(history);
  const byShares = () => {
    const { fundamentals } = market;
    return fundamentals ? disclosedCapitalisation(fundamentals, history, market.bars.dates) : () => Number.NaN;
  };
  const size = () =>
    ({ capitalisation: byShares, 'traded-value': () => traded, equal: () => () => 1 })[marketWeights]();
  const industries = industriesOf(market);
  const within = {
    ...{ ...simple, history, lookback, estimator },
    ...(maxWeight !== null && { maxWeight }),
    ...(maxTurnover !== null && { maxTurnover }),
    ...(industries && { industryOf: industries }),
  };
  const limited = { ...within, ...(maxIndustryWeight !== null && { maxIndustry: maxIndustryWeight }) };
  const { riskAversion, ic, tau, trackingError, maxActive, industryDeviation } = optimiser;
  switch (policy) {
    case 'top-k':
      return topK(simple);
    case 'probability-weighted':
      return probabilityWeighted(simple);
    case 'capitalisation-weighted':
      return capitalisationWeighted({
        ...simple,
        sizeOf: portfolio.capitalisation === 'store' ? byShares() : traded,
      });
    case 'minimum-variance':
      return minimumVariancePolicy(limited);
    case 'mean-variance':
      return meanVariancePolicy({ ...limited, riskAversion, ic, record });
    case 'risk-parity':
      return riskParityPolicy(limited);
    case 'black-litterman':
      return blackLittermanPolicy({ ...limited, riskAversion, ic, tau, marketWeight: size(), record });
    case 'index-enhancement': {
      const benchmarkWeights = indexWeights(market, size());
      const active = { trackingError, maxActive, industryDeviation, sessionsPerYear: backtest.sessionsPerYear };
      return indexEnhancementPolicy({ ...within, ...active, ic, benchmarkWeights });
    }
  }
}

/** @throws CONFIG_INVALID where the policy goes by shares and the store says of no company how many it has */
export function checkShares({ fundamentals }: PolicyMarket, { portfolio }: ExperimentConfig): void {
  const { policy, capitalisation, optimiser } = portfolio;
  const byOptimiser = policy === 'black-litterman' || policy === 'index-enhancement';
  const weighted = policy === 'capitalisation-weighted' && capitalisation === 'store';
  if (!weighted && !(byOptimiser && optimiser.marketWeights === 'capitalisation')) return;
  if (fundamentals?.columns.field.includes('total_shares')) return;
  const key = weighted ? 'portfolio.capitalisation' : 'portfolio.optimiser.marketWeights';
  const found = weighted ? 'store' : 'capitalisation';
  throw new CandlenetError(
    'CONFIG_INVALID',
    `${key}: found "${found}", but the market store has no "total_shares" among its fundamentals; expected "traded-value"`,
  );
}

/** Null where the store has no industries. */
function industriesOf({ instruments }: PolicyMarket): ((symbol: string) => string) | null {
  if (instruments.every(({ industry }) => industry === '')) return null;
  const industries = new Map(instruments.map(({ symbol, industry }) => [symbol, industry]));
  return (symbol) => industries.get(symbol) ?? '';
}

/** No store has the weights of an index: its members of the day, by the stand-in for their size. */
function indexWeights(
  { bars, universe }: PolicyMarket,
  size: (symbol: string, context: PolicyContext) => number,
): (context: PolicyContext) => ReadonlyMap<string, number> {
  const members = { symbols: bars.symbols, mask: universe, sessions: bars.dates.length };
  return (context) => {
    const sizes = membersOn(members, context.session)
      .map((symbol): [string, number] => [symbol, size(symbol, context)])
      .filter(([, value]) => value > 0);
    const total = sizes.reduce((sum, [, value]) => sum + value, 0);
    return new Map(sizes.map(([symbol, value]) => [symbol, value / total]));
  };
}
