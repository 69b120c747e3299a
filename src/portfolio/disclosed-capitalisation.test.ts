import { describe, expect, it } from 'vitest';
import { parseDay } from '../util/index.js';
import { disclosedCapitalisation } from './disclosed-capitalisation.js';
import { barsOf, historyOf } from './test-market.fixture.js';

/** From 2022-01-03: A has two for one on session 3; B is first traded on session 2. */
const BARS = barsOf([
  { symbol: 'A', close: [10, 10, 12, 6, 6, 9], factor: [1, 1, 1, 2, 2, 2] },
  { symbol: 'B', close: [Number.NaN, Number.NaN, 20, 20, 25, 25] },
  { symbol: 'C', close: [5, 5, 5, 5, 5, 5] },
]);
const FACTS = [
  ['A', '2021-09-30', 'total_shares', '2021-10-20', 90],
  ['A', '2021-12-31', 'total_shares', '2022-01-04', 100],
  // Announced late, of an older period: it says nothing newer.
  ['A', '2021-06-30', 'total_shares', '2022-01-05', 50],
  ['A', '2022-01-07', 'total_shares', '2022-01-10', 210],
  ['A', '2021-12-31', 'float_shares', '2022-01-04', 40],
  ['B', '2021-12-31', 'total_shares', '2022-01-04', 8],
  ['C', '2021-12-31', 'total_shares', '2022-01-10', Number.NaN],
  ['C', '2021-12-31', 'eps_ttm', '2021-10-20', 1],
] as const;

const tableOf = (facts: readonly (typeof FACTS)[number][]) => ({
  length: facts.length,
  columns: {
    symbol: facts.map(([symbol]) => symbol),
    period_end: Int32Array.from(facts, ([, end]) => parseDay(end)),
    field: facts.map(([, , field]) => field),
    announced: Int32Array.from(facts, ([, , , announced]) => parseDay(announced)),
    value: Float64Array.from(facts, (fact) => fact[4]),
  },
});
const sizes = (symbol: string, facts: readonly (typeof FACTS)[number][] = FACTS, field?: 'float_shares') => {
  const sizeOf = disclosedCapitalisation(tableOf(facts), historyOf(BARS), BARS.dates, field);
  return Array.from(BARS.dates, (_, session) => sizeOf(symbol, { session }));
};

describe('market value', () => {
  it('is the shares last disclosed at the price of the day, a split counted at once', () => {
    // 90 shares, then from the disclosure of 2022-01-04 (session 1) on 100, worth 200 after the split of session 3; on
    // 2022-01-10 (session 5) the 210 of 2022-01-07 are known, counted after the split.
    expect(sizes('A')).toEqual([900, 1000, 1200, 1200, 1200, 210 * 9]);
    expect(sizes('A', [...FACTS].reverse())).toEqual(sizes('A'));
    expect(sizes('A', FACTS, 'float_shares')).toEqual([Number.NaN, 400, 480, 480, 480, 720]);
  });

  it('is unknown before a disclosure or a price, and without a number', () => {
    expect(sizes('B')).toEqual([Number.NaN, Number.NaN, 160, 160, 200, 200]);
    expect(sizes('C')).toEqual(new Array(6).fill(Number.NaN));
    expect(sizes('unknown')).toEqual(new Array(6).fill(Number.NaN));
  });

  it('of a day does not change with what is announced later', () => {
    const upTo = (day: string) => FACTS.filter(([, , , announced]) => announced <= day);
    expect(sizes('A', upTo('2022-01-04')).slice(0, 5)).toEqual(sizes('A').slice(0, 5));
  });
});
