import { describe, expect, it } from 'vitest';
import { parseDay } from './dates.js';
import { sessionsBetween } from './sessions.js';

describe('sessionsBetween', () => {
  const dates = Int32Array.from(
    ['2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07', '2020-01-08', '2020-01-09', '2020-01-10'],
    (text) => parseDay(text),
  );
  const range = (from: string, to: string) => sessionsBetween(dates, parseDay(from), parseDay(to), 'split.test');

  it('counts both ends, and closed days around them', () => {
    expect(range('2020-01-02', '2020-01-10')).toEqual({ start: 0, end: 7 });
    expect(range('2020-01-01', '2020-01-05')).toEqual({ start: 0, end: 2 });
    expect(range('2020-01-09', '2020-01-12')).toEqual({ start: 5, end: 7 });
    // Ten days, as over the Spring Festival of 2020.
    expect(range('2019-12-23', '2020-01-20')).toEqual({ start: 0, end: 7 });
  });

  it.each([
    ['2019-12-01', '2020-01-10'],
    ['2019-12-22', '2020-01-10'],
    ['2020-01-02', '2020-01-21'],
    ['2020-01-02', '2020-02-10'],
  ])('refuses %s … %s and names the span', (from, to) => {
    expect(() => range(from, to)).toThrow(
      expect.objectContaining({
        code: 'DATE_OUT_OF_STORE',
        message: `split.test: found ${from} … ${to}, expected within 2020-01-02 … 2020-01-10`,
      }),
    );
  });

  it('says so when no session lies between, or the days are the wrong way round', () => {
    expect(() => range('2020-01-04', '2020-01-05')).toThrow(/found 2020-01-04 … 2020-01-05, there is no session/);
    expect(() => range('2020-01-10', '2020-01-02')).toThrow(/expected the first day first/);
  });
});
