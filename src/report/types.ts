import type { SplitsInput } from '../charts/index.js';
import type {
  BreakEvenCost,
  Capacity,
  ForecastMeasures,
  RegimeMeasures,
  RoundTrip,
  StrategyMeasures,
} from '../evaluation/index.js';
import type { Day } from '../util/index.js';
import type { ComparedTable } from './compared.js';
import type { AttributionReport, ScoreSheetReport, SignificanceReport, TrialsReport } from './evidence-types.js';
import type { ExplanationReport, PartsReport, SensitivityReport } from './insight-types.js';

export type {
  AttributionReport,
  DeflatedReport,
  ScoreSheetReport,
  SignificanceReport,
  TrialsReport,
} from './evidence-types.js';

export type Language = 'en' | 'zh';

/** What part a row plays in a comparison: the model in question, another model, something that cannot know, the market. */
export type Role = 'subject' | 'baseline' | 'placebo' | 'benchmark' | 'universe';

/**
 * Known ids are named in the report's language (`cnn-lstm`, `cnn`, `lstm`, `logistic`, `majority-class`,
 * `shuffled-labels`, `without-updates`, `first-member`, `always-buy`, `benchmark`, `universe`); `name` is used for any other.
 */
export interface NamedRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

export interface ModelReport extends NamedRow {
  readonly measures: ForecastMeasures;
  /** Trainable numbers; null where the word makes no sense. */
  readonly parameters: number | null;
}

export interface StrategyReport extends NamedRow {
  readonly measures: StrategyMeasures;
  readonly dates: Int32Array;
  /** Simple daily returns after costs; the first from the last close before the period. */
  readonly returns: Float64Array;
}

export interface SplitReport {
  readonly name: 'train' | 'validation' | 'test';
  readonly from: Day;
  readonly to: Day;
  readonly sessions: number;
  readonly samples: number;
  /** Samples dropped at the split's end because their label reaches into the next one. */
  readonly purged: number;
}

/** A count with its reason, such as a screening rule and what it dropped. */
export interface CountedReason {
  readonly reason: string;
  readonly count: number;
  readonly example: string;
}

/** Same shape as the market's findings. */
export interface FindingReport {
  readonly kind: string;
  readonly title: string;
  readonly count: number;
  readonly example: string;
  readonly action: string;
}

export interface HoldingReport {
  readonly symbol: string;
  readonly name: string;
  /** Share of equity at the last close. */
  readonly weight: number;
  /** P(buy) − P(sell), or the number forecast, when it was last chosen; NaN where unknown. */
  readonly score: number;
}

export interface MarketReport {
  /** Such as `CSI 300 (Qlib)`. */
  readonly title: string;
  readonly source: string;
  readonly kind: 'real' | 'null' | 'planted';
  readonly instruments: number;
  /** Mean number of stocks in the universe on a test day. */
  readonly universeSize: number;
  readonly from: Day;
  readonly to: Day;
  readonly sessions: number;
  readonly benchmarkName: string;
  readonly benchmarkKind: 'price' | 'total-return';
  readonly findings: readonly FindingReport[];
  /** What the source cannot support, and what is off because of it. */
  readonly off: readonly { readonly what: string; readonly why: string }[];
}

export interface SampleReport {
  readonly label: { readonly kind: string; readonly horizonDays: number; readonly definition: string };
  readonly window: number;
  readonly features: readonly { readonly group: string; readonly names: readonly string[] }[];
  readonly splits: readonly SplitReport[];
  /** Stocks or days the screening left out. */
  readonly screening: readonly CountedReason[];
  /** Rows that made no sample: incomplete window, no label … */
  readonly drops: readonly CountedReason[];
}

/** An upper bound on what any model can reach; only a synthetic market knows it. */
export interface BayesBound {
  readonly accuracy: number;
  /** Mean daily rank IC of the conditional expectation; NaN where not computed. */
  readonly rankIc: number;
}

export interface TrainingReport {
  /** Optimiser, rate and options in words; absent in what early versions saved. */
  readonly description?: string;
  readonly trainLoss: readonly number[];
  readonly validationLoss: readonly number[];
  /** 1 for the first. */
  readonly bestEpoch: number;
  readonly stoppedEarly: boolean;
}

