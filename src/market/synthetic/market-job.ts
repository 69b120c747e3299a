import type { CorporateAction, SyntheticTruth } from '../types.js';
import type { SyntheticOptions } from './options.js';
import type { MarketMemory } from './stage.js';

/** What a thread is given to simulate its share of the stocks, and to work out the truth about as many. */
export interface MarketJob {
  readonly options: Omit<SyntheticOptions, 'progress'>;
  readonly memory: MarketMemory;
  readonly truth: SyntheticTruth | null;
  /** Last session of every stock, from its simulation. */
  readonly lastSessions: Int32Array;
  /** The first stock that no thread has simulated, and the first whose truth none has worked out. */
  readonly next: Int32Array;
}

export type MarketMessage =
  | {
      readonly kind: 'simulated';
      readonly number: number;
      readonly events: number;
      readonly eventDays: number;
      readonly actions: readonly CorporateAction[];
    }
  | { readonly kind: 'all-simulated' }
  | { readonly kind: 'done' }
  | { readonly kind: 'error'; readonly message: string };

/** Sent to a thread when all stocks are simulated: how often a day brings an event. */
export interface TruthCall {
  readonly chance: number;
}
