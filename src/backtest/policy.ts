import type { Day } from '../util/index.js';
import type { Target } from './target.js';
import type { TargetWeights } from './types.js';

/** A position as it stands after the close. */
export interface Holding {
  readonly symbol: string;
  readonly shares: number;
  /** Raw close, or the last good close carried through actions while there is none. */
  readonly price: number;
  readonly value: number;
  /** Of equity. */
  readonly weight: number;
  /** Session and day of the first share of the position; absent where a context is made outside the engine. */
  readonly entrySession?: number;
  readonly entryDate?: Day;
  /** What a share of today cost on average: all that was paid, charges included, less what actions paid out, over the shares bought. */
  readonly entryPrice?: number;
  /** Highest close since the entry, in prices of today. */
  readonly highestPrice?: number;
}

/** The live ledger and the market as known after the close of `date`: nothing later can be reached through it. */
export interface PolicyContext {
  /** Index of the session in the bars. */
  readonly session: number;
  readonly date: Day;
  /** The next session, which the exchange's calendar announces in advance. Orders trade in it. */
  readonly nextDate: Day;
  readonly symbols: readonly string[];
  readonly equity: number;
  readonly cash: number;
  /** Highest equity at any close so far, and equity over it less 1 (≤ 0). Absent outside the engine, as `equityHistory` is. */
  readonly peakEquity?: number;
  readonly drawdown?: number;
  /** Equity at each close so far, the last close before the period first. A view of the engine's own: not to be written to. */
  readonly equityHistory?: Float64Array;
  /** Sessions whose closes are behind us, that of the last close before the period not counted. */
  readonly sessionsTraded?: number;
  /** Last good close, carried through actions; NaN before the first. */
  price?(symbol: string): number;
  /** In the order of `symbols`. */
  readonly holdings: readonly Holding[];
  /** Whether the symbol has a sound bar of this session in which it traded. */
  tradable(symbol: string): boolean;
}

/** Targets after the close of a session, or null to leave the portfolio as it is. */
export type PolicyStep = (context: PolicyContext) => TargetWeights | null;

/** What the engine asks after each close: a `Policy`, or one whose targets go by the indices of the symbols, which is faster. */
export interface Trader {
  readonly name: string;
  start(): (context: PolicyContext) => TargetWeights | Target | null;
}

/** Turns what is known after a close into target weights. */
export interface Policy {
  readonly name: string;
  /** Begins a run; what a policy remembers from session to session lives in the step it returns. */
  start(): PolicyStep;
}
