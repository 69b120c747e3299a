import type { Table } from '../tables/index.js';
import type { Day } from '../util/index.js';
import type { ImportRecord } from './import-record.js';
import type {
  fundamentalsSchema,
  macroSchema,
  newsSchema,
  OptionalTableName,
  valuationsSchema,
} from './store-schema.js';

/**
 * Daily bars as dense matrices, symbol-major: the cell of symbol s on session d is `s * dates.length + d`.
 * Prices are raw (what traded), NaN where the instrument has no bar. Adjusted price = raw × adjFactor, and the factor
 * of a day is known on that day (back-adjustment), so adjusted prices never carry the future.
 */
export interface BarMatrix {
  readonly symbols: readonly string[];
  /** Sessions, strictly ascending. */
  readonly dates: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Shares. */
  readonly volume: Float64Array;
  /** Currency; null where the source has none. */
  readonly amount: Float64Array | null;
  readonly adjFactor: Float64Array;
  /** 1 where the instrument is listed but did not trade; its prices are then the last close. */
  readonly suspended: Uint8Array;
  /**
   * 1 where the instrument is under special treatment, `ST_UNKNOWN` where the source does not say: no rule of special
   * treatment then applies. Null where the source has no flag at all.
   */
  readonly st: Uint8Array | null;
  /** What repairs the importer and the cleaning made or doubted, bits of `BarFlag`. */
  readonly flags: Uint8Array;
}

/** In `BarMatrix.st`: nothing says whether the instrument is under special treatment. */
export const ST_UNKNOWN = 2;

/**
 * Bits of `BarMatrix.flags`. Of a dropped bar, MISRECORDED, the others say by which rule: LIMIT_MOVE beyond the price limit,
 * THREE_SIGMA an unusual return that the money traded contradicts, neither a bar that cannot be (high < low, price ≤ 0).
 */
export const BarFlag = {
  /** The bar was dropped: unusable and untradeable. */
  MISRECORDED: 1,
  /** The adjustment factor changes in a way the returns contradict; the factor was repaired from the returns. */
  FACTOR_REPAIRED: 2,
  /** Beyond the price limit on the first trade after a suspension: genuine, kept, and reported apart. */
  EXTREME: 4,
  /** A missing bar inside the listing that was given a price, with volume 0. */
  FILLED: 8,
  /** A return beyond three standard deviations of the year before. */
  THREE_SIGMA: 16,
  /** A return outside the box plot of the year before. */
  BOX_PLOT: 32,
  /** The close stands at the price limit of the day. */
  LIMIT_MOVE: 64,
  /** Missing or dropped after the first session of a gap; without a price unless FILLED. */
  GAP: 128,
} as const;

export type Board = 'main' | 'chinext' | 'star' | 'bse' | 'index' | 'other';

export interface Instrument {
  readonly symbol: string;
  /** Empty where the source has none. */
  readonly name: string;
  readonly exchange: string;
  readonly board: Board;
  readonly industry: string;
  /** First day of the listing, null where the source does not say (then the first bar is no evidence). */
  readonly listDate: Day | null;
  readonly delistDate: Day | null;
}

/**
 * One corporate action: what one share held at the last close before the ex-day is entitled to, known from the ex-day on.
 * A split of two for one is a transfer of 1, a consolidation of ten into one a transfer of −0.9.
 */
export interface CorporateAction {
  readonly symbol: string;
  readonly exDate: Day;
  /** Cash dividend per share before tax, in the market's currency. */
  readonly cash: number;
  /** New shares per share held, paid from profits. */
  readonly bonus: number;
  /** New shares per share held, transferred from the capital reserve. */
  readonly transfer: number;
  /** New shares per share held that may be subscribed; 0 without a rights issue. */
  readonly rights: number;
  /** Price of a subscribed share; 0 without a rights issue. */
  readonly rightsPrice: number;
}

/** Point-in-time index membership, `from` and `to` inclusive. */
export interface MembershipSpell {
  readonly index: string;
  readonly symbol: string;
  readonly from: Day;
  readonly to: Day;
  /** Share of the index as known on `from`, 0 … 1; absent where the source does not state it. A new weight is a new spell. */
  readonly weight?: number;
}