export interface PortfolioReport {
  /** Such as `top 50 by P(buy) − P(sell), equal weights, every 5 sessions`. */
  readonly policy: string;
  readonly costs: string;
  readonly initialCapital: number;
  /** Where scores are numbers forecast instead of P(buy) − P(sell). */
  readonly scoreIsNumber?: boolean;
  readonly holdings: readonly HoldingReport[];
  readonly holdingsDate: Day;
  readonly best: readonly RoundTrip[];
  readonly worst: readonly RoundTrip[];
  /** Orders not filled, by reason. */
  readonly rejections: readonly CountedReason[];
}

/** The strategy in question with all risk controls, with one off, or with none. */
export interface RiskVariantReport {
  /** `all`, `none`, or the name of the control that is off. */
  readonly id: string;
  readonly measures: StrategyMeasures;
  /** Times the control acted, all of them together for `all`; null for `none`. */
  readonly acted: number | null;
  /** What the control changed: `all` less this row, each a difference of fractions; NaN for `all` itself. */
  readonly returnEffect: number;
  readonly volatilityEffect: number;
  /** Above 0: the largest fall is that much smaller. */
  readonly drawdownEffect: number;
}

export interface RiskEventReport {
  readonly date: Day;
  readonly control: string;
  readonly kind: string;
  /** Empty where it is about the portfolio. */
  readonly symbol: string;
  readonly measure: number;
  readonly threshold: number;
  readonly exposure: number;
}

/** What risk control saved and cost. */
export interface RiskReport {
  readonly variants: readonly RiskVariantReport[];
  readonly dates: Int32Array;
  /** After each close: share of equity that the controls allow, and what is invested. */
  readonly allowed: Float64Array;
  readonly invested: Float64Array;
  /** Events of the portfolio, and stops, each the last ones only; the counts are of all. */
  readonly events: readonly RiskEventReport[];
  readonly eventCount: number;
  readonly stops: readonly RiskEventReport[];
  readonly stopCount: number;
}

/** One data type of the market, as in Table 1 of Shen & Zhuo (2026). */
export interface DataTypeReport {
  readonly type: string;
  readonly samples: number;
  /** What one sample is. */
  readonly sample: string;
  readonly variables: number;
  /** First and last day, YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
  /** A fraction of samples × variables; NaN where there is no sample. */
  readonly missingShare: number;
  readonly source: string;
}

/** What came in, in figures: of the market as known at the end of the test period. */
export interface MarketDataReport {
  readonly table: readonly DataTypeReport[];
  /** Sessions of a stock from its first to its last bar. */
  readonly stockDays: number;
  readonly suspended: number;
  readonly missing: number;
  readonly cleaning: readonly {
    readonly mask: string;
    readonly outcome: 'mended' | 'dropped' | 'extreme';
    readonly title: string;
    readonly stockDays: number;
  }[];
  /** Kept by one rule or more. */
  readonly extremes: number;
  readonly coverage: {
    readonly dates: Int32Array;
    /** Members with a bar of all members; NaN on a session without members. */
    readonly share: Float64Array;
    readonly meanShare: number;
    readonly membersWithoutBars: number;
  };
  /** Null where nothing is screened. */
  readonly screening: {
    readonly before: number;
    readonly after: number;
    readonly counts: readonly {
      readonly reason: string;
      readonly title: string;
      readonly stockDays: number;
      readonly stocks: number;
      readonly example: string;
    }[];
  } | null;
  /** On training rows of the universe past the warm-up. */
  readonly groups: readonly {
    readonly group: string;
    readonly used: number;
    /** Columns that the store allows and that miss too much. */
    readonly leftOut: readonly { readonly name: string; readonly missingShare: number }[];
    readonly missingShare: number;
    /** The used column that misses most. */
    readonly worst: { readonly name: string; readonly missingShare: number } | null;
  }[];
  readonly maxMissing: number;
}

/** What costs and size leave of the strategy. */
export interface LimitsReport {
  readonly breakEven: BreakEvenCost;
  readonly capacity: Capacity;
  /** Of the square-root law in the capacity curve; 0 where impact is not charged. */
  readonly impactCoefficient: number;
}

export interface RiskReturnReport {
  /** A year. */
  readonly expectedReturn: number;
  readonly volatility: number;
}

