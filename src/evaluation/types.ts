import type { Day } from '../util/index.js';

/** Codes of the classes: 0 buy, 1 hold, 2 sell. */
export const FORECAST_CLASSES = ['buy', 'hold', 'sell'] as const;
export type ForecastClass = (typeof FORECAST_CLASSES)[number];
/** A row without a label; left out of every measure of classification. */
export const UNLABELLED = 255;

/** Those of forecasts that know no hold. */
export const TWO_FORECAST_CLASSES: readonly ForecastClass[] = ['buy', 'sell'];

/** Numbers by session; both arrays have one length, dates ascend. An undefined value is NaN. */
export interface DatedSeries {
  readonly dates: Int32Array;
  readonly values: Float64Array;
}

/**
 * Forecasts of one model beside what came true, row by row: a forecast table with two columns more. Rows ascend by date.
 */
export interface JudgedForecasts {
  readonly length: number;
  readonly date: Int32Array;
  readonly pBuy: Float32Array;
  /** NaN throughout where the model knows two classes, buy and sell. */
  readonly pHold: Float32Array;
  readonly pSell: Float32Array;
  /** 0 buy, 1 hold, 2 sell, 255 where none. */
  readonly label: Uint8Array;
  /** Return over the label's horizon, open t+1 to open t+1+h; NaN where none. */
  readonly forwardReturn: Float32Array;
  /** Of a model that forecasts a number, whose probabilities are NaN; absent where it knows classes. */
  readonly score?: Float32Array;
}

export interface ClassMeasures {
  readonly className: ForecastClass;
  /** Share of the forecasts of this class that came true: what the paper calls the accuracy of the class's signal. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Rows that truly belong to the class, and rows forecast as it. */
  readonly support: number;
  readonly predicted: number;
}

/** One bin of a reliability diagram: rows whose forecast probability lies in [from, to). */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanForecast: number;
  readonly observedShare: number;
}

export interface ClassificationMeasures {
  readonly samples: number;
  /** The classes the forecasts are of: buy, hold and sell, or buy and sell. What is listed by class is in this order. */
  readonly classes: readonly ForecastClass[];
  readonly accuracy: number;
  /** Shares of the classes among the true labels. */
  readonly classShares: readonly number[];
  /** Accuracy of always naming the most frequent class of this very sample. */
  readonly majorityRate: number;
  readonly majorityClass: ForecastClass;
  readonly perClass: readonly ClassMeasures[];
  readonly macroPrecision: number;
  readonly macroRecall: number;
  readonly macroF1: number;
  /** Matthews correlation, multi-class (Gorodkin 2004). */
  readonly mcc: number;
  /** Mean −ln P(true class), in nats; probabilities are clipped at 1e-15. */
  readonly logLoss: number;
  /** [true class][forecast class], counts. */
  readonly confusion: readonly (readonly number[])[];
  /** Of the probability of each class: ten equal bins each. */
  readonly calibration: readonly (readonly CalibrationBin[])[];
  /** Σ over bins of share · |forecast − observed|, mean over the classes. */
  readonly calibrationError: number;
}

/** The mean of a daily statistic against a null value, with errors that allow for overlapping labels. */
export interface DailyStatistic {
  readonly days: number;
  readonly mean: number;
  /** Standard deviation over days, n − 1. */
  readonly sd: number;
  /** Newey-West t of the mean, its lag, and the two-sided p-value (Student, days − 1). */
  readonly t: number;
  readonly lags: number;
  readonly p: number;
}

export interface SignalMeasures {
  /** Pearson correlation, by day, of P(buy) − P(sell), or of the number forecast, with the forward return. */
  readonly ic: DailyStatistic;
  /** The same with Spearman's. */
  readonly rankIc: DailyStatistic;
  /** Mean over standard deviation of the daily (rank) IC; not annualised. */
  readonly icir: number;
  readonly rankIcir: number;
  readonly dailyIc: DatedSeries;
  readonly dailyRankIc: DatedSeries;
}

