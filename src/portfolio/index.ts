export {
  type CapitalisationWeightedOptions,
  capitalisationWeighted,
  tradedValueProxy,
} from './capitalisation-weighted.js';
export { type DisclosedFacts, disclosedCapitalisation } from './disclosed-capitalisation.js';
export { type EqualWeightOnceOptions, equalWeightOnce } from './equal-weight-once.js';
export { limitTurnover } from './limit-turnover.js';
export {
  type BlackLittermanOptions,
  blackLitterman,
  blackLittermanPolicy,
  describeWeights,
  type EnhancedIndex,
  efficientFrontier,
  enhanceIndex,
  type GroupLimits,
  type IndexEnhancementInput,
  type IndexEnhancementOptions,
  impliedReturns,
  indexEnhancementPolicy,
  type MeanVarianceInput,
  type MeanVarianceOptions,
  maximumSharpe,
  maximumUtility,
  meanVariancePolicy,
  minimumVariance,
  minimumVariancePolicy,
  type OptimisedOptions,
  type PortfolioLimits,
  type Posterior,
  type RiskAndReturn,
  type RiskParity,
  riskParity,
  riskParityPolicy,
  targetReturn,
  targetVolatility,
  type Views,
  type WeighedPortfolio,
} from './optimise/index.js';
export { PriceHistory, type PriceHistoryOptions, type PriceTable } from './price-history.js';
export { type ProbabilityWeightedOptions, probabilityWeighted } from './probability-weighted.js';
export { type RandomPortfolioOptions, randomPortfolio } from './random-portfolio.js';
export { type RankedOptions, type RankingSignal, ranked } from './ranked.js';
export { lowVolatility, meanReversion, momentum } from './ranking-signals.js';
export type { Rebalance } from './rebalance.js';
export {
  type CorrelationMonitorOptions,
  correlationMonitor,
  type DrawdownBrakeOptions,
  drawdownBrake,
  type IndexForecasts,
  type MarketStateOptions,
  type MarketStates,
  marketStateSizing,
  marketTiming,
  RISK_CONTROLS,
  type RiskControl,
  type RiskControlName,
  type RiskControlsOptions,
  type RiskDay,
  type RiskEvent,
  type RiskEventKind,
  type StopLossOptions,
  stopLoss,
  type VolatilityTargetOptions,
  volatilityTarget,
  withRiskControls,
} from './risk/index.js';
export { type TopKOptions, topK } from './top-k.js';
export { membersOn, type Universe } from './universe.js';
export { type RatioTable, VALUE_RATIOS, type ValueOptions, type ValueRatio, value } from './value.js';
export { type LimitOptions, withLimits } from './with-limits.js';
