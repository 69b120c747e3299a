export { renderReport } from './render-report.js';
export { renderSummary, type SummaryOptions } from './render-summary.js';
export type {
  BayesBound,
  CountedReason,
  FindingReport,
  HoldingReport,
  Language,
  MarketReport,
  ModelReport,
  PortfolioReport,
  ProvenanceReport,
  ReportData,
  Role,
  SampleReport,
  SplitReport,
  StrategyReport,
  TrainingReport,
} from './types.js';
