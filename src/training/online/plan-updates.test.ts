import { describe, expect, it } from 'vitest';
import { monthOf, parseDay } from '../../util/index.js';
import { planUpdates } from './plan-updates.js';

/** Weekdays from 2021-01-04 on. */
const dates = Int32Array.from({ length: 130 }, (_, i) => parseDay('2021-01-04') + Math.floor(i / 5) * 7 + (i % 5));
const fold = { train: [{ first: 0, last: 30 }], validate: { first: 34, last: 44 }, test: [{ first: 48, last: 120 }] };

describe('the updates of a fold', () => {
  it('come on the first session of each month after the test has begun, with all that has become known', () => {
    const [{ test, updates }] = planUpdates(dates, fold, 'month', 3);
    expect(test).toEqual({ first: 48, last: 120 });
    const months = [...dates.keys()].filter((t) => t > 48 && t <= 120 && monthOf(dates[t]) !== monthOf(dates[t - 1]));
    expect(updates.map(({ session }) => session)).toEqual(months);
    expect(months.length).toBe(3);
    // From the session after validation (purged so far) to the last one whose label the update's session knows.
    expect(updates[0].arrived).toEqual({ first: 45, last: months[0] - 3 });
    for (let u = 1; u < updates.length; u++) {
      expect(updates[u].arrived).toEqual({ first: updates[u - 1].arrived.last + 1, last: months[u] - 3 });
    }
  });

  it('come every so many sessions, and not while nothing has become known', () => {
    const sessions = (every: number, reach: number) =>
      planUpdates(dates, fold, every, reach)[0].updates.map(({ session, arrived }) => [session, arrived.last]);
    expect(sessions(20, 6)).toEqual([
      [68, 62],
      [88, 82],
      [108, 102],
    ]);
    expect(sessions(20, 30)).toEqual([
      [88, 58],
      [108, 78],
    ]);
    expect(() => planUpdates(dates, fold, 0, 3)).toThrow(/ARGUMENT_INVALID|online.every/);
  });

  it('begin anew in each range of a fold that tests several', () => {
    const several = {
      ...fold,
      train: [{ first: 70, last: 80 }],
      test: [
        { first: 48, last: 65 },
        { first: 90, last: 110 },
      ],
    };
    const chains = planUpdates(dates, several, 10, 2);
    expect(chains.map(({ updates }) => updates)).toEqual([
      [{ session: 58, arrived: { first: 45, last: 56 } }],
      [
        { session: 100, arrived: { first: 81, last: 98 } },
        { session: 110, arrived: { first: 99, last: 108 } },
      ],
    ]);
  });
});