/**
 * Can the model tell what will be a buy from what will be a sell? By day, the chance that a row that became a buy had
 * the higher P(buy) − P(sell) than one that became a sell (the area under the ROC curve), ties counting half. 0.5 is
 * no skill, whatever the market did and however predictable its volatility is.
 */
export interface DirectionSkill {
  /** Daily area under the curve minus 0.5. */
  readonly edge: DailyStatistic;
  /** Mean daily area under the curve. */
  readonly auc: number;
  /** Of the rows forecast buy or sell that became buy or sell: the share named rightly, and their number. */
  readonly hitRate: number;
  readonly calls: number;
}

/** Everything said about one model's forecasts. Measures that do not exist for it are NaN. */
export interface ForecastMeasures {
  /** Null for forecasts of a number. */
  readonly classification: ClassificationMeasures | null;
  readonly signal: SignalMeasures;
  readonly direction: DirectionSkill;
}

/** One closed trade: a position from its first share bought to its last share sold. */
export interface RoundTrip {
  readonly symbol: string;
  /** Empty where the store has none. */
  readonly name: string;
  readonly entryDate: Day;
  readonly exitDate: Day;
  /** In currency, after costs. */
  readonly profit: number;
  /** Profit over the money put in. */
  readonly return: number;
}

/**
 * What a strategy did over a period, session by session. `returns[i]` is the simple return of session i after costs;
 * the first is measured from the last close before the period.
 */
export interface StrategyRecord {
  readonly dates: Int32Array;
  readonly returns: Float64Array;
  /** Money bought plus sold over twice the equity at the last close; null where it makes no sense. */
  readonly turnover: Float64Array | null;
  /** Costs of the session over the equity at the last close; null where there are none to speak of. */
  readonly costs: Float64Array | null;
  /** Null for a benchmark, which does not trade. */
  readonly roundTrips: readonly RoundTrip[] | null;
}

export interface MonthReturn {
  readonly year: number;
  /** 1 … 12. */
  readonly month: number;
  readonly return: number;
  readonly sessions: number;
}

/** Half 1 is January to June. */
export interface HalfYearReturn {
  readonly year: number;
  readonly half: 1 | 2;
  readonly return: number;
  readonly sessions: number;
}

/** A point estimate with its bootstrap interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Such as 0.95. */
  readonly level: number;
}

/** The mean of a daily difference between two models or strategies, tested against 0. */
export interface PairedDifference {
  readonly days: number;
  readonly mean: number;
  /** Newey-West t, its lag and two-sided p (Student, days − 1). */
  readonly t: number;
  readonly lags: number;
  readonly p: number;
  /** Of Wilcoxon's signed ranks of the daily differences, which takes days as independent. */
  readonly wilcoxonP: number;
  /** Of the mean, by stationary bootstrap with this expected block of days. */
  readonly interval: Interval;
  readonly meanBlock: number;
}

/** One model's accuracy less another's. */
export interface PairedForecasts extends PairedDifference {
  /** Rows that both forecast and that have a label. */
  readonly samples: number;
  /** Rows that only the one had right; the test takes rows as independent, which those of one day are not. */
  readonly mcNemar: {
    readonly onlySubject: number;
    readonly onlyOther: number;
    /** With the correction for continuity, and exact. */
    readonly p: number;
    readonly pExact: number;
  };
}

export interface FactorExposure {
  readonly name: string;
  readonly beta: number;
  readonly standardError: number;
  readonly t: number;
  readonly p: number;
}

/** What of a strategy's excess return goes with factors, and what is left. */
export interface Attribution {
  readonly sessions: number;
  /** Of one session, and times the sessions of a year. */
  readonly alpha: number;
  readonly annualAlpha: number;
  /** Of `alpha`: Newey-West. */
  readonly standardError: number;
  readonly t: number;
  readonly p: number;
  readonly exposures: readonly FactorExposure[];
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  readonly lags: number;
}

