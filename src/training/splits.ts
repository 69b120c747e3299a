import { CandlenetError, type Day, formatDay, sessionsBetween } from '../util/index.js';

/** A period of calendar days, both ends inclusive. */
export type Period = readonly [from: Day, to: Day];

/** Sessions `first` … `last` inclusive, as indices into the dates of the market. */
export interface FoldRange {
  readonly first: number;
  readonly last: number;
}

/** One training, its validation and its test. Samples are the windows that end inside a range. */
export interface Fold {
  readonly name: string;
  readonly train: FoldRange;
  readonly validate: FoldRange;
  readonly test: FoldRange;
  /** Sessions cut from the end of a range because their labels reach into the next one. */
  readonly purged: { readonly train: number; readonly validate: number };
}

/** Every protocol (static, walk-forward, cross-validation) is one of these. */
export type Splitter = (dates: Int32Array) => readonly Fold[];

export interface Purging {
  /** A label made on session t is known at the open of session t + `reachDays`. */
  readonly reachDays: number;
  /** Further sessions left free before the next range. */
  readonly embargoDays: number;
}

const describe = ([from, to]: Period) => `${formatDay(from)} … ${formatDay(to)}`;

/** The sessions of a period. @throws DATE_OUT_OF_STORE, CONFIG_INVALID */
export function sessionsOf(dates: Int32Array, period: Period, key: string): FoldRange {
  const [from, to] = period;
  if (from > to) {
    throw new CandlenetError('CONFIG_INVALID', `${key}: found ${describe(period)}, expected the first day first`);
  }
  const { start, end } = sessionsBetween(dates, from, to, key);
  return { first: start, last: end - 1 };
}

/**
 * Cuts from the end of `range` the sessions whose label reaches to or beyond the first session of the next range
 * (López de Prado 2018, section 7.4.1), and the embargo before that.
 * @throws SAMPLES_EMPTY when nothing is left
 */
export function purgeBefore(range: FoldRange, next: FoldRange, purging: Purging, key: string): FoldRange {
  const last = Math.min(range.last, next.first - purging.reachDays - purging.embargoDays - 1);
  if (last < range.first) {
    const count = range.last - range.first + 1;
    const found = `${count} sessions, all of which purging removes (labels reach ${purging.reachDays} sessions)`;
    throw new CandlenetError('SAMPLES_EMPTY', `${key}: found ${found}, expected a longer period`);
  }
  return { first: range.first, last };
}

/**
 * One fold of three consecutive periods, training and validation purged at their ends.
 * @throws CONFIG_INVALID when the periods overlap or are not in order; DATE_OUT_OF_STORE, SAMPLES_EMPTY
 */
export function staticSplit(
  periods: { readonly train: Period; readonly validate: Period; readonly test: Period },
  purging: Purging,
): Splitter {
  const pairs = [
    ['train', 'validate'],
    ['validate', 'test'],
  ] as const;
  for (const [earlier, later] of pairs) {
    if (periods[earlier][1] < periods[later][0]) continue;
    const found = `${describe(periods[later])}, which begins before ${earlier} ends (${formatDay(periods[earlier][1])})`;
    throw new CandlenetError('CONFIG_INVALID', `split.${later}: found ${found}, expected later days`);
  }
  return (dates) => {
    const whole = {
      train: sessionsOf(dates, periods.train, 'split.train'),
      validate: sessionsOf(dates, periods.validate, 'split.validate'),
      test: sessionsOf(dates, periods.test, 'split.test'),
    };
    const train = purgeBefore(whole.train, whole.validate, purging, 'split.train');
    const validate = purgeBefore(whole.validate, whole.test, purging, 'split.validate');
    const purged = { train: whole.train.last - train.last, validate: whole.validate.last - validate.last };
    return [{ name: 'static', train, validate, test: whole.test, purged }];
  };
}
