/** What the commented configuration of `candlenet init` is filled with. */
export interface TemplateValues {
  readonly name: string;
  readonly store: string;
  readonly index: string;
  readonly train: readonly [string, string];
  readonly validate: readonly [string, string];
  readonly test: readonly [string, string];
}

export const CSI300_TEMPLATE: TemplateValues = {
  name: 'csi300',
  store: 'stores/csi300',
  index: 'csi300',
  train: ['2010-01-04', '2020-12-31'],
  validate: ['2021-01-04', '2021-12-31'],
  test: ['2022-01-04', '2023-12-29'],
};

const period = ([from, to]: readonly [string, string]) => `[${from}, ${to}]`;

/** A complete configuration with every key, its default and what it means. */
export function configTemplate(values: TemplateValues): string {
  return `# One experiment: what goes in, what is learnt, how it is traded. Every key but market and split may be left out.
name: ${values.name}

market:
  store: ${values.store}          # market store folder, relative to this file (candlenet import … --store)
  index: ${values.index}                 # universe on day t = members of this index on day t; also the benchmark

screening: null                 # as of each date; { minListedYears: 3, suspension: { windowDays: 60, maxSessions: 20 }, specialTreatment: true }

features:
  groups: [price-volume, technical]
  expressions: {}               # factors of one's own, { reversal: "mean(close, 5) / close - 1" }; docs/expressions.md
  news:
    classifier: null            # scorer of news: null is the built-in lexicons; or { model: finbert.onnx, vocabulary: vocab.txt, classes: [positive, negative, neutral] }
  own: []                       # features of one's own by name, given to defineFeature in a module loaded with node --import
  window: 20                    # sessions in one sample, the signal's day included
  maxMissing: 0.05              # a column with more missing in training is left out, and the report says so
  clipSigma: 5                  # standardised values are clipped at ± this many training deviations

label:                          # from the forward return, open of t+1 to open of t+1+horizonDays
  kind: volatility              # buy above +k·σ·√h, sell below −k·σ·√h; or: threshold (theta, thetaSell), triple-barrier (k), quantile (share); or a number, return or rank: docs/labels.md
  horizonDays: 5
  classes: 3                    # 2: buy and sell alone, and a day between is no sample
  k: 0.5
  volatilityDays: 60            # σ is the stock's own trailing volatility over these days

split:                          # boundaries are purged by the label's reach
  kind: static                  # or walk-forward, cross-validation, combinatorial: docs/protocols.md
  train: ${period(values.train)}
  validate: ${period(values.validate)}
  test: ${period(values.test)}
  embargoDays: 0

model:                          # Shen & Zhuo (2026), 3.2.1
  name: cnn-lstm                # or cnn, lstm, cnn-lstm-optimised; docs/models.md has the options of each
  filters: [64, 128]
  kernelWidth: 3
  hidden: 256
  dense: 128
  dropout: 0.3
  activation: relu              # of the convolutions; or sigmoid, tanh

training:
  seed: 1
  workers: 2                    # threads; same count, seed and inputs give the same bits
  batchSize: 64
  maxEpochs: 200
  patience: 10                  # epochs without a better validation loss
  learningRate: 0.001
  schedule: { kind: step, everyEpochs: 5, factor: 0.5 }   # or cosine (finalRate), or constant
  warmUp: null                  # { length: 500, unit: steps (or epochs), startFactor: 0.01 }: the rate rises linearly to the schedule's
  optimiser: { kind: adam, beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8 }   # or adamw (weightDecay, decayed), or sgd (momentum, nesterov, …)
  clipNorm: 1                   # global gradient norm; null: off
  samplesPerEpoch: null         # null: all
  validationSamples: null       # null: all; or so many, drawn once
  provider: cpu                 # or webgpu, cuda, auto; where it cannot be had a line says so and the CPU computes
  checkpointMinutes: 5          # between checkpoints within an epoch, for the worst that a crash can lose
  # What follows is off; docs/training.md has formulas and sources.
  loss: null                    # of a label that is a number: huber or mse; null is huber for return, mse for rank
  labelSmoothing: 0             # share of the target spread over the classes, such as 0.1
  classWeights: null            # balanced, or [buy, hold, sell]; [buy, sell] with two classes
  mixup: null                   # { alpha: 0.2 }: mixes pairs of samples
  noise: null                   # { sigma: 0.05 }: normal noise on the standardised inputs
  timeShift: null               # { maxSessions: 2 }: training windows may end that much earlier, never later
  adversarial: null             # { epsilon: 0.02, weight: 0.5 }: fast-gradient-sign examples

ensemble: null                  # { members: 5, vary: [seed, augmentation], weighting: rolling }: networks averaged; docs/ensemble-and-online.md
online: null                    # { every: month, epochs: 1, learningRate: 0.0001, replayShare: 0.5 }: learns on within the test

baselines:                      # on the same windows; false leaves one out, {} is every default: docs/baselines.md
  logisticRegression: { c: 1, maxIterations: 200, maxSamples: null }   # where the label has classes
  ridgeRegression: { alpha: 1, maxSamples: null }                      # where it is a number
  randomForest: false           # { trees: 100, maxDepth: null, minSamplesLeaf: 50, maxFeatures: sqrt, maxSamples: null }
  gradientBoosting: false       # { iterations: 500, learningRate: 0.05, maxLeaves: 31, minSamplesLeaf: 100, l2: 1, rowShare: 0.8, columnShare: 0.5, patience: 20, maxSamples: null }
  svm: false                    # { c: 1, kernel: rbf, gamma: null, exactUpTo: 5000, components: 500, maxIterations: 200, maxSamples: 30000 }
  cnn: false                    # { filters: [64, 128], … }: the options of the model of that name; trained as the network is
  lstm: false                   # { hidden: 256, … }

placebos:
  majorityClass: true
  alwaysBuy: true
  shuffledLabels: true          # the same network on labels in random order
  randomPortfolios: 20          # as many names, as often rebalanced, chosen by lot

portfolio:
  policy: top-k                 # equal weights; or probability-weighted, capitalisation-weighted, minimum-variance,
                                # mean-variance, risk-parity, black-litterman, index-enhancement: docs/portfolio.md
  k: 50                         # names held, by P(buy) − P(sell)
  rebalance: weekly             # signal at the week's last close, fills at the next open; or daily, monthly, every n sessions
  capitalisation: store         # market value, where the store has one; or traded-value, a stand-in
  maxWeight: null               # of one name, such as 0.05; what is cut goes to the others in proportion
  maxIndustryWeight: null
  maxTurnover: null             # one-way, of one rebalancing, as a share of equity
  optimiser:                    # of the last five policies
    lookbackDays: 252           # daily returns behind the covariance
    covariance: ledoit-wolf     # or sample, ewma, constant-correlation, oas
    riskAversion: 5
    ic: 0.05                    # information coefficient that turns scores into expected returns
    tau: 0.05                   # black-litterman: uncertainty of the prior
    marketWeights: traded-value # of market and index: a stand-in; or capitalisation (shares disclosed), or equal
    trackingError: 0.05         # index-enhancement, a year
    maxActive: 0.02             # of one name, from the index's weight
    industryDeviation: 0        # of one industry; 0 is neutral
  strategies:                   # without a model, to compare with; false leaves one out
    momentum: { lookbackDays: 252, skipDays: 21 }
    meanReversion: { lookbackDays: 5 }
    lowVolatility: { days: 60 }
    value: { ratio: pb, staleDays: 30 }         # pb, pe_ttm, ps_ttm or pcf_ttm; where the store has daily ratios
    marketTiming: true          # the index itself, in or out by the network's forecasts of it

risk:                           # over every strategy that chooses stocks; docs/portfolio.md has the rules
  stopLoss: null                # { multiple: 2, horizonDays: 10 }: tighter when volatile, wider when calm
  marketState: null             # { bull: 1, volatile: 0.7, bear: 0.4 }: exposure by the index's trailing return
  correlation: null             # { threshold: 0.6, exposure: 1 }: an alert when holdings move as one; below 1 it also cuts
  drawdown: null                # { threshold: 0.1, exposure: 0.5, maxSessions: 40 }
  volatilityTarget: null        # { target: 0.2 } a year; never above full investment

backtest:
  rulebook: store               # the rulebook that the store names, such as cn-a-share
  capital: 100000000
  commissionBps: null           # a side; null: the rulebook's fixed rate, 2.5 where it is for negotiation. Stamp duty and fees are the rulebook's
  minCommission: null           # of an order; null: the rulebook's, CNY 5 of A shares
  halfSpreadBps: 2.5
  impactCoefficient: 0          # of the square-root law of market impact; usual 0.5 to 1
  fillPrice: open               # of the session after the signal: open, vwap or close
  maxVolumeShare: 0.1           # of the trailing 20-day mean volume
  remainder: cancel             # or carry: what that leaves is tried again in the next session
  delistingRecovery: 1          # of the last price
  dividendTax: true             # by time of holding, as persons and funds pay it; where the store has actions
  sessionsPerYear: 252
  limits: true                  # break-even cost and capacity, some thirty more back-tests

asWritten: null                 # what the paper does that looks ahead, for comparison, watermarked: { macroInterpolation, wholeSampleScaler, survivors }

explain:                        # what the last fold's network goes by; docs/explain.md
  permutation:                  # how much worse it forecasts with columns dealt to the wrong stocks; null: off
    by: group                   # or feature, or both: each column by itself takes as many forecasts as there are columns
    on: validation              # or test, which is then no longer unseen by whoever chooses features by it
    repeats: 3
    maxSamples: 5000            # whole days, evenly spread; null: all
  integratedGradients: null     # { samples: 512, steps: 32 }: what each day and feature of a window adds to the score
  attention: false              # where each head of self-attention looks; cnn-lstm-optimised

sensitivity: null               # { costsBps: [0, 5, 10, 15, 20, 25, 30], rebalance: [daily, weekly, monthly] }: back-tests;
                                # trainYears: [2, 5, 10], horizons: [1, 5, 20]: a training each, of refit: { maxEpochs: 5, samplesPerEpoch: 100000 }

report:
  language: en                  # or zh
  periods:                      # judged by themselves where the test reaches them
    - { name: crash, span: [2015-01-01, 2015-12-31] }
    - { name: trade-war, span: [2018-01-01, 2018-12-31] }
    - { name: pandemic, span: [2020-01-01, 2020-12-31] }

tune: null                      # of candlenet tune: { space: { training.learningRate: { log: [1.0e-4, 1.0e-2] } }, … }; docs/search.md
`;
}
