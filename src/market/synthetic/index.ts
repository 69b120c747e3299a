export { bayesAccuracy, bayesClass, bayesIc } from './bayes.js';
export { generateMarket } from './generate.js';
export { generateMarketOnThreads } from './market-threads.js';
export { SYNTHETIC_INDEX } from './membership.js';
export type { SyntheticKind, SyntheticOptions } from './options.js';
