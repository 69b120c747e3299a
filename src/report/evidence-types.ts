import type {
  Attribution,
  PairedDifference,
  PairedForecasts,
  ResampledPerformance,
  TearSheet,
} from '../evaluation/index.js';
import type { Day } from '../util/index.js';

/** `pHolm`: the Newey-West p corrected for all comparisons of its list. */
export type ComparedReport<Test> = Test & { readonly id: string; readonly pHolm: number };

/** The model in question against each other one by day, and its strategy against each other. */
export interface SignificanceReport {
  readonly subject: string;
  readonly models: readonly ComparedReport<PairedForecasts>[];
  readonly strategies: readonly ComparedReport<PairedDifference>[];
  /** The test drawn anew; null for a short one, absent in older reports. */
  readonly resampled?: ResampledPerformance | null;
}

/** A model's score as a factor. */
export type ScoreSheetReport = TearSheet & { readonly id: string };

/** What of the strategies' returns goes with the market and with factors made from the store. */
export interface AttributionReport {
  readonly strategies: readonly { readonly id: string; readonly capm: Attribution; readonly factors: Attribution }[];
  readonly factors: readonly {
    readonly name: string;
    readonly annualMean: number;
    readonly t: number;
    readonly p: number;
    readonly sessions: number;
  }[];
  /** Factors that the store cannot give. */
  readonly missing: readonly string[];
}

/** A Sharpe ratio, annualised, in the light of all that was tried. */
export interface DeflatedReport {
  readonly sharpe: number;
  /** What the best of so many trials without skill is expected to show. */
  readonly threshold: number;
  /** That the true ratio lies above the threshold. */
  readonly probability: number;
}

/** All that was tried on the days of the test period, from the trial ledger, and what that leaves of the figures. */
export interface TrialsReport {
  readonly from: Day;
  readonly to: Day;
  /** Configurations of this run, and of others, that were judged on days of the period. */
  readonly own: number;
  readonly others: number;
  /** Of others, judged on other days of the market alone: not counted. */
  readonly elsewhere: number;
  /** Of the counted, those with a return on every day of the period. */
  readonly aligned: number;
  /** Independent trials that the counted ones, which resemble one another, are worth. */
  readonly independent: number;
  /** Standard deviation over the trials of their annualised Sharpe ratios; NaN for one. */
  readonly sharpeDeviation: number;
  readonly deflated: DeflatedReport;
  /** Of the daily lead over holding the universe, or the index where there is no such record. */
  readonly deflatedLead: DeflatedReport;
  /** By combinatorially symmetric cross-validation; null for few trials or sessions. */
  readonly overfitting: {
    /** That the best trial of one half of the sessions is below the middle in the other half. */
    readonly probability: number;
    readonly probabilityOfLoss: number;
    readonly blocks: number;
  } | null;
  /** Could the trial with the largest lead be luck? Hansen's test and White's reality check; null where nothing can be resampled. */
  readonly superior: { readonly best: string; readonly p: number; readonly realityCheckP: number } | null;
}
