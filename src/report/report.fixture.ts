import {
  attributeReturns,
  compareForecasts,
  compareReturns,
  evaluateForecasts,
  evaluateStrategy,
  extremeTrades,
  type JudgedForecasts,
  marketRegimes,
  measuresByRegime,
  type RoundTrip,
  resampledPerformance,
  type StrategyRecord,
  tearSheet,
} from '../evaluation/index.js';
import { createRng, parseDay, type Rng, weekdayOf } from '../util/index.js';
import { riskSample } from './risk.fixture.js';
import type { ModelReport, ReportData, StrategyReport } from './types.js';

const STOCKS: readonly (readonly [string, string])[] = [
  ['SH600519', '贵州茅台'],
  ['SZ300750', '宁德时代'],
  ['SH601318', '中国平安'],
  ['SH600036', '招商银行'],
  ['SZ000858', '五粮液'],
  ['SZ000333', '美的集团'],
  ['SH601012', '隆基绿能'],
  ['SZ002594', '比亚迪'],
  ['SH600900', '长江电力'],
  ['SH688981', '中芯国际'],
  ['SZ300059', '东方财富'],
  ['SH603259', '药明康德'],
];
const HORIZON = 5;

function sessions(from: string, count: number): Int32Array {
  const dates: number[] = [];
  for (let day = parseDay(from); dates.length < count; day++) if (weekdayOf(day) < 5) dates.push(day);
  return Int32Array.from(dates);
}

/** Forecasts whose score leans on what comes by `skill`; 0 is none. */
function forecasts(
  dates: Int32Array,
  stocks: number,
  skill: number,
  rng: Rng,
  outcomes: Float32Array,
): JudgedForecasts {
  const length = dates.length * stocks;
  const pick = (write: (row: number) => number) => Float32Array.from({ length }, (_, row) => write(row));
  const score = pick((row) => skill * outcomes[row] * 20 + 0.35 * rng.normal());
  const hold = pick(() => 0.4 + 0.08 * rng.normal());
  const weight = (row: number) => [Math.exp(score[row] - 0.15), Math.exp(hold[row]), Math.exp(-score[row] - 0.15)];
  const share = (k: number) => (row: number) => weight(row)[k] / weight(row).reduce((sum, value) => sum + value, 0);
  return {
    length,
    date: Int32Array.from({ length }, (_, row) => dates[Math.floor(row / stocks)]),
    pBuy: pick(share(0)),
    pHold: pick(share(1)),
    pSell: pick(share(2)),
    label: Uint8Array.from(outcomes, (value) => (value > 0.02 ? 0 : value < -0.02 ? 2 : 1)),
    forwardReturn: outcomes,
  };
}

function constantForecasts(like: JudgedForecasts): JudgedForecasts {
  const fill = (value: number) => new Float32Array(like.length).fill(value);
  return { ...like, pBuy: fill(0.3), pHold: fill(0.42), pSell: fill(0.28) };
}

export interface FixtureOptions {
  readonly skill?: number;
  readonly kind?: 'real' | 'null' | 'planted';
  readonly sessions?: number;
}

function sheetOf(dates: Int32Array, rng: Rng) {
  const cells = 20 * dates.length;
  const open = Float64Array.from({ length: cells }, () => 10 + rng.normal());
  const bars = {
    ...{ symbols: Array.from({ length: 20 }, (_, s) => `S${s}`), dates, open },
    adjFactor: new Float64Array(cells).fill(1),
    suspended: new Uint8Array(cells),
    flags: new Uint8Array(cells),
  };
  const scores = open.map(() => rng.normal());
  return tearSheet(bars, scores, { first: 0, last: dates.length - 1, horizonDays: HORIZON, quantiles: 5 });
}

function attributionOf({ returns }: StrategyRecord, market: StrategyRecord, universe: StrategyRecord) {
  const factors = [
    { name: 'market', returns: market.returns },
    { name: 'size', returns: universe.returns.map((value, i) => value - market.returns[i]) },
  ];
  const riskFree = new Float64Array(returns.length);
  return {
    capm: attributeReturns(returns, riskFree, factors.slice(0, 1), 252),
    factors: attributeReturns(returns, riskFree, factors, 252),
  };
}

