import type { Day } from '../../util/index.js';
import { returnsHash, type Trial } from './trial.js';

/** What a run's figures have to answer for. */
export interface CountedTrials {
  /** Its own configurations, apart from placebos. */
  readonly own: readonly Trial[];
  /** Those of others that were judged on days of the same period, by id. */
  readonly others: readonly Trial[];
  /** Further configurations of others that saw none of these days. */
  readonly elsewhere: number;
}

/**
 * Which of a market's trials count for a run: every configuration that was judged on at least one day of its period, once. Two are one where
 * they have the same configuration and strategy (another version of the program is no other idea), or earned the same to the last bit (momentum does not change when the
 * network beside it does). A placebo is nothing that anyone would choose: it does not count. What was judged on
 * other days alone, as a search on the training period is, chose without having seen these.
 * @param ledger by id, of the same market
 */
export function countTrials(
  own: readonly Trial[],
  ledger: readonly Trial[],
  [from, to]: readonly [Day, Day],
): CountedTrials {
  const seen = new Set<string>();
  const first = (trial: Trial) => {
    const names = [`${trial.config} ${trial.strategy}`, ...(trial.dates.length === 0 ? [] : [returnsHash(trial)])];
    const fresh = names.every((name) => !seen.has(name));
    for (const name of names) seen.add(name);
    return fresh;
  };
  const candidates = (trials: readonly Trial[]) => trials.filter(({ role }) => role !== 'placebo').filter(first);
  const mine = candidates(own);
  const theirs = candidates(ledger);
  const others = theirs.filter(({ judged }) => judged[0] <= to && judged[1] >= from);
  return { own: mine, others, elsewhere: theirs.length - others.length };
}
