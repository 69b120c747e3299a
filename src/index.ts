export {
  type BacktestOptions,
  type BacktestResult,
  buyAndHoldBenchmark,
  type CostOptions,
  type ForecastTable,
  type Policy,
  type PolicyContext,
  type PolicyStep,
  runBacktest,
  type TargetWeights,
} from './backtest/index.js';
export {
  fitLogistic,
  type LogisticModel,
  logisticProbabilities,
  majorityProbabilities,
  shuffledLabels,
  summarise,
} from './baselines/index.js';
export {
  evaluateForecasts,
  evaluateStrategy,
  type ForecastMeasures,
  holdRecord,
  type JudgedForecasts,
  marketRegimes,
  measuresByRegime,
  type StrategyMeasures,
  type StrategyRecord,
  strategyRecord,
} from './evaluation/index.js';
export {
  compareRuns,
  type ExperimentConfig,
  type ExperimentInput,
  importQlibStore,
  loadConfig,
  type Prepared,
  parseConfig,
  planExperiment,
  prepareExperiment,
  type RunOutcome,
  runDemo,
  runExperiment,
  synthesiseStore,
} from './experiment/index.js';
export {
  applyScaler,
  buildPanel,
  type FeatureColumn,
  fitScaler,
  type LabelSet,
  labelThreshold,
  labelVolatility,
  type Panel,
  type Scaler,
  sampleRows,
  shiftableSessions,
} from './features/index.js';
export { computeIndicators, INDICATORS, type Indicator } from './indicators/index.js';
export {
  BarFlag,
  type BarMatrix,
  bayesAccuracy,
  type DataFinding,
  generateMarket,
  type Instrument,
  importQlib,
  type MarketStore,
  type MarketTables,
  openMarketStore,
  type Rulebook,
  rulebookByName,
  universeMask,
  writeMarketStore,
} from './market/index.js';
export { cnnLstm, defineModel, type Model, modelByName, modelNames } from './models/index.js';
export { equalWeightOnce, randomPortfolio, topK } from './portfolio/index.js';
export { type ReportData, renderReport, renderSummary } from './report/index.js';
export {
  predict,
  staticSplit,
  type TrainedModel,
  type TrainingData,
  type TrainingOptions,
  train,
} from './training/index.js';
export {
  CandlenetError,
  createRng,
  type Day,
  ERROR_CATALOGUE,
  type ErrorCode,
  formatDay,
  type ProgressSink,
  parseDay,
  type Rng,
  silentProgress,
} from './util/index.js';
