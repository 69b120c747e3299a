import type { Day } from '../../util/index.js';

/** When the figures of a series become known, for the periods that end within [from, to]; null is open. */
export interface MacroReleaseRule {
  readonly series: string;
  readonly from: Day | null;
  readonly to: Day | null;
  /** Calendar days after the end of the period. */
  readonly lagDays: number;
  /** Who publishes, and when, in words. */
  readonly source: string;
  /** Of January, where the publisher waits for February. */
  readonly januaryLagDays?: number;
  readonly januarySource?: string;
  /** The publication of the series began, with its history, shortly before this day. */
  readonly notBefore?: Day;
}