export interface PerformanceMeasures {
  readonly sessions: number;
  readonly totalReturn: number;
  /** ln(1 + total): the sum of the sessions' logarithmic returns. */
  readonly logReturn: number;
  /** Of one session, arithmetic. */
  readonly meanReturn: number;
  /** (1 + total)^(sessions per year / n) − 1. */
  readonly annualisedReturn: number;
  /** Standard deviation of daily returns, n − 1, × √(sessions per year). */
  readonly volatility: number;
  /** The paper's (15): (mean daily return − risk-free) over standard deviation, × √(sessions per year). */
  readonly sharpe: number;
  readonly sortino: number;
  readonly calmar: number;
  /** ≤ 0, from the last close before the period on. */
  readonly maxDrawdown: number;
  /** Sessions from the peak before the maximum drawdown to its lowest point. */
  readonly maxDrawdownSessions: number;
  readonly skew: number;
  /** Fourth standardised moment − 3. */
  readonly excessKurtosis: number;
  /** Loss of the worst 5 % of sessions: quantile, and mean beyond it; positive is a loss. */
  readonly valueAtRisk95: number;
  readonly expectedShortfall95: number;
  /** 95 % quantile of the daily returns over the size of the 5 % quantile: above 1, gains reach further than losses. */
  readonly tailRatio: number;
  /** Share of sessions with a gain. */
  readonly winningSessions: number;
}

/** A strategy against a benchmark, session by session. */
export interface RelativeMeasures {
  /** Annualised return less the benchmark's. */
  readonly excessReturn: number;
  /** Mean daily active return over its standard deviation, × √(sessions per year). */
  readonly informationRatio: number;
  readonly trackingError: number;
  readonly beta: number;
  readonly correlation: number;
  /** Newey-West t of the mean daily active return, and its two-sided p. */
  readonly t: number;
  readonly p: number;
}

export interface TradingMeasures {
  /** Mean daily one-way turnover × sessions per year. */
  readonly annualTurnover: number;
  /** Costs over the period as a share of equity, and the annualised return they took. */
  readonly totalCosts: number;
  readonly costDrag: number;
  readonly annualisedReturnBeforeCosts: number;
  readonly roundTrips: number;
  /** Share of closed trades with a gain. */
  readonly winRate: number;
  readonly meanTradeReturn: number;
}

export interface StrategyMeasures {
  readonly performance: PerformanceMeasures;
  /** Against the benchmark; null for the benchmark itself. */
  readonly relative: RelativeMeasures | null;
  /** Against holding the universe with its dividends, the fairer comparison; null for the universe, or without one. */
  readonly versusUniverse: RelativeMeasures | null;
  /** Null where the record has neither turnover, costs nor trades. */
  readonly trading: TradingMeasures | null;
  readonly months: readonly MonthReturn[];
  readonly halves: readonly HalfYearReturn[];
  /** Of the annualised Sharpe ratio, by stationary bootstrap; null where not asked for. */
  readonly sharpeInterval: Interval | null;
}

export const REGIMES = ['bull', 'volatile', 'bear'] as const;
export type Regime = (typeof REGIMES)[number];

/** The market's state as known after the close of each date; null before there is enough history. */
export interface RegimeSeries {
  readonly dates: Int32Array;
  readonly states: readonly (Regime | null)[];
  /** Trailing return of the benchmark that decided it. */
  readonly trailingReturn: Float64Array;
}

/** One regime's share of the period and what the model and the strategy did in it. */
export interface RegimeMeasures {
  readonly regime: Regime;
  readonly sessions: number;
  readonly samples: number;
  readonly accuracy: number;
  readonly majorityRate: number;
  readonly rankIc: DailyStatistic;
  /** Compounded over the regime's sessions only. */
  readonly strategyReturn: number;
  readonly benchmarkReturn: number;
}
