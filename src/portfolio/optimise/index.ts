export { blackLitterman, impliedReturns, type Posterior, type Views } from './black-litterman.js';
export { efficientFrontier } from './frontier.js';
export { type EnhancedIndex, enhanceIndex, type IndexEnhancementInput } from './index-enhancement.js';
export type { GroupLimits, PortfolioLimits } from './limits.js';
export { maximumSharpe } from './max-sharpe.js';
export { maximumUtility, minimumVariance, targetReturn, targetVolatility } from './mean-variance.js';
export type { MeanVarianceInput, RiskAndReturn } from './mean-variance-input.js';
export { type RiskParity, riskParity } from './risk-parity.js';
