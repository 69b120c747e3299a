import { CandlenetError, type Day, formatDay, lowerBound } from '../util/index.js';

/** A period of calendar days, both ends inclusive. */
export type Period = readonly [from: Day, to: Day];

/** Sessions `first` … `last` inclusive, as indices into the dates of the market. */
export interface SessionRange {
  readonly first: number;
  readonly last: number;
}

/** One training, its validation and its test. Samples are the windows that end inside a range. */
export interface Fold {
  readonly name: string;
  readonly train: SessionRange;
  readonly validate: SessionRange;
  readonly test: SessionRange;
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

/** A period may begin or end on days without trading; no exchange closes for longer than this (calendar days). */
const LONGEST_CLOSURE_DAYS = 14;

const describe = ([from, to]: Period) => `${formatDay(from)} … ${formatDay(to)}`;

/** The sessions of a period. @throws DATE_OUT_OF_STORE, CONFIG_INVALID */
export function sessionsOf(dates: Int32Array, period: Period, key: string): SessionRange {
  const [from, to] = period;
  if (from > to) {
    throw new CandlenetError('CONFIG_INVALID', `${key}: found ${describe(period)}, expected the first day first`);
  }
  const first = lowerBound(dates, from);
  const last = lowerBound(dates, to + 1) - 1;
  const slack = LONGEST_CLOSURE_DAYS;
  const outside = dates.length === 0 || from < dates[0] - slack || to > dates[dates.length - 1] + slack;
  if (outside || first > last) {
    const held = dates.length === 0 ? 'no sessions' : describe([dates[0], dates[dates.length - 1]]);
    throw new CandlenetError('DATE_OUT_OF_STORE', `${key}: found ${describe(period)}, expected days within ${held}`);
  }
  return { first, last };
}

/**
 * Cuts from the end of `range` the sessions whose label reaches to or beyond the first session of the next range
 * (López de Prado 2018, section 7.4.1), and the embargo before that.
 * @throws SAMPLES_EMPTY when nothing is left
 */
export function purgeBefore(range: SessionRange, next: SessionRange, purging: Purging, key: string): SessionRange {
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
