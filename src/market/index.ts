export { boardOf, canonicalSymbol, exchangeOf } from './boards.js';
export { checkMarketTables } from './check-tables.js';
export {
  type ActionTable,
  alignActions,
  exRightReference,
  referenceFromFactor,
  theoreticalReference,
} from './corporate-actions.js';
export { type ImportQlibOptions, importQlib } from './importers/index.js';
export { type KnownIndex, knownIndex } from './known-indices.js';
export {
  buyableShares,
  freeSessionsOfListing,
  isLimitDown,
  isLimitUp,
  type PriceLimits,
  priceLimitsOf,
  RULEBOOK_NAMES,
  type Rulebook,
  type RuleName,
  type RuleRow,
  rulebookByName,
  rulebookMarkdown,
  ruleOn,
  sellableShares,
  type TradingRules,
  tradingRulesOn,
  type Venue,
} from './rulebooks/index.js';
export { type AsOf, type AsOfWindow, type MarketStore, openMarketStore } from './store.js';
export type { StoreManifest } from './store-schema.js';
export {
  bayesAccuracy,
  bayesClass,
  bayesIc,
  generateMarket,
  SYNTHETIC_INDEX,
  type SyntheticKind,
  type SyntheticOptions,
} from './synthetic/index.js';
export {
  BarFlag,
  type BarMatrix,
  type BenchmarkSeries,
  type Board,
  type CorporateAction,
  type DataFinding,
  type Instrument,
  type MarketTables,
  type MembershipSpell,
  type SyntheticTruth,
} from './types.js';
export { universeMask } from './universe.js';
export { writeMarketStore } from './write-store.js';
