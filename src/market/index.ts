export { boardOf, canonicalSymbol, exchangeOf } from './boards.js';
export { checkMarketTables } from './check-tables.js';
export { CLEANING_MASKS, type CleaningMask, type CleaningOptions, type CleaningOutcome } from './cleaning/index.js';
export {
  type ActionTable,
  alignActions,
  exRightReference,
  referenceFromFactor,
  theoreticalReference,
} from './corporate-actions.js';
export {
  type BarCoverage,
  barCoverage,
  type IndexCoverage,
  indexCoverage,
} from './data-coverage/index.js';
export { FUNDAMENTAL_FIELDS, type FundamentalField, type FundamentalGroup } from './fundamental-fields.js';
export {
  type FactTable,
  type FileFormat,
  type ImportBarFilesOptions,
  type ImportQlibOptions,
  type ImportTableOptions,
  type ImportTushareOptions,
  type ImportYahooOptions,
  importBarFiles,
  importQlib,
  importTableFiles,
  importTushare,
  importYahoo,
  TARGET_TABLES,
  type TargetTable,
} from './importers/index.js';
export { type KnownIndex, knownIndex, resolveIndex } from './known-indices.js';
export { MACRO_RELEASE_RULES, type MacroReleaseRule, macroReleaseDay, macroReleaseTable } from './macro/index.js';
export { MACRO_SERIES, type MacroSeries, RISK_FREE_SERIES } from './macro-series.js';
export {
  CONFLICT_POLICIES,
  type ConflictPolicy,
  type Disagreement,
  type DisagreementCase,
  type ExtendedStore,
  extendMarketStore,
  type MergedMarket,
  type MergedPart,
  type MergeOptions,
  type MergeTolerance,
  mergeMarkets,
  type NamedMarket,
} from './merge/index.js';
export { DAY_BOUNDS, isPlausibleDay, isPlausiblePrice, MOST_PRICE, MOST_SHARES } from './plausible.js';
export {
  buyableShares,
  freeSessionsOfListing,
  isLimitDown,
  isLimitUp,
  type LimitSheet,
  type PriceLimits,
  priceLimitsOf,
  RULEBOOK_NAMES,
  type Rulebook,
  type RuleName,
  type RuleRow,
  rowsAtVenue,
  rulebookByName,
  rulebookMarkdown,
  ruleOn,
  sellableShares,
  type TradingRules,
  tradingRulesOn,
  type Venue,
} from './rulebooks/index.js';
export {
  SCREENING_REASONS,
  type Screening,
  type ScreeningCount,
  type ScreeningReason,
  type ScreeningRules,
  screenUniverse,
} from './screening/index.js';
export { closingInstant, knownDayOfNews, localInstant, marketZone } from './session-clock.js';
export { shareBars, shareBytes } from './share-bars.js';
export { type AsOf, type AsOfWindow, type MarketStore, openMarketStore } from './store.js';
export {
  fundamentalsSchema,
  macroSchema,
  newsSchema,
  type OptionalTableName,
  type StoreManifest,
  valuationsSchema,
} from './store-schema.js';
export {
  bayesAccuracy,
  bayesClass,
  bayesIc,
  generateMarket,
  generateMarketOnThreads,
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
  type FundamentalTable,
  type Instrument,
  type MacroTable,
  type MarketPart,
  type MarketTables,
  type MembershipSpell,
  type NewsTable,
  ST_UNKNOWN,
  type SyntheticTruth,
  type ValuationTable,
} from './types.js';
export { universeMask } from './universe.js';
export {
  type SourceUpdate,
  type StoreExtent,
  type StoreUpdate,
  type UpdateOptions,
  updateMarketStore,
} from './update/index.js';
export { verifyStore } from './verify-store.js';
export { writeMarketStore } from './write-store.js';
