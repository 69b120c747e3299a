/** One bar as the file has it, in shares and currency; NaN where the file has no value. */
export interface SourceBar {
  readonly date: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly amount: number;
  /** What the file's factor rule reads: the factor, the reference price, or the adjusted close. */
  readonly basis: number;
  /** Whether the file says that its prices are back-adjusted. */
  readonly adjusted: boolean;
  /** 0, 1 or `ST_UNKNOWN`. */
  readonly st: number;
  /** Line of a CSV, row of a Parquet file. */
  readonly line: number;
}
