import type { ExperimentInput } from './schema.js';

/** One thing that the paper leaves open, or says twice, and what its preset does. */
export interface PaperChoice {
  readonly key: string;
  readonly paper: string;
  readonly chosen: string;
}

/** Section 4.1: trained 2010 to 2020, validated 2021, tested 2022 and 2023. */
export const PAPER_PERIODS = {
  kind: 'static',
  train: ['2010-01-04', '2020-12-31'],
  validate: ['2021-01-04', '2021-12-31'],
  test: ['2022-01-04', '2023-12-29'],
} satisfies ExperimentInput['split'];

/**
 * The closest honest reading of Shen & Zhuo (2026): what the paper states, and where it states nothing the choices below.
 * What a configuration writes itself stands above this.
 */
export const PAPER_PRESET: Omit<ExperimentInput, 'market' | 'name' | 'preset'> = {
  features: { groups: ['paper'], window: 20, maxMissing: 0.05 },
  label: { kind: 'volatility', horizonDays: 5, k: 0.5, volatilityDays: 60 },
  split: PAPER_PERIODS,
  model: {
    name: 'cnn-lstm',
    filters: [64, 128],
    kernelWidth: 3,
    hidden: 256,
    dense: 128,
    dropout: 0.3,
    activation: 'relu',
  },
  training: {
    batchSize: 64,
    maxEpochs: 200,
    patience: 10,
    learningRate: 0.001,
    optimiser: { kind: 'adam' },
    schedule: { kind: 'step', everyEpochs: 5, factor: 0.5 },
    clipNorm: 1,
    noise: { sigma: 0.05 },
    timeShift: { maxSessions: 2 },
  },
  portfolio: { policy: 'top-k', k: 50, rebalance: 'weekly' },
  backtest: { commissionBps: 5, minCommission: 0, halfSpreadBps: 0, impactCoefficient: 0 },
};

const PAPER_CHOICES: readonly PaperChoice[] = [
  {
    key: 'label',
    paper: 'buy, hold and sell, without saying what they are',
    chosen:
      'the return of the next 5 sessions, open to open, beyond ± half of the stock’s own 60-day volatility over them',
  },
  {
    key: 'features',
    paper: '81 variables in its text, 86 in its Table 1',
    chosen: 'the 86 of Table 1; what the store lacks is left out and named',
  },
  {
    key: 'universe',
    paper: '280 stocks, screened by what became of them later',
    chosen: 'the members of the index on each day',
  },
  {
    key: 'macro',
    paper: 'monthly figures interpolated linearly to days',
    chosen: 'the last figure released, from the day after its release',
  },
  {
    key: 'scaler',
    paper: 'z-scores (eq. 13), over what sample it does not say',
    chosen: 'mean and deviation of the training rows; 252 trailing sessions for macro series',
  },
  {
    key: 'model.activation',
    paper: 'sigmoid and a trainable pooling weight in equations 3 to 5, ReLU and plain pooling in section 3.2.1',
    chosen: 'section 3.2.1',
  },
  {
    key: 'loss',
    paper: 'the binary form of cross-entropy (eq. 14) with three classes',
    chosen: 'categorical cross-entropy',
  },
  {
    key: 'training.schedule',
    paper: '“a learning rate decay strategy”',
    chosen: 'halved every 5 epochs',
  },
  {
    key: 'training.noise, training.timeShift',
    paper: 'Gaussian noise and a window slid in time, without sizes',
    chosen: '0.05 training deviations; up to 2 sessions earlier, never later',
  },
  {
    key: 'portfolio',
    paper: 'nothing of how forecasts become holdings',
    chosen: 'the 50 highest P(buy) − P(sell), equally weighted, once a week, filled at the next open',
  },
  {
    key: 'backtest',
    paper: 'a transaction cost of 0.0005',
    chosen:
      '5 basis points a side, and stamp duty, transfer fee, lots, limits and settlement as the law of the day has them',
  },
  {
    key: 'test',
    paper: '672,000 samples of 280 stocks over 2022 and 2023, which have 484 sessions',
    chosen: 'every member on every session, once',
  },
  {
    key: 'risk-free rate',
    paper: 'R_f in eq. 15, without a value',
    chosen: 'the store’s one-year government yield, or 0 where it has none, and said',
  },
];

/** What the paper does, as far as it says, that looks ahead; each by its key of `asWritten`. */
export const AS_WRITTEN_LEAKS = {
  macroInterpolation:
    'Macro figures are interpolated linearly between the ends of their periods: each day knows the next figure, and none waits for its release.',
  wholeSampleScaler: 'Means and deviations of the features are those of all rows, the test’s included.',
  survivors: 'Stocks that were delisted by the end of the store are left out from the beginning.',
} as const;

export type AsWrittenLeak = keyof typeof AS_WRITTEN_LEAKS;

/** The choice that each leak takes back. */
const TAKEN_BACK: { readonly [K in AsWrittenLeak]: string } = {
  macroInterpolation: 'macro',
  wholeSampleScaler: 'scaler',
  survivors: 'universe',
};

/** The choices that stand beside what is done as written. */
export function choicesBeside(asWritten: { readonly [K in AsWrittenLeak]: boolean } | null): readonly PaperChoice[] {
  const leaks = Object.keys(TAKEN_BACK) as AsWrittenLeak[];
  const taken = new Set(leaks.filter((leak) => asWritten?.[leak]).map((leak) => TAKEN_BACK[leak]));
  return PAPER_CHOICES.filter(({ key }) => !taken.has(key));
}
