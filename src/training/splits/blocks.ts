import { CandlenetError } from '../../util/index.js';
import { type Fold, type FoldRange, type Period, type Purging, sessionCount } from './fold.js';
import { cutAfter, cutBefore, refuseEmpty } from './purge.js';

export interface BlockPlan {
  /** Days that are cut into blocks. */
  readonly span: Period;
  /** Sessions at the end of the training, kept for early stopping. */
  readonly validateDays: number;
}

/** As equal as whole sessions allow, the longer ones first. */
export function blocksOf(span: FoldRange, count: number): FoldRange[] {
  const sessions = sessionCount(span);
  if (count > sessions) {
    throw new CandlenetError('SAMPLES_EMPTY', `split.span: found ${sessions} sessions, expected at least ${count}`);
  }
  const short = Math.floor(sessions / count);
  const longer = sessions % count;
  const start = (i: number) => span.first + i * short + Math.min(i, longer);
  return Array.from({ length: count }, (_, i) => ({ first: start(i), last: start(i + 1) - 1 }));
}

/** What of the span lies in none of the ranges, which are in order. */
export function complement(span: FoldRange, ranges: readonly FoldRange[]): FoldRange[] {
  const rest: FoldRange[] = [];
  let first = span.first;
  for (const range of ranges) {
    if (range.first > first) rest.push({ first, last: range.first - 1 });
    first = range.last + 1;
  }
  if (first <= span.last) rest.push({ first, last: span.last });
  return rest;
}

/**
 * Validation is the end of the last training range; then every range is purged against its neighbours of another kind. A
 * training range of which that leaves nothing drops out.
 */
export function foldAround(
  name: string,
  learnt: readonly FoldRange[],
  test: readonly FoldRange[],
  validateDays: number,
  purging: Purging,
): Fold {
  const key = `split (${name})`;
  const before = (range: FoldRange) => test.filter(({ last }) => last < range.first).at(-1);
  const after = (range: FoldRange) => test.find(({ first }) => first > range.last);
  const purge = (range: FoldRange): FoldRange => {
    const [previous, next] = [before(range), after(range)];
    const late = previous === undefined ? range : cutAfter(range, previous, purging);
    return next === undefined ? late : cutBefore(late, next, purging);
  };
  const end = learnt[learnt.length - 1];
  const held = { first: Math.max(end.first, end.last - validateDays + 1), last: end.last };
  const validate = refuseEmpty(purge(held), held, purging, key);
  const rest = [...learnt.slice(0, -1), { first: end.first, last: held.first - 1 }].filter(
    (range) => sessionCount(range) > 0,
  );
  const train = rest
    .map((range) => (range.last === held.first - 1 ? cutBefore(purge(range), held, purging) : purge(range)))
    .filter((range) => sessionCount(range) > 0);
  if (train.length === 0) {
    throw new CandlenetError('SAMPLES_EMPTY', `${key}: found no training session, expected a longer split.span`);
  }
  const total = (ranges: readonly FoldRange[]) => ranges.reduce((sum, range) => sum + sessionCount(range), 0);
  const purged = { train: total(rest) - total(train), validate: sessionCount(held) - sessionCount(validate) };
  return { name, train, validate, test, purged };
}
