/** Who may import whom; everyone may import `util`. The one place where the floors of the house are written down. */
export const IMPORT_RULES: Readonly<Record<string, readonly string[]>> = {
  util: [],
  stats: [],
  tables: [],
  tensor: [],
  onnx: ['tensor'],
  runtime: ['onnx', 'tensor'],
  market: ['tables', 'stats'],
  indicators: [],
  features: ['market', 'indicators', 'tables', 'stats'],
  nn: ['tensor'],
  models: ['nn', 'tensor'],
  baselines: ['stats', 'onnx'],
  training: ['models', 'nn', 'baselines', 'runtime', 'onnx', 'tensor', 'features', 'stats', 'tables'],
  backtest: ['market', 'tables', 'stats'],
  portfolio: ['backtest', 'tables', 'stats'],
  evaluation: ['backtest', 'market', 'tables', 'stats'],
  explain: ['training', 'runtime', 'features', 'tensor', 'stats'],
  charts: [],
  report: ['evaluation', 'explain', 'charts', 'tables'],
  experiment: [
    'stats',
    'tables',
    'tensor',
    'onnx',
    'runtime',
    'market',
    'indicators',
    'features',
    'nn',
    'models',
    'baselines',
    'training',
    'backtest',
    'portfolio',
    'evaluation',
    'explain',
    'charts',
    'report',
  ],
  cli: ['experiment', 'report'],
};

/** Which rooms may use which outside package. */
export const OUTSIDE_RULES: Readonly<Record<string, readonly string[]>> = {
  '@duckdb/node-api': ['tables'],
  '@duckdb/node-bindings': ['tables'],
  'onnxruntime-node': ['runtime'],
  'onnxruntime-common': ['runtime'],
  echarts: ['charts'],
  '@node-rs/jieba': ['features'],
  zod: ['experiment', 'market'],
  yaml: ['experiment', 'market'],
  commander: ['cli'],
};

/**
 * Where a reader may ask a store for all that it holds (`asOf: store.lastDay`), and why nothing can leak there: everywhere else
 * the day of the reader comes from the period that is worked on.
 */
export const READS_TO_THE_END: Readonly<Record<string, string>> = {
  'experiment/pipeline/study.ts': 'the calendar only: sessions of the coming years are announced, prices are not',
  'experiment/paper/run-paper.ts': 'the calendar only, to place the periods',
  'experiment/pipeline/market-inputs.ts':
    'the paper as written alone: leaves out whom it knows to be delisted later, watermarked',
  'experiment/demo.ts': 'the calendar only, to place the periods',
  'experiment/signals/run-signals.ts': 'the calendar only, to name the next session',
  'experiment/stores/make-stores.ts': 'new files extend what a store holds',
  'experiment/weights/run-weights.ts': 'weights come from outside, dated; bars are read up to the last day asked for',
  'experiment/feature-table/export-features.ts': 'exports every row; each is causal',
  'experiment/factor/judge-factors.ts': 'judges scores by what came later; each is causal',
  'experiment/data-report/data-report.ts': 'describes the store, decides nothing',
  'experiment/audit/audit-pipeline.ts': 'the whole store is what the audit takes the future from',
  'experiment/audit/check-source.ts': 'judges the store as it lies there',
  'experiment/audit/noisy-store.ts': 'makes the store whose future is noise',
  'experiment/audit/config-pipeline.ts': 'the end of the test period, or of a store without a future',
  'experiment/audit/truncated-store.ts': 'makes the store without a future',
  'experiment/audit/run-audit.ts': 'the calendar only, to choose the cuts',
};

/** The only files that know where a store keeps its tables: nobody else can read one past `asOf`. */
export const KNOWS_STORE_FILES: readonly string[] = [
  'market/store-schema.ts',
  'market/store.ts',
  'market/verify-store.ts',
  'market/write-store.ts',
];
