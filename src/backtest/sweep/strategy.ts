import type { Target } from '../target.js';

/** What a strategy of a sweep may read. Everything up to the session asked for is past; nothing later may be read. */
export interface SweepMarket {
  readonly symbols: number;
  readonly dates: Int32Array;
  /** Close × growth of one share by actions, [session × symbol]: total-return prices; NaN before the first. */
  readonly adjusted: Float64Array;
  /** 0 where something traded, [symbol × session]. */
  readonly obstacle: Uint8Array;
  /** 1 where the symbol may be bought, [symbol × session]; null is everywhere. */
  readonly universe: Uint8Array | null;
}

/** Asked after each close of the period and the one before it; null leaves the portfolio alone. */
export type SweepStep = (session: number) => Target | null;

/** What the module of a strategy exports as `strategy`: one parameter set made into a step. */
export type SweepStrategy = (market: SweepMarket, parameters: Readonly<Record<string, number>>) => SweepStep;
