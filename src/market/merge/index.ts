export type { Disagreement, DisagreementCase } from './disagreements.js';
export {
  CONFLICT_POLICIES,
  type ConflictPolicy,
  type ExtendedStore,
  extendMarketStore,
  joinPart,
  replaceMarket,
  withPolicy,
} from './extend-store.js';
export { type MergedMarket, mergeMarkets } from './merge-markets.js';
export type { MergedPart, MergeOptions, MergeTolerance, NamedMarket } from './options.js';
export { readStoreTables } from './read-store-tables.js';
