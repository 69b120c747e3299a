export { type EqualWeightOnceOptions, equalWeightOnce } from './equal-weight-once.js';
export { limitTurnover } from './limit-turnover.js';
export { type RandomPortfolioOptions, randomPortfolio } from './random-portfolio.js';
export type { Rebalance } from './rebalance.js';
export { type TopKOptions, topK } from './top-k.js';
