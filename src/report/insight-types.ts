import type { IndustryContribution, IndustrySkill, MonthSkill, PeriodMeasures } from '../evaluation/index.js';
import type { AttentionMap, AttributionProfile, PermutationImportance } from '../explain/index.js';
import type { Day } from '../util/index.js';

export type ImportanceMeasure = 'rankIc' | 'accuracy' | 'logLoss';

/** One sample's window, and what each of its values adds to the score. */
export interface ExplainedSample {
  readonly symbol: string;
  readonly date: Day;
  readonly score: number;
  /** [window × features], standardised. */
  readonly values: Float32Array;
  readonly attributions: Float64Array;
}

/** What a network goes by: that of the last fold, where a protocol has several. */
export interface ExplanationReport {
  readonly fold: string;
  readonly window: number;
  readonly columns: readonly { readonly name: string; readonly group: string }[];
  /** Null where it was not asked for. */
  readonly permutation: {
    readonly on: 'validation' | 'test';
    readonly groups: PermutationImportance<ImportanceMeasure> | null;
    readonly features: PermutationImportance<ImportanceMeasure> | null;
  } | null;
  readonly gradients: {
    readonly steps: number;
    /** Score of a window of training means. */
    readonly baseline: number;
    readonly profile: AttributionProfile;
    /** The highest and the lowest score of the samples. */
    readonly examples: readonly ExplainedSample[];
  } | null;
  /** Empty where the network has no attention. */
  readonly attention: readonly AttentionMap[] | null;
}

/** The strategy in question under a flat one-way cost rate and a rebalancing period. */
export interface TradedPoint {
  readonly costBps: number;
  readonly rebalance: string | number;
  readonly annualisedReturn: number;
  /** Over holding the universe; null without one. */
  readonly excessOverUniverse: number | null;
  readonly excessOverBenchmark: number | null;
  readonly sharpe: number;
  readonly maxDrawdown: number;
  readonly annualTurnover: number;
}

/** The network trained again for another training window or horizon, on the sensitivity's own budget. */
export interface RefitPoint {
  /** Null is the run's own training period. */
  readonly trainYears: number | null;
  readonly horizonDays: number;
  readonly trainSamples: number;
  readonly accuracy: number;
  readonly majorityRate: number;
  readonly rankIc: number;
  readonly rankIcT: number;
  readonly annualisedReturn: number;
  readonly excessOverUniverse: number | null;
  readonly sharpe: number;
}

export interface SensitivityReport {
  readonly traded: readonly TradedPoint[];
  readonly refits: readonly RefitPoint[];
  readonly budget: { readonly maxEpochs: number; readonly samplesPerEpoch: number | null };
}

export interface JudgedPeriod extends PeriodMeasures {
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
}

/** Skill and money part by part. */
export interface PartsReport {
  readonly months: readonly MonthSkill[];
  /** Empty where the store knows no industries. */
  readonly industries: readonly IndustrySkill[];
  /** What each industry brought to the strategy in question; absent where the store knows none, and in older reports. */
  readonly contributions?: readonly IndustryContribution[];
  readonly periods: readonly JudgedPeriod[];
}
