import type { Clock, ProgressSink } from '../util/index.js';
import type { EpochRecord } from './types.js';

export interface CheckpointOptions {
  readonly directory: string;
  /** Besides the one after every epoch. Default 5. */
  readonly everyMinutes?: number;
  /** Likewise, in steps, as a lower bound. Default none. */
  readonly everySteps?: number;
}

/** What surrounds a training and changes none of its bits. */
export interface TrainingHooks {
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly checkpoint?: CheckpointOptions;
  /** After each epoch, its checkpoint written; `history` ends with `record` and begins with the first epoch ever. */
  readonly onEpoch?: (record: EpochRecord, history: readonly EpochRecord[]) => void;
  /** One line the user should see, such as a provider that is not available. */
  readonly onNote?: (line: string) => void;
}
