import type { SourceLayout } from './layout.js';

/** How a source's rows say what back-adjusts them. */
export type FactorRule =
  /** The file's own `factor` column. */
  | 'stated'
  /** Each session's reference price (last close after rights): factor × last close ÷ reference. */
  | 'from-reference'
  /** The same, the reference being close − change. */
  | 'from-change'
  /** Adjusted close ÷ close, scaled to 1 on the first bar, since the source restates its adjusted closes. */
  | 'from-adjusted-close'
  /** Nothing in the file: 1 throughout, and a finding says so. */
  | 'none';

export const BAR_COLUMNS = [
  'symbol',
  'date',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'amount',
  'reference',
  'change',
  'adjusted_close',
  'factor',
  'adjustment',
  'trading',
  'st',
] as const;

export type BarColumn = (typeof BAR_COLUMNS)[number];

/** What a vendor calls the columns of its daily bars, and in which units it keeps them. */
export interface VendorBars {
  readonly name: string;
  readonly columns: Readonly<Partial<Record<BarColumn, string>>>;
  /** Shares in the unit of the volume column, currency in that of the amount column. */
  readonly volumeUnit: number;
  readonly amountUnit: number;
  /** The first whose columns the file has is used. */
  readonly factor: readonly FactorRule[];
  /** Rulebook of the market the vendor covers, where none is asked for. */
  readonly rulebook: string;
}

/** How files of daily bars are read. */
export interface BarPreset extends Pick<VendorBars, 'name' | 'factor' | 'rulebook'> {
  readonly layout: SourceLayout;
}
