export { type ComparedCell, type ComparedTable, comparedFigure } from './compared.js';
export type {
  ExplainedSample,
  ExplanationReport,
  ImportanceMeasure,
  PartsReport,
  RefitPoint,
  SensitivityReport,
  TradedPoint,
} from './insight-types.js';
export { renderBacktestReport } from './render-backtest.js';
export { renderPaperReport } from './render-paper.js';
export { renderReport } from './render-report.js';
export { renderSummary, type SummaryOptions } from './render-summary.js';
export { limitSentences } from './sections/limits.js';
export { type Cell, textTable } from './text-table.js';
export type {
  BacktestReportData,
  BayesBound,
  CountedReason,
  DataTypeReport,
  DeflatedReport,
  EnsembleReport,
  FindingReport,
  FrontierReport,
  HoldingReport,
  Language,
  LeakAuditReport,
  LimitsReport,
  MarketDataReport,
  MarketReport,
  ModelReport,
  OnlineReport,
  OnlineUpdateReport,
  PaperReportData,
  PathReport,
  PortfolioReport,
  ProtocolReport,
  ProvenanceReport,
  ReachedReport,
  ReportData,
  RiskEventReport,
  RiskReport,
  RiskReturnReport,
  RiskVariantReport,
  Role,
  SampleReport,
  SplitReport,
  StrategyReport,
  TrainingReport,
  TrialsReport,
} from './types.js';
export { limitWords } from './words/limits.js';
