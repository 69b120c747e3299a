import { formatDay, monthOf } from '../util/index.js';

const STEPS_IN_MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];

/**
 * Which sessions of a dated axis bear a label: the first of a month, every so many months that at most `most` labels
 * stand there. Index → label; a January is written as its year.
 */
export function dateTicks(dates: ArrayLike<number>, most: number): Map<number, string> {
  for (const step of STEPS_IN_MONTHS) {
    const ticks = new Map<number, string>();
    for (let i = 1; i < dates.length; i++) {
      const month = monthOf(dates[i]);
      if (month === monthOf(dates[i - 1]) || month % step !== 0) continue;
      ticks.set(i, month % 12 === 0 ? formatDay(dates[i]).slice(0, 4) : formatDay(dates[i]).slice(0, 7));
    }
    if (ticks.size <= most) return ticks;
  }
  return new Map();
}
