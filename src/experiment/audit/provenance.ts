import type { Day } from '../../util/index.js';

/** What a pipeline says of its doings where recomputation is blind. */
export interface Provenance {
  /** Orders or fills with the close whose knowledge they act on. */
  readonly trades?: readonly Trade[];
  /** Samples of a period against the period that follows it. */
  readonly boundaries?: readonly Boundary[];
  /** Statistics against the rows they may see. */
  readonly fits?: readonly Fit[];
  /** Key of the index whose members are the universe; the store's dated membership is then checked. */
  readonly index?: string;
}

export interface Trade {
  readonly symbol: string;
  /** The session at whose close the signal was made. */
  readonly signal: Day;
  /** The session in which it was carried out. */
  readonly traded: Day;
}

export interface Boundary {
  /** Such as `train`. */
  readonly name: string;
  /** Session, as an index, of the last sample, and the first session of the next period. */
  readonly lastSample: number;
  readonly nextFirst: number;
  /** A label made on session t is known at the open of session t + `reach`. */
  readonly reach: number;
}

export interface Fit {
  /** Such as `scaler`. */
  readonly name: string;
  /** First and last day of the rows it was fitted on, as far as can be told; null where the rows cannot be told. */
  readonly fitted: readonly [Day, Day] | null;
  readonly training: readonly [Day, Day];
}

/** `unknown`: the store or the pipeline has too little to judge by, and the detail says what is missing. */
export interface ProvenanceFinding {
  readonly check: ProvenanceCheck;
  readonly status: 'pass' | 'fail' | 'unknown';
  readonly detail: string;
}

export const PROVENANCE_CHECKS = {
  'trade-after-signal': 'Every order trades in a later session than its signal',
  'factor-direction': 'Adjustment factors are those of their day, not scaled back from the last one',
  'dated-membership': 'The index has members that left it',
  'listings-that-ended': 'The store keeps instruments that were delisted later',
  'announcement-dates': 'Disclosures come after the end of their period',
  'release-dates': 'Macro values come after the end of their period',
  'label-purge': 'No label of a period reaches into the next one',
  'fitted-on-training': 'Statistics are fitted on training rows only',
} as const;

export type ProvenanceCheck = keyof typeof PROVENANCE_CHECKS;
