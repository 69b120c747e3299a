import { CandlenetError, type Day, monthOf } from '../../util/index.js';
import type { Fold, FoldRange } from '../splits/index.js';

/** When a network learns on: at the first session of each month, or every so many sessions. */
export type UpdateRhythm = 'month' | number;

/** One incremental update, in sessions as indices into the dates of the market. */
export interface PlannedUpdate {
  /** The session at whose close the updated network first forecasts; what is known by its open may be learnt from. */
  readonly session: number;
  /** Samples whose labels have become known since the update before. */
  readonly arrived: FoldRange;
}

/** The updates within one of a fold's ranges of test sessions; each range begins with the network as it was trained. */
export interface UpdateChain {
  readonly test: FoldRange;
  readonly updates: readonly PlannedUpdate[];
}

/**
 * The updates of a fold. A label made on session t is known at the open of session t + `reachDays`, so that an update on
 * session m learns from samples up to session m − `reachDays`, exactly. The first update takes up the sessions that were
 * purged between the last sample the fold has trained or validated on and the test; a test's first session has none, as
 * nothing has arrived since the training. An update to which nothing has come is left out.
 * @throws ARGUMENT_INVALID for a rhythm that is neither `month` nor a whole number of at least 1
 */
export function planUpdates(
  dates: ArrayLike<Day>,
  fold: Pick<Fold, 'train' | 'validate' | 'test'>,
  every: UpdateRhythm,
  reachDays: number,
): UpdateChain[] {
  if (every !== 'month' && !(Number.isInteger(every) && every >= 1)) {
    const expected = 'month, or a whole number of sessions of at least 1';
    throw new CandlenetError('ARGUMENT_INVALID', `online.every: found ${every}, expected ${expected}`);
  }
  const used = [...fold.train, fold.validate].map(({ last }) => last);
  return fold.test.map((test) => {
    const before = used.filter((last) => last < test.first);
    let next = before.length === 0 ? test.first : Math.max(...before) + 1;
    const updates: PlannedUpdate[] = [];
    for (let session = test.first + 1; session <= test.last; session++) {
      const due =
        every === 'month'
          ? monthOf(dates[session]) !== monthOf(dates[session - 1])
          : (session - test.first) % every === 0;
      const known = session - reachDays;
      if (!due || known < next) continue;
      updates.push({ session, arrived: { first: next, last: known } });
      next = known + 1;
    }
    return { test, updates };
  });
}
