import { describe, expect, it } from 'vitest';
import { parseDay } from '../../util/index.js';
import { rulebookByName } from './lookup.js';
import { buyableShares, sellableShares } from './order-size.js';
import { isLimitDown, isLimitUp, NO_LIMITS, priceLimitsOf, roundToTick } from './price-limits.js';
import { freeSessionsOfListing, tradingRulesOn } from './trading-rules.js';
import type { Venue } from './types.js';

const book = rulebookByName('cn-a-share');
const MAIN: Venue = { board: 'main', exchange: 'SH' };
const CHINEXT: Venue = { board: 'chinext', exchange: 'SZ' };
const STAR: Venue = { board: 'star', exchange: 'SH' };
const rules = (venue: Venue, day: string) => tradingRulesOn(book, venue, parseDay(day));
const seasoned = { sessionOfListing: null, freeSessions: 0, specialTreatment: false };

describe('price limits', () => {
  it('round half up to the tick, from the rounded reference', () => {
    const main = rules(MAIN, '2022-03-01');
    // 10.05 × 1.1 = 11.055 → 11.06; × 0.9 = 9.045 → 9.05 (half up, both sides).
    expect(priceLimitsOf(main, 10.05, seasoned)).toEqual({ lower: 9.05, upper: 11.06 });
    // An ex-right reference of 9.8949… rounds to 9.89 before the limit is taken: 10.88 (10.879) and 8.90 (8.901).
    expect(priceLimitsOf(main, 9.8949, seasoned)).toEqual({ lower: 8.9, upper: 10.88 });
    expect(roundToTick(9.895, 0.01)).toBe(9.9);
    expect(roundToTick(1.005, 0.01)).toBe(1.01);
  });

  it('are 5 % under special treatment on the main board, and on ChiNext until its reform', () => {
    const st = { ...seasoned, specialTreatment: true };
    expect(priceLimitsOf(rules(MAIN, '2022-03-01'), 10, st)).toEqual({ lower: 9.5, upper: 10.5 });
    expect(priceLimitsOf(rules(CHINEXT, '2022-03-01'), 10, st)).toEqual({ lower: 8, upper: 12 });
    expect(priceLimitsOf(rules(STAR, '2022-03-01'), 10, st)).toEqual({ lower: 8, upper: 12 });
    expect(priceLimitsOf(rules(CHINEXT, '2020-08-21'), 10, st)).toEqual({ lower: 9.5, upper: 10.5 });
  });

  it('end with the free sessions of the listing, whose regime the listing day decides', () => {
    const day = parseDay('2020-08-24');
    expect(freeSessionsOfListing(book, CHINEXT, day)).toBe(5);
    // Listed under the old rules two sessions earlier: no free sessions are left to it on 2020-08-24.
    expect(freeSessionsOfListing(book, CHINEXT, parseDay('2020-08-20'))).toBe(0);
    const late = rules(STAR, '2020-08-24');
    expect(priceLimitsOf(late, 10, { ...seasoned, sessionOfListing: 5, freeSessions: 5 })).toEqual(NO_LIMITS);
    expect(priceLimitsOf(late, 10, { ...seasoned, sessionOfListing: 6, freeSessions: 5 })).toEqual({
      lower: 8,
      upper: 12,
    });
  });

  it('are +44 % and −36 % of the issue price on a first day between 2014 and the reform', () => {
    const first = { ...seasoned, sessionOfListing: 1 };
    expect(priceLimitsOf(rules(MAIN, '2018-06-11'), 25.14, first)).toEqual({ lower: 16.09, upper: 36.2 });
    expect(priceLimitsOf(rules(MAIN, '2018-06-12'), 36.2, { ...first, sessionOfListing: 2 })).toEqual({
      lower: 32.58,
      upper: 39.82,
    });
    expect(priceLimitsOf(rules(MAIN, '2018-06-11'), Number.NaN, first)).toBeNull();
    expect(priceLimitsOf(rules(MAIN, '2013-05-01'), Number.NaN, { ...first, freeSessions: 1 })).toEqual(NO_LIMITS);
  });

  it('do not exist without a rule', () => {
    const free = tradingRulesOn(rulebookByName('frictionless'), MAIN, parseDay('2022-03-01'));
    expect(priceLimitsOf(free, Number.NaN, seasoned)).toEqual(NO_LIMITS);
  });

  it('are met within half a tick', () => {
    const limits = { lower: 9, upper: 11 };
    expect([10.9949, 10.996, 11, 11.2].map((price) => isLimitUp(price, limits, 0.01))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect([9.0051, 9.004, 9, 8.8].map((price) => isLimitDown(price, limits, 0.01))).toEqual([false, true, true, true]);
    expect(isLimitUp(1e9, NO_LIMITS, 0.01)).toBe(false);
    expect(isLimitDown(1e-9, NO_LIMITS, 0.01)).toBe(false);
  });
});

describe('order sizes', () => {
  it('main board: whole lots of 100; a whole holding with its odd lot', () => {
    const main = rules(MAIN, '2022-03-01');
    expect([99, 100, 199.9, 200].map((shares) => buyableShares(shares, main))).toEqual([0, 100, 100, 200]);
    expect(sellableShares(150, 250, main)).toBe(100);
    expect(sellableShares(250, 250, main)).toBe(250);
    expect(sellableShares(53, 53, main)).toBe(53);
    expect(sellableShares(53, 253, main)).toBe(0);
  });

  it('STAR: at least 200, then single shares', () => {
    const star = rules(STAR, '2022-03-01');
    expect([199, 200, 201, 357.6].map((shares) => buyableShares(shares, star))).toEqual([0, 200, 201, 357]);
    expect(sellableShares(150, 500, star)).toBe(0);
    expect(sellableShares(150, 150, star)).toBe(150);
    expect(sellableShares(201, 500, star)).toBe(201);
  });

  it('BSE: at least 100, then single shares', () => {
    const bse = rules({ board: 'bse', exchange: 'BJ' }, '2022-03-01');
    expect([99, 100, 101].map((shares) => buyableShares(shares, bse))).toEqual([0, 100, 101]);
  });

  it('do not lose a lot to the noise of a division', () => {
    const main = rules(MAIN, '2022-03-01');
    expect(buyableShares((0.3 * 1000) / 3 - 1e-10, main)).toBe(100);
  });
});
