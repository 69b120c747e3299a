import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../util/index.js';
import type { Period } from './fold.js';
import { staticSplit } from './static.js';

/** Every second day of 2020, from the 2nd of January: sessions 0, 1, 2 … on days 0, 2, 4 … after it. */
const START = parseDay('2020-01-02');
const dates = Int32Array.from({ length: 100 }, (_, i) => START + 2 * i);
const days = (from: number, to: number): Period => [START + from, START + to] as [Day, Day];
const periods = { train: days(0, 79), validate: days(80, 119), test: days(120, 198) };

describe('static split', () => {
  it('drops the samples whose label reaches the first session of the next period', () => {
    const [fold] = staticSplit(periods, { reachDays: 6, embargoDays: 0 })(dates);
    // Validation begins with session 40: the label of session 33 is known at the open of 39, that of 34 at 40's.
    expect(fold.train).toEqual([{ first: 0, last: 33 }]);
    expect(fold.validate).toEqual({ first: 40, last: 53 });
    expect(fold.test).toEqual([{ first: 60, last: 99 }]);
    expect(fold.purged).toEqual({ train: 6, validate: 6 });
  });

  it('purges nothing that a gap between the periods already keeps apart', () => {
    const apart = { ...periods, train: days(0, 59) };
    const [fold] = staticSplit(apart, { reachDays: 6, embargoDays: 0 })(dates);
    expect([fold.train[0].last, fold.purged.train]).toEqual([29, 0]);
  });

  it('leaves the embargo free as well', () => {
    const [fold] = staticSplit(periods, { reachDays: 6, embargoDays: 4 })(dates);
    expect([fold.train[0].last, fold.validate.last]).toEqual([29, 49]);
  });

  it('takes periods that begin or end on a holiday', () => {
    const [fold] = staticSplit(
      { ...periods, train: days(-1, 79), test: days(121, 201) },
      { reachDays: 1, embargoDays: 0 },
    )(dates);
    expect([fold.train[0].first, fold.test]).toEqual([0, [{ first: 61, last: 99 }]]);
  });

  it('refuses what is out of order, outside the store, or purged away', () => {
    const code = (changed: Partial<typeof periods>, reachDays = 6) => {
      try {
        staticSplit({ ...periods, ...changed }, { reachDays, embargoDays: 0 })(dates);
        return 'none';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code({})).toBe('none');
    expect(code({ validate: days(70, 119) })).toBe('CONFIG_INVALID');
    expect(code({ train: days(79, 0) })).toBe('CONFIG_INVALID');
    expect(code({ train: days(-400, 79) })).toBe('DATE_OUT_OF_STORE');
    expect(code({ test: days(120, 400) })).toBe('DATE_OUT_OF_STORE');
    expect(code({ validate: days(81, 81) })).toBe('DATE_OUT_OF_STORE');
    expect(code({}, 40)).toBe('SAMPLES_EMPTY');
  });
});