/** What a mean-variance optimiser chose from at its last rebalancing. */
export interface FrontierReport {
  readonly date: Day;
  /** Ascending in expected return. */
  readonly frontier: readonly RiskReturnReport[];
  readonly assets: readonly RiskReturnReport[];
  readonly chosen: RiskReturnReport;
}

export interface ProvenanceReport {
  readonly runId: string;
  readonly version: string;
  readonly seed: number;
  readonly workers: number;
  /** Named SHA-256 digests, such as `market store`, `configuration`, `run`. */
  readonly hashes: readonly { readonly name: string; readonly sha256: string }[];
  /** Such as Node, ONNX Runtime, platform, git commit. */
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly timesTestOpened: number | null;
  /** Wall time by step: shown, no part of what can be reproduced. */
  readonly timings: readonly { readonly step: string; readonly seconds: number }[];
  readonly trainingSamplesPerSecond: number | null;
  readonly peakMemoryBytes: number | null;
}

/** What a leak audit of the run's pipeline found. Dates are YYYY-MM-DD. */
export interface LeakAuditReport {
  readonly verdict: 'clean' | 'looks-ahead';
  readonly cuts: readonly string[];
  /** Values compared with their recomputations, by artefact. */
  readonly artefacts: readonly { readonly name: string; readonly columns: number; readonly cells: number }[];
  readonly provenance: readonly {
    readonly title: string;
    readonly status: 'pass' | 'fail' | 'unknown';
    readonly detail: string;
  }[];
  /** The earliest value that changed without its future; null where none did. */
  readonly first: {
    readonly artefact: string;
    readonly column: string;
    readonly symbol: string;
    readonly date: string;
    readonly cut: string;
    readonly future: 'removed' | 'noise';
  } | null;
}

/** One whole test of a protocol that tests sessions more than once. */
export interface PathReport {
  /** NaN where the label is a number. */
  readonly accuracy: number;
  readonly rankIc: number;
  readonly totalReturn: number;
  readonly sharpe: number;
}

/** How the samples were cut into several trainings and tests. */
export interface ProtocolReport {
  readonly description: string;
  /** Whether every fold learns from earlier sessions than it tests. */
  readonly tradable: boolean;
  /** Of every session that a fold uses; stretches are indices into it. */
  readonly dates: Int32Array;
  readonly folds: SplitsInput['folds'];
  /** Empty where each session is tested once. */
  readonly paths: readonly PathReport[];
}

/** What a model of an ensemble, or one with updates, reached on the test. */
export interface ReachedReport {
  readonly accuracy: number;
  readonly rankIc: number;
  readonly annualisedReturn: number;
  readonly volatility: number;
  readonly sharpe: number;
}

export interface EnsembleMemberReport extends ReachedReport {
  /** From 1. */
  readonly member: number;
  readonly seed: number;
  /** Its augmentations in words; empty where it has none. */
  readonly variation: string;
  /** Of the last fold. */
  readonly bestEpoch: number;
  /** Cross-entropy in nats, or the loss of a label that is a number; mean over the folds. */
  readonly validationLoss: number;
  readonly weights: { readonly first: number; readonly mean: number; readonly last: number };
}

/** Several networks averaged, and what that removes. */
export interface EnsembleReport {
  readonly weighting: 'equal' | 'validation' | 'rolling';
  readonly members: readonly EnsembleMemberReport[];
  readonly whole: ReachedReport;
  /**
   * Squared error of the class probabilities, or of a label that is a number as a share of its variance: the ensemble's is the
   * members' mean less their ambiguity.
   */
  readonly error: {
    readonly samples: number;
    readonly ensembleError: number;
    readonly meanMemberError: number;
    readonly ambiguity: number;
  };
  /** Of the score: P(buy) − P(sell), or the number forecast. */
  readonly forecasts: {
    /** Between the members, mean over the forecasts. */
    readonly variance: number;
    /** Mean correlation of two members. */
    readonly correlation: number;
  };
  /** 1 / Σ w², mean over the sessions. */
  readonly effectiveMembers: number;
  readonly returns: {
    /** Between the members' daily returns, mean over the sessions. */
    readonly variance: number;
    /** Variance over the sessions: of one member's daily returns, mean over the members, and of the ensemble's. */
    readonly member: number;
    readonly ensemble: number;
  };
}