/** The benchmark index, aligned with its own dates. */
export interface BenchmarkSeries {
  readonly index: string;
  readonly name: string;
  /** A price index loses its dividends; a total-return index does not. */
  readonly kind: 'price' | 'total-return';
  readonly dates: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** One kind of defect or oddity found in a source, counted, with one case as an example. */
export interface DataFinding {
  /** Stable kebab-case name, such as `member-without-bars`. */
  readonly kind: string;
  readonly title: string;
  readonly count: number;
  /** Such as `SH600005, member 2010-01-04 … 2013-12-30`. Empty when the count is 0. */
  readonly example: string;
  /** What was done about it. */
  readonly action: string;
}

export type FundamentalTable = Table<typeof fundamentalsSchema>;
export type ValuationTable = Table<typeof valuationsSchema>;
export type MacroTable = Table<typeof macroSchema>;
export type NewsTable = Table<typeof newsSchema>;

/** Everything one importer brings in, before it is written as a store. */
export interface MarketTables {
  /** What the market is called in reports, such as `CSI 300 (Qlib)`. */
  readonly title: string;
  /** Which source, with its path or seed, in words. */
  readonly source: string;
  /** The source of single tables, where a store has several, in words. */
  readonly sources?: Readonly<Partial<Record<'bars' | OptionalTableName, string>>>;
  /** How it was imported, with absolute paths, so that `updateMarketStore` can ask the same again. */
  readonly imports?: readonly ImportRecord[];
  /** Which rulebook governs trading: `cn-a-share` … */
  readonly rulebook: string;
  readonly bars: BarMatrix;
  readonly instruments: readonly Instrument[];
  readonly members: readonly MembershipSpell[];
  readonly benchmarks: readonly BenchmarkSeries[];
  /** Corporate actions; absent where the source states none and only the adjustment factor tells of them. */
  readonly actions?: readonly CorporateAction[];
  /** What companies disclosed, absent where the source has none; so are the next three. In any order. */
  readonly fundamentals?: FundamentalTable;
  readonly valuations?: ValuationTable;
  readonly macro?: MacroTable;
  readonly news?: NewsTable;
  readonly findings: readonly DataFinding[];
  /** Whether the members are made of bars, not stated; where it is left out a count of `members-assumed` says so. */
  readonly membersAssumed?: boolean;
  /** First and last session whose members are told, where those are fewer than the sessions of the bars. */
  readonly membersKnown?: readonly [from: Day, to: Day];
  /** Whether the findings leave out rows that the store has which the import joins. */
  readonly findingsAreNew?: boolean;
  /**
   * Where the source has the row of a table's key in words (`SH600000 2020-01-02`), such as `bars.csv line 3`, for
   * messages; null where it cannot tell.
   */
  readonly placeOf?: (table: string, key: string) => string | null;
  /** Synthetic markets only: see market/synthetic. */
  readonly truth?: SyntheticTruth;
}

/** Tables to join a market: all of one, or some without bars of their own. */
export interface MarketPart
  extends Partial<Omit<MarketTables, 'source' | 'findings' | 'truth'>>,
    Pick<MarketTables, 'source' | 'findings'> {}

/** What the generator of a synthetic market knows and a model does not. */
export interface SyntheticTruth {
  readonly kind: 'null' | 'planted';
  readonly seed: number;
  /** Window and label the bounds below refer to. */
  readonly windowDays: number;
  readonly horizonDays: number;
  readonly labelK: number;
  readonly labelVolatilityDays: number;
  /** P(buy), P(hold), P(sell) given the generator's state, an upper bound on what the window tells; [S × D], NaN where undefined. */
  readonly pBuy: Float32Array;
  readonly pHold: Float32Array;
  readonly pSell: Float32Array;
  /** Conditional mean of the forward return over the horizon, open t+1 to open t+1+h; [S × D]. */
  readonly expectedReturn: Float32Array;
}
