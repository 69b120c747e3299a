import { CandlenetError, formatDay } from '../../util/index.js';
import { type Period, type Purging, type Splitter, sessionCount } from './fold.js';
import { describePeriod, purgeBefore, sessionsOf } from './purge.js';

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
    const end = formatDay(periods[earlier][1]);
    const found = `${describePeriod(periods[later])}, which begins before ${earlier} ends (${end})`;
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
    const purged = {
      train: sessionCount(whole.train) - sessionCount(train),
      validate: sessionCount(whole.validate) - sessionCount(validate),
    };
    return [{ name: 'static', train: [train], validate, test: [whole.test], purged }];
  };
}
