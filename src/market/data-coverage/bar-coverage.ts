import type { Day } from '../../util/index.js';
import { CLEANING_MASKS, type CleaningMask, isUnderMask } from '../cleaning/index.js';
import { BarFlag, type BarMatrix, type Instrument } from '../types.js';

export interface ColumnGaps {
  readonly column: string;
  /** Stock-days with a bar on which the source has no value. */
  readonly missing: number;
  /** Of the stock-days with a bar; NaN without any. */
  readonly missingShare: number;
}

/** What a store's bars hold and lack, in stock-days: sessions of one instrument from its first to its last bar. */
export interface BarCoverage {
  readonly stockDays: number;
  /** The instrument traded: a bar of its own, not suspended. */
  readonly traded: number;
  readonly suspended: number;
  /** Sessions inside a listing without a bar, carried by the cleaning (FILLED) or without a price. */
  readonly missingBars: number;
  /** `missingBars` of `stockDays`. */
  readonly missingShare: number;
  /** The longest run of missing bars, null where none is missing. */
  readonly longestGap: { readonly symbol: string; readonly from: Day; readonly sessions: number } | null;
  /** Bars with each flag of the cleaning, by its name. */
  readonly flags: Readonly<Record<keyof typeof BarFlag, number>>;
  /** Bars under each mask of the cleaning; one may be under several. */
  readonly masks: Readonly<Record<CleaningMask, number>>;
  /** Bars kept as genuine extremes by one rule or more. */
  readonly extremes: number;
  readonly columns: readonly ColumnGaps[];
  /** Instruments whose listing the store does not date. */
  readonly withoutListDate: number;
}

/** @param instruments those of the store; one without bars counts for nothing */
export function barCoverage(bars: BarMatrix, instruments: readonly Instrument[]): BarCoverage {
  const { symbols, dates, close, suspended, flags } = bars;
  const days = dates.length;
  const byFlags = new Float64Array(256);
  let stockDays = 0;
  let silent = 0;
  let missingBars = 0;
  let longestGap: BarCoverage['longestGap'] = null;
  for (const [s, symbol] of symbols.entries()) {
    const span = spanOf(close, s * days, days);
    let run = 0;
    for (let t = span.first; t <= span.last; t++) {
      const cell = s * days + t;
      stockDays++;
      byFlags[flags[cell]]++;
      const isMissing = Number.isNaN(close[cell]) || (flags[cell] & BarFlag.FILLED) !== 0;
      if (!isMissing && suspended[cell] === 1) silent++;
      if (isMissing) missingBars++;
      run = isMissing ? run + 1 : 0;
      if (run > (longestGap?.sessions ?? 0)) longestGap = { symbol, from: dates[t - run + 1], sessions: run };
    }
  }
  const listed = new Map(instruments.map((one) => [one.symbol, one.listDate]));
  return {
    stockDays,
    traded: stockDays - missingBars - silent,
    suspended: silent,
    missingBars,
    missingShare: missingBars / stockDays,
    longestGap,
    ...countFlags(byFlags),
    columns: columnGaps(bars),
    withoutListDate: symbols.filter((symbol) => (listed.get(symbol) ?? null) === null).length,
  };
}

/** @param byFlags bars with each value of the flags */
function countFlags(byFlags: Float64Array): Pick<BarCoverage, 'flags' | 'masks' | 'extremes'> {
  const count = (matches: (flags: number) => boolean) =>
    byFlags.reduce((sum, bars, flags) => (matches(flags) ? sum + bars : sum), 0);
  const flags = Object.entries(BarFlag).map(([name, bit]) => [name, count((value) => (value & bit) !== 0)]);
  const names = Object.keys(CLEANING_MASKS) as CleaningMask[];
  const extremes = names.filter((name) => CLEANING_MASKS[name].outcome === 'extreme');
  return {
    flags: Object.fromEntries(flags),
    masks: Object.fromEntries(names.map((name) => [name, count((value) => isUnderMask(value, name))])) as Record<
      CleaningMask,
      number
    >,
    extremes: count((value) => extremes.some((name) => isUnderMask(value, name))),
  };
}

/** First and last session with a bar; an empty span where there is none. */
function spanOf(close: Float64Array, offset: number, days: number): { first: number; last: number } {
  let first = 0;
  while (first < days && Number.isNaN(close[offset + first])) first++;
  let last = days - 1;
  while (last >= first && Number.isNaN(close[offset + last])) last--;
  return { first, last };
}

function columnGaps(bars: BarMatrix): ColumnGaps[] {
  const { open, high, low, close, volume, amount, adjFactor } = bars;
  const columns = { open, high, low, close, volume, ...(amount ? { amount } : {}), adj_factor: adjFactor };
  let cells = 0;
  for (const price of close) if (!Number.isNaN(price)) cells++;
  return Object.entries(columns).map(([column, values]) => {
    let missing = 0;
    for (let cell = 0; cell < values.length; cell++) {
      if (!Number.isNaN(close[cell]) && Number.isNaN(values[cell])) missing++;
    }
    return { column, missing, missingShare: missing / cells };
  });
}
