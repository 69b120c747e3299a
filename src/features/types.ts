export type FeatureGroup =
  | 'price-volume'
  | 'technical'
  | 'macro'
  | 'fundamental'
  | 'news'
  | 'trend'
  | 'sentiment'
  | 'flag'
  | 'expression'
  | 'own';

/** One column of the panel. */
export interface FeatureColumn {
  /** Such as `SMA_5`; unique in a panel. */
  readonly name: string;
  readonly group: FeatureGroup;
  readonly formula: string;
  /** TA-Lib function, paper section, or Qlib. */
  readonly source: string;
  /** Trading days of history the value at t needs, t included; recursive indicators state their warm-up. */
  readonly lookback: number;
  /**
   * A missing value spoils no sample: it takes the training mean when the column is scaled. So it is with facts that come
   * from outside the bars, which not every company or every year has.
   */
  readonly optional?: true;
}

/**
 * All features of a market: float32, symbol-major [symbols × dates × features], over a SharedArrayBuffer so that worker
 * threads read it in place. A window of w days ending on day t of symbol s is the contiguous slice of rows
 * s·D + t − w + 1 … s·D + t: windows are views, nothing is copied. Missing values are NaN until scaled.
 */
export interface Panel {
  readonly symbols: readonly string[];
  readonly dates: Int32Array;
  readonly columns: readonly FeatureColumn[];
  readonly values: Float32Array<SharedArrayBuffer>;
  /** 1 where the row (s·D + t) has every feature defined that is not optional. */
  readonly complete: Uint8Array;
  /** 1 where symbol s traded on session t with a usable bar; elsewhere every feature is missing. */
  readonly traded: Uint8Array;
}

/** Codes of the classes a row may have: 0 buy, 1 hold, 2 sell. */
export const CLASS_NAMES = ['buy', 'hold', 'sell'] as const;
export type ClassName = (typeof CLASS_NAMES)[number];
/** Labels of two classes: a row that would be hold has none, and a model's outputs are P(buy) and P(sell). */
export const TWO_CLASS_NAMES: readonly ClassName[] = ['buy', 'sell'];
export const NO_LABEL = 255;

/** Labels of every row of a panel; [symbols × dates]. The only artefact that knows the future. */
export interface LabelSet {
  readonly kind: string;
  readonly horizonDays: number;
  /** A label made on session t is known at the open of session t + `reachDays` (1 + horizon). Purging derives from it. */
  readonly reachDays: number;
  /** The classes there are, in the order of a model's outputs; none where the label is a number. */
  readonly classNames: readonly ClassName[];
  /** 0 buy, 1 hold, 2 sell, NO_LABEL where none; with two classes never 1, and NO_LABEL throughout where the label is a number. */
  readonly classes: Uint8Array;
  /** open(t+1+h) / open(t+1) − 1 on adjusted prices, NaN where none. */
  readonly forwardReturn: Float32Array;
  /** The number to forecast, NaN where none; absent where the label is a class. */
  readonly target?: Float32Array;
}
