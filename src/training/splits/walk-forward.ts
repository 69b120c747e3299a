import { CandlenetError, formatDay } from '../../util/index.js';
import type { Fold, FoldRange, Period, Purging, Splitter } from './fold.js';
import { sessionCount } from './fold.js';
import { purgeBefore, sessionsOf } from './purge.js';

export interface WalkForward {
  /** Days to be forecast: the first fold tests from its first session, the last fold ends with its last. */
  readonly test: Period;
  /** Sessions before each test that are learnt from, validation included. */
  readonly trainDays: number;
  /** The last of them, kept for early stopping. */
  readonly validateDays: number;
  /** Sessions forecast before the network is trained anew. */
  readonly testDays: number;
  /** Every training begins with the first fold's, so that it grows; else it slides. */
  readonly anchored?: boolean;
}

/**
 * Trains on the sessions before a stretch of test days, forecasts it, and moves on by the stretch (Pardo 2008; the paper:
 * 252 sessions of training, 63 of testing). No test session is forecast twice or left out.
 * @throws CONFIG_INVALID where the store has too few sessions before the test, or validation leaves no training;
 * DATE_OUT_OF_STORE, SAMPLES_EMPTY
 */
export function walkForward(plan: WalkForward, purging: Purging): Splitter {
  const { trainDays, validateDays, testDays, anchored = false } = plan;
  if (validateDays >= trainDays) {
    const found = `${validateDays} of ${trainDays} training sessions`;
    throw new CandlenetError('CONFIG_INVALID', `split.validateDays: found ${found}, expected fewer than trainDays`);
  }
  return (dates) => {
    const whole = sessionsOf(dates, plan.test, 'split.test');
    if (whole.first < trainDays) {
      const found = `${whole.first} sessions before ${formatDay(dates[whole.first])}`;
      throw new CandlenetError('CONFIG_INVALID', `split.test: found ${found}, expected ${trainDays} (trainDays)`);
    }
    const folds: Fold[] = [];
    for (let first = whole.first; first <= whole.last; first += testDays) {
      const test: FoldRange = { first, last: Math.min(first + testDays - 1, whole.last) };
      const start = (anchored ? whole.first : first) - trainDays;
      const learnt: FoldRange = { first: start, last: first - validateDays - 1 };
      const held: FoldRange = { first: first - validateDays, last: first - 1 };
      const train = purgeBefore(learnt, held, purging, 'split.trainDays');
      const validate = purgeBefore(held, test, purging, 'split.validateDays');
      folds.push({
        name: formatDay(dates[first]),
        train: [train],
        validate,
        test: [test],
        purged: {
          train: sessionCount(learnt) - sessionCount(train),
          validate: sessionCount(held) - sessionCount(validate),
        },
      });
    }
    return folds;
  };
}
