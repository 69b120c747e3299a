import type { BarMatrix, Instrument, Rulebook } from '../../market/index.js';
import type { SessionRange } from '../../util/index.js';
import type { CostModel } from '../costs.js';
import type { Liquidity } from '../liquidity.js';
import type { MarketTape } from '../market-tape.js';
import type { FillPrice, Remainder } from '../types.js';
import type { SweepMarket } from './strategy.js';

/** What every thread of a sweep gets; the arrays are shared, not copied. */
export interface SweepJob {
  readonly bars: BarMatrix;
  readonly instruments: readonly Instrument[];
  readonly rulebook: Rulebook;
  readonly tape: MarketTape;
  readonly liquidity: Liquidity | null;
  readonly market: SweepMarket;
  readonly costs: CostModel;
  readonly initialCapital: number;
  readonly period: SessionRange;
  readonly fillPrice: FillPrice;
  readonly maxVolumeShare: number | null;
  readonly remainder: Remainder;
  readonly recovery: number;
  readonly dividendTax: boolean;
  /** Address of the strategy's module. */
  readonly strategy: string;
  readonly parameterSets: readonly Readonly<Record<string, number>>[];
  /** One number: the next set to take. */
  readonly next: Int32Array;
  /** [set × session + 1]; the first is the initial capital. */
  readonly equity: Float64Array;
  /** [set × 3]: orders, sum of one-way turnovers, charges. */
  readonly totals: Float64Array;
}

export type SweepMessage = { readonly kind: 'set' } | { readonly kind: 'done' } | SweepFailure;

export interface SweepFailure {
  readonly kind: 'error';
  readonly code: string | null;
  readonly message: string;
}