/** A made-up run, the same at every call: 484 sessions of 2022-2023, forty stocks, five models, six strategies. */
export function sampleReport({ skill = 0.004, kind = 'real', sessions: count = 484 }: FixtureOptions = {}): ReportData {
  const rng = createRng('report fixture');
  const history = sessions('2021-09-01', 88 + count);
  const dates = history.slice(88);
  const indexReturns = Float64Array.from(history, () => -0.0006 + 0.011 * rng.normal());
  let level = 5000;
  const indexClose = indexReturns.map((change) => {
    level *= 1 + change;
    return level;
  });
  const plain = { dates, turnover: null, costs: null, roundTrips: null };
  const benchmark: StrategyRecord = { ...plain, returns: indexReturns.slice(88) };
  const universe: StrategyRecord = {
    ...plain,
    returns: benchmark.returns.map((r) => 0.95 * r + 0.0003 + 0.002 * rng.normal()),
  };
  const trips: RoundTrip[] = Array.from({ length: 60 }, (_, i) => {
    const [symbol, name] = STOCKS[i % STOCKS.length];
    const gain = 0.06 * rng.normal() + 0.002;
    const entry = i * Math.floor(count / 62);
    return { symbol, name, entryDate: dates[entry], exitDate: dates[entry + 5], profit: 200_000 * gain, return: gain };
  });
  const traded = (drift: number): StrategyRecord => ({
    dates,
    returns: universe.returns.map((r) => 1.02 * r + drift + 0.004 * rng.normal()),
    turnover: Float64Array.from(dates, (_, i) => (i % 5 === 0 ? 0.28 + 0.05 * rng.uniform() : 0)),
    costs: Float64Array.from(dates, (_, i) => (i % 5 === 0 ? 0.0006 : 0)),
    roundTrips: trips,
  });

  const outcomes = Float32Array.from({ length: dates.length * 40 }, () => 0.035 * rng.normal() - 0.002);
  const judged = forecasts(dates, 40, skill, rng, outcomes);
  const strategy = traded(skill > 0.02 ? 0.0009 : -0.0001);
  const model = (
    id: string,
    role: ModelReport['role'],
    rows: JudgedForecasts,
    parameters: number | null,
  ): ModelReport => ({
    id,
    name: id,
    role,
    parameters,
    measures: evaluateForecasts(rows, HORIZON),
  });
  const money = (id: string, role: StrategyReport['role'], record: StrategyRecord): StrategyReport => ({
    id,
    name: id,
    role,
    dates,
    returns: record.returns,
    measures: evaluateStrategy(record, {
      benchmark: role === 'benchmark' ? null : benchmark,
      universe: role === 'universe' ? null : universe,
      rng: createRng('report fixture', id),
    }),
  });
  const synthetic = kind !== 'real';
  return {
    title: synthetic ? `Synthetic market (${kind}) · CNN-LSTM` : 'CSI 300 · CNN-LSTM',
    market: {
      title: synthetic ? `Synthetic market (${kind}, seed 7)` : 'CSI 300 (Qlib)',
      source: synthetic ? `synthetic ${kind}, seed 7` : 'Qlib binary layout, folder csi300-qlib',
      kind,
      instruments: 730,
      universeSize: 298.4,
      from: parseDay('2009-12-31'),
      to: dates[dates.length - 1],
      sessions: 3401,
      benchmarkName: synthetic ? 'SYN 300' : 'CSI 300',
      benchmarkKind: 'price',
      findings: [
        {
          kind: 'member-without-bars',
          title: 'Index members without bars',
          count: 39,
          example: 'SH600005, member 2010-01-04 … 2013-12-30',
          action: 'missing from the universe: results are biased towards survivors',
        },
        {
          kind: 'suspended',
          title: 'Suspended days',
          count: 104_233,
          example: 'SZ000002 2015-12-21',
          action: 'kept at the last close with volume 0, untradeable',
        },
        { kind: 'high-below-low', title: 'Bars that fail low ≤ open, close ≤ high', count: 0, example: '', action: '' },
        {
          kind: 'custom',
          title: 'A finding of <someone> & "others"',
          count: 1,
          example: "SH600000 o'clock",
          action: 'kept',
        },
      ],
      off: synthetic
        ? []
        : [
            { what: 'feature AMOUNT', why: 'the source has no amount' },
            { what: 'ST rules (±5 % limit, screening)', why: 'the source has no flag of special treatment' },
          ],
    },
    samples: {
      label: {
        kind: 'volatility',
        horizonDays: HORIZON,
        definition:
          'return from the open of t+1 to the open of t+6; buy above +0.5 σ, sell below −0.5 σ, σ the stock’s trailing 60-day volatility × √5',
      },
      window: 20,
      features: [
        { group: 'price-volume', names: ['OPEN', 'HIGH', 'LOW', 'CLOSE', 'VOLUME'] },
        {
          group: 'technical',
          names: ['SMA_5', 'SMA_10', 'EMA_12', 'MACD', 'MACD_SIGNAL', 'RSI_14', 'ATR_14', 'OBV_20'],
        },
      ],
      splits: [
        {
          name: 'train',
          from: parseDay('2010-01-04'),
          to: parseDay('2020-12-31'),
          sessions: 2674,
          samples: 801_223,
          purged: 1788,
        },
        {
          name: 'validation',
          from: parseDay('2021-01-04'),
          to: parseDay('2021-12-31'),
          sessions: 243,
          samples: 72_450,
          purged: 1790,
        },
        {
          name: 'test',
          from: dates[0],
          to: dates[dates.length - 1],
          sessions: count,
          samples: judged.length,
          purged: 0,
        },
      ],
      screening: [{ reason: 'listed less than 60 sessions', count: 812, example: 'SH601138 2018-07-02' }],
      drops: [{ reason: 'incomplete window', count: 30_112, example: 'SZ300750 2018-07-02' }],
    },
    models: [
      model('cnn-lstm', 'subject', judged, 468_227),
      model('logistic', 'baseline', forecasts(dates, 40, skill / 2, rng, outcomes), 6483),
      model('majority-class', 'placebo', constantForecasts(judged), null),
      model('shuffled-labels', 'placebo', forecasts(dates, 40, 0, rng, outcomes), 468_227),
    ],
    strategies: [
      money('cnn-lstm', 'subject', strategy),
      money('logistic', 'baseline', traded(-0.0001)),
      money('shuffled-labels', 'placebo', traded(-0.0003)),
      money('universe', 'universe', universe),
      money('benchmark', 'benchmark', benchmark),
    ],
    bayes: kind === 'planted' ? { accuracy: 0.512, rankIc: 0.121 } : null,
    training: {
      description: 'Adam (β 0.9 and 0.999, ε 1e-8), rate 0.001; batches of 64; mixup with α 0.2',
      trainLoss: Array.from({ length: 18 }, (_, i) => 1.065 - 0.03 * (1 - Math.exp(-i / 5))),
      validationLoss: Array.from({ length: 18 }, (_, i) => 1.07 - 0.012 * Math.exp(-((i - 7) ** 2) / 30)),
      bestEpoch: 8,
      stoppedEarly: true,
    },
    regimes: measuresByRegime(judged, HORIZON, strategy, benchmark, marketRegimes(history, indexClose)),
    portfolio: {
      policy: 'top 50 by P(buy) − P(sell), equal weights, every 5 sessions at the next open',
      costs: 'A-share rulebook: commission 3 bp (at least 5), stamp duty on sales, transfer fee, half-spread 2 bp',
      initialCapital: 10_000_000,
      holdings: STOCKS.slice(0, 8).map(([symbol, name], i) => ({
        symbol,
        name,
        weight: 0.021 - i / 2000,
        score: 0.3 - i / 50,
      })),
      holdingsDate: dates[dates.length - 1],
      ...extremeTrades(trips, 5),
      rejections: [{ reason: 'limit-up', count: 31, example: 'SZ300750 2022-04-27' }],
    },
    trials: {
      from: dates[0],
      to: dates[dates.length - 1],
      ...{ own: 9, others: 23, elsewhere: 60, aligned: 31, independent: 8.4, sharpeDeviation: 0.41 },
      deflated: { sharpe: 0.62, threshold: 0.59, probability: 0.52 },
      deflatedLead: { sharpe: 0.9, threshold: 0.84, probability: 0.54 },
      overfitting: { probability: 0.413, probabilityOfLoss: 0.37, blocks: 16 },
      superior: { best: 'logistic', p: 0.214, realityCheckP: 0.301 },
    },
    risk: riskSample(dates, [
      ['all', strategy],
      ['stop-loss', traded(-0.0001)],
      ['drawdown', traded(-0.0002)],
      ['none', traded(-0.0003)],
    ]),
    significance: {
      subject: 'cnn-lstm',
      models: [
        {
          id: 'logistic',
          ...compareForecasts(judged, forecasts(dates, 40, 0, rng, outcomes), {
            horizonDays: HORIZON,
            rng: createRng('report fixture', 'pairs'),
          }),
          pHolm: 0.4,
        },
      ],
      strategies: [
        {
          id: 'benchmark',
          ...compareReturns(strategy.returns, benchmark.returns, createRng('report fixture', 'pairs')),
          pHolm: 0.4,
        },
      ],
      resampled: resampledPerformance(strategy.returns, {
        rng: createRng('report fixture', 'resampled'),
        basis: { sessionsPerYear: 252, riskFree: 0 },
        against: [{ id: 'benchmark', returns: benchmark.returns }],
        replications: 50,
      }),
    },
    attribution: {
      strategies: [
        { id: 'cnn-lstm', ...attributionOf(strategy, benchmark, universe) },
        { id: 'universe', ...attributionOf(universe, benchmark, universe) },
      ],
      factors: [{ name: 'market', annualMean: -0.12, t: -0.8, p: 0.42, sessions: count }],
      missing: ['value'],
    },
    scoreSheets: [{ id: 'cnn-lstm', ...sheetOf(dates, rng) }],
    riskFree: 0,
    sessionsPerYear: 252,
    notes: [
      'Without a table of corporate actions the change of the factor is paid out as a reinvestment on the ex-day.',
    ],
    configYaml:
      '# candlenet\nmarket:\n  store: ./store\n  index: csi300\nlabel: { kind: volatility, horizonDays: 5, k: 0.5 }\n',
    provenance: {
      runId: '3f9c2a71',
      version: '0.1.0',
      seed: 1,
      workers: 2,
      hashes: [
        { name: 'market store', sha256: 'a3'.repeat(32) },
        { name: 'configuration', sha256: '5b'.repeat(32) },
      ],
      environment: [
        { name: 'Node', value: 'v20.20.2' },
        { name: 'ONNX Runtime', value: '1.30.0' },
      ],
      timesTestOpened: 3,
      timings: [
        { step: 'features', seconds: 21.4 },
        { step: 'training', seconds: 3145 },
        { step: 'back-test', seconds: 6.2 },
      ],
      trainingSamplesPerSecond: 5412,
      peakMemoryBytes: 2.4e9,
    },
  };
}
