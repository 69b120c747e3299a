export { type ColumnCoverage, columnCoverage } from './coverage.js';
export {
  ALPHA158,
  alpha158Families,
  alpha158Reference,
  type EvaluateOptions,
  type Expression,
  evaluateExpressions,
  expressionFamilies,
  formatExpression,
  lookbackOf,
  type MissingMode,
  type NamedFormula,
  operatorTable,
  parseExpression,
} from './expressions/index.js';
export {
  type AnyFamily,
  type FeatureFamily,
  isMarketFamily,
  type MarketFamily,
  type MarketValues,
  singleColumn,
} from './feature-family.js';
export {
  DEFAULT_FEATURE_SET,
  FEATURE_COLUMNS,
  FEATURE_SETS,
  type OmittedColumn,
  type ResolvedFeatureSet,
  resolveFeatureSet,
} from './feature-set.js';
export type { CountedLabelSet, LabelCounts } from './labels/forward-return.js';
export { labelQuantile, type QuantileLabelOptions } from './labels/quantile.js';
export { labelRank, type RankLabelOptions } from './labels/rank.js';
export { labelReturn, type ReturnLabelOptions } from './labels/return.js';
export { labelThreshold, type ThresholdLabelOptions } from './labels/threshold.js';
export { labelTripleBarrier } from './labels/triple-barrier.js';
export { labelVolatility, type VolatilityLabelOptions } from './labels/volatility.js';
export {
  createWordPiece,
  lexiconScorer,
  type ManyNewsScorer,
  type NewsScorer,
  scoreNews,
  scoreNewsBy,
  type WordPieceTokenizer,
} from './news/index.js';
export {
  defineFeature,
  type OwnBarFeature,
  type OwnMarketFeature,
  ownFeatureCode,
  ownFeatures,
} from './own-features.js';
export { buildPanel, type PanelOptions } from './panel.js';
export { type FeatureTables, offerOf, type PanelSources, type SourceOffer } from './panel-sources.js';
export { buildPanelOnThreads, type PanelThreadOptions } from './panel-threads.js';
export { featureReference } from './reference.js';
export { type DateRange, rowsWithin } from './row-mask.js';
export { type ScaleColumnsOptions, scaleColumns } from './scale-columns.js';
export { type ApplyScalerOptions, applyScaler, fitScaler, type ScaledPanel, type Scaler } from './scaler.js';
export { selectColumns } from './select-columns.js';
export { shiftableSessions } from './shiftable.js';
export { type FeatureTableName, tablesNeeded } from './tables-needed.js';
export { isTraded, type TradedSeries } from './traded-bars.js';
export {
  CLASS_NAMES,
  type ClassName,
  type FeatureColumn,
  type FeatureGroup,
  type LabelSet,
  NO_LABEL,
  type Panel,
} from './types.js';
export { type SampleCounts, type Samples, sampleRows } from './windows.js';
