export {
  type Artefact,
  type AuditedPipeline,
  type AuditOptions,
  auditExperiment,
  auditPipeline,
  certificateJson,
  chooseCuts,
  configPipeline,
  type ExperimentAudit,
  type ExperimentAuditOptions,
  type LeakCertificate,
  noisyStore,
  type PipelineBuild,
  type Provenance,
  renderCertificate,
  truncatedStore,
} from './audit/index.js';
export { type ConfigOverrides, type LoadedConfig, loadConfig, parseConfig } from './config/load.js';
export { configSchema, type ExperimentConfig, type ExperimentInput } from './config/schema.js';
export { CSI300_TEMPLATE, configTemplate, type TemplateValues } from './config/template.js';
export { type DataReport, type DataReportOptions, dataReport, renderDataReport } from './data-report/index.js';
export { type DemoOptions, runDemo } from './demo.js';
export {
  type FactorOptions,
  type FactorReport,
  factorJson,
  type JudgedFactor,
  judgeFactors,
  renderFactors,
} from './factor/index.js';
export {
  exportFeatures,
  type FeatureRequest,
  type FeatureTableOptions,
  type FeatureTableSummary,
  renderFeatureTable,
  requestFeatures,
} from './feature-table/index.js';
export { type IndicatorSummary, renderIndicatorSummary, writeIndicators } from './indicators/index.js';
export { type Ledger, readLedger, recordTrials, type Trial } from './ledger/index.js';
export {
  type PaperOptions,
  type PaperOutcome,
  type PaperPlan,
  planPaper,
  renderPaperPlan,
  renderPaperSummary,
  runPaper,
} from './paper/index.js';
export { type Prepared, prepare as prepareExperiment } from './pipeline/prepare.js';
export { lastFoldAsStatic } from './pipeline/split-plan.js';
export { type ExperimentPlan, planExperiment } from './plan.js';
export { renderPlan } from './render-plan.js';
export { type Replay, type ReplayOptions, renderReplay, replayRun } from './replay/index.js';
export { type RunOutcome, type RunServices, runExperiment } from './run-experiment.js';
export { compareRuns, type RunComparison, renderRuns } from './runs/compare-runs.js';
export { renderRunReport } from './runs/render-run-report.js';
export type { RunSummary } from './runs/run-summary.js';
export type { Services } from './services.js';
export { renderSheet, sheetCsv } from './signals/render-sheet.js';
export { type Signal, type SignalSheet, type SignalsOptions, signalSheet } from './signals/run-signals.js';
export {
  type FileStoreOptions,
  importFilesStore,
  importQlibStore,
  importTushareStore,
  importYahooStore,
  type SyntheticStoreOptions,
  synthesiseStore,
} from './stores/make-stores.js';
export { renderStoreSummary, type StoreSummary } from './stores/store-summary.js';
export { renderUpdateSummary, type UpdateSummary, updateStore } from './stores/update-store.js';
export {
  planTune,
  renderTune,
  renderTunePlan,
  type TuneOutcome,
  type TunePlan,
  type TuneReport,
  type TuneTrial,
  tuneExperiment,
} from './tune/index.js';
export { renderBacktestSummary } from './weights/render-backtest-summary.js';
export { backtestWeights, type WeightsBacktest, type WeightsOutcome } from './weights/run-weights.js';
export { backtestMetrics, writeBacktest } from './weights/write-backtest.js';