/** One incremental update; losses are cross-entropies in nats, or those of a label that is a number, means over members (and folds that share the day). */
export interface OnlineUpdateReport {
  readonly date: Day;
  readonly arrived: number;
  readonly replayed: number;
  readonly validationBefore: number;
  readonly validationAfter: number;
  /** On the sessions forecast from here to the next update: by the network never updated, not yet updated, and updated. */
  readonly forecastNever: number;
  readonly forecastBefore: number;
  readonly forecastAfter: number;
}

/** Networks that learnt on within the test, beside the same ones that did not. */
export interface OnlineReport {
  readonly every: 'month' | number;
  readonly learningRate: number;
  readonly epochs: number;
  readonly replayShare: number;
  readonly updates: readonly OnlineUpdateReport[];
  readonly updated: ReachedReport;
  readonly still: ReachedReport;
}

/** Everything the report shows. It computes no measure of its own: what it prints is in here. */
export interface ReportData {
  /** Such as `CSI 300 · CNN-LSTM`; the document's title. */
  readonly title: string;
  readonly market: MarketReport;
  readonly samples: SampleReport;
  /** Absent in what early versions saved. */
  readonly data?: MarketDataReport;
  /** The one with role `subject` is the model the report is about. */
  readonly models: readonly ModelReport[];
  /** Of one period; roles `subject`, `benchmark` and `universe` (stocks bought and held) are picked out. */
  readonly strategies: readonly StrategyReport[];
  readonly bayes: BayesBound | null;
  readonly training: TrainingReport | null;
  readonly regimes: readonly RegimeMeasures[];
  readonly portfolio: PortfolioReport | null;
  /** Absent where it was not measured. */
  readonly limits?: LimitsReport;
  /** Absent where no optimiser weighs return against risk. */
  readonly frontier?: FrontierReport;
  /** Absent in what early versions saved. */
  readonly trials?: TrialsReport;
  /** What the run does that looks ahead, on purpose; absent for everyone else. */
  readonly looksAhead?: readonly string[];
  /** Where the run follows a preset of the paper. */
  readonly paperChoices?: readonly { readonly key: string; readonly paper: string; readonly chosen: string }[];
  /** Absent where one network stands alone. */
  readonly ensemble?: EnsembleReport;
  /** Absent where no network learns on. */
  readonly online?: OnlineReport;
  /** Absent for a static split. */
  readonly protocol?: ProtocolReport;
  /** Absent in what early versions saved; so are the next two. */
  readonly significance?: SignificanceReport;
  readonly attribution?: AttributionReport;
  readonly scoreSheets?: readonly ScoreSheetReport[];
  /** Null where no control is on; absent in what early versions saved. */
  readonly risk?: RiskReport | null;
  /** What the network goes by; absent where it was not asked for. */
  readonly explanation?: ExplanationReport;
  /** Absent where it was not measured. */
  readonly sensitivity?: SensitivityReport;
  /** By month, industry and named period; absent in what early versions saved. */
  readonly parts?: PartsReport;
  /** Absent where no audit was made. */
  readonly leakAudit?: LeakAuditReport;
  /** Annual; 0 with a word about it where the store has no yield. */
  readonly riskFree: number;
  readonly sessionsPerYear: number;
  /** Choices and caveats in plain sentences. */
  readonly notes: readonly string[];
  readonly configYaml: string;
  readonly provenance: ProvenanceReport;
}

/** The tables and figures of the paper for one store. */
export interface PaperReportData {
  readonly title: string;
  readonly citation: string;
  readonly version: string;
  readonly tables: readonly ComparedTable[];
  /** The original experiment's, whose figures are drawn; null where it was not run. */
  readonly original: ReportData | null;
  /** Daily returns of each experiment's strategy, on the same days. */
  readonly curves: readonly { readonly name: string; readonly dates: Int32Array; readonly returns: Float64Array }[];
  /** What is less than the paper's, in words. */
  readonly reductions: readonly string[];
  readonly cautions: readonly string[];
  readonly runs: readonly { readonly experiment: string; readonly run: string }[];
}

/** What the report of a back-test of someone's own weights shows. */
export interface BacktestReportData
  extends Pick<
    ReportData,
    'title' | 'market' | 'strategies' | 'portfolio' | 'limits' | 'riskFree' | 'sessionsPerYear' | 'notes'
  > {
  readonly version: string;
  readonly hashes: ProvenanceReport['hashes'];
}
