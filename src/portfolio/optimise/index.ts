export { blackLitterman, impliedReturns, type Posterior, type Views } from './black-litterman.js';
export { efficientFrontier } from './frontier.js';
export { type EnhancedIndex, enhanceIndex, type IndexEnhancementInput } from './index-enhancement.js';
export type { GroupLimits, PortfolioLimits } from './limits.js';
export { maximumSharpe } from './max-sharpe.js';
export { maximumUtility, minimumVariance, targetReturn, targetVolatility } from './mean-variance.js';
export { describeWeights, type MeanVarianceInput, type RiskAndReturn } from './mean-variance-input.js';
export { type BlackLittermanOptions, blackLittermanPolicy } from './policies/black-litterman-policy.js';
export { type IndexEnhancementOptions, indexEnhancementPolicy } from './policies/index-enhancement-policy.js';
export {
  type MeanVarianceOptions,
  meanVariancePolicy,
  type WeighedPortfolio,
} from './policies/mean-variance-policy.js';
export { minimumVariancePolicy } from './policies/minimum-variance-policy.js';
export type { OptimisedOptions } from './policies/options.js';
export { riskParityPolicy } from './policies/risk-parity-policy.js';
export { type RiskParity, riskParity } from './risk-parity.js';
