import type { PanelSources, SourceOffer } from './panel-sources.js';
import type { TradedSeries } from './traded-bars.js';
import type { FeatureColumn } from './types.js';

/**
 * Columns computed together from one instrument. `compute` sees its trading days and gives one array per column, as long
 * as the series; a value may depend on its own and earlier bars only. What is not finite counts as missing.
 */
export interface FeatureFamily {
  readonly columns: readonly FeatureColumn[];
  /** Whether the columns exist only where the source has traded amounts. */
  readonly needsAmount: boolean;
  compute(series: TradedSeries): readonly Float64Array[];
  /** What the family can be made of again on another thread, which functions do not reach; absent where there is nothing. */
  readonly recipe?: ExpressionRecipe;
}

/** Factor expressions of one stock alone, as text. */
export interface ExpressionRecipe {
  readonly formulas: readonly { readonly name: string; readonly formula: string }[];
  readonly mode: 'traded' | 'calendar';
  readonly source: string;
}

/** Values of one column for the whole market: [S × D], symbol-major like the bars, or [D], the same for every instrument. */
export type MarketValues = Float32Array | Float64Array;

/**
 * A column computed from the whole market: ranks across the section of a day, joins with dated tables. A value of day t may
 * depend on what was known by the close of t only. What is not finite counts as missing, and on days on which an
 * instrument did not trade the column is missing whatever is computed.
 */
export interface MarketFamily {
  readonly columns: readonly [FeatureColumn];
  /** Why a market cannot give the column, in words; null where it can. */
  lacks(offer: SourceOffer): string | null;
  computeMarket(sources: PanelSources): MarketValues;
}

export type AnyFamily = FeatureFamily | MarketFamily;

export function isMarketFamily(family: AnyFamily): family is MarketFamily {
  return 'computeMarket' in family;
}

/** Why a market cannot give a family's columns; null where it can. */
export function whatLacks(family: AnyFamily, offer: SourceOffer): string | null {
  if (isMarketFamily(family)) return family.lacks(offer);
  return family.needsAmount && !offer.hasAmount ? 'the source has no traded amounts' : null;
}

/** A family of one column. */
export function singleColumn(
  column: FeatureColumn,
  compute: (series: TradedSeries) => Float64Array,
  needsAmount = false,
): FeatureFamily {
  return { columns: [column], needsAmount, compute: (series) => [compute(series)] };
}
