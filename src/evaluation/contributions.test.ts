import { describe, expect, it } from 'vitest';
import { contributionsByIndustry } from './contributions.js';

const none = Float64Array.of(0, 0, 0, 0);
const result = {
  initialCapital: 10_000,
  fills: {
    length: 4,
    columns: {
      order_id: Int32Array.of(0, 1, 2, 3),
      date: Int32Array.of(100, 100, 101, 101),
      symbol: ['A', 'B', 'A', 'C'],
      side: ['buy', 'buy', 'sell', 'buy'],
      shares: Float64Array.of(100, 100, 100, 100),
      price: Float64Array.of(20, 10, 23, 5),
      amount: Float64Array.of(2000, 1000, 2300, 500),
      commission: Float64Array.of(5, 5, 5, 5),
      stamp_duty: Float64Array.of(0, 0, 2, 0),
      transfer_fee: none,
      spread: none,
      impact: Float64Array.of(0, 1, 0, 0),
    },
  },
  events: {
    length: 1,
    columns: {
      date: Int32Array.of(101),
      symbol: ['B'],
      kind: ['dividend'],
      shares_before: Float64Array.of(100),
      shares_after: Float64Array.of(100),
      cash: Float64Array.of(40),
    },
  },
  positions: {
    length: 2,
    columns: {
      date: Int32Array.of(102, 102),
      symbol: ['B', 'C'],
      shares: Float64Array.of(100, 100),
      price: Float64Array.of(8, 6),
      value: Float64Array.of(800, 600),
      weight: Float64Array.of(0.08, 0.06),
      entry_date: Int32Array.of(100, 101),
    },
  },
};
const industryOf = (symbol: string) => ({ A: 'Banks', B: 'Banks', C: 'Software' })[symbol] ?? null;

describe('what each industry brought', () => {
  it('is its cash and its worth at the end, by hand', () => {
    // A: 2300 − 7 − 2005 = 288. B: 800 + 40 − 1006 = −166. C: 600 − 505 = 95.
    expect(contributionsByIndustry(result, industryOf)).toEqual([
      { industry: 'Banks', stocks: 2, tradedShare: 5300 / 5800, afterCosts: 122 / 10_000, costs: 18 / 10_000 },
      { industry: 'Software', stocks: 1, tradedShare: 500 / 5800, afterCosts: 95 / 10_000, costs: 5 / 10_000 },
    ]);
  });

  it('keeps apart what has no industry, and adds up to the total return', () => {
    const parts = contributionsByIndustry(result, (symbol) => (symbol === 'C' ? null : industryOf(symbol)));
    expect(parts.map(({ industry }) => industry)).toEqual(['Banks', null]);
    // Cash of 10,000 − 2005 − 1006 + 2293 − 505 + 40, and 1,400 in stocks.
    const equity = 8817 + 1400;
    const sum = parts.reduce((all, { afterCosts }) => all + afterCosts, 0);
    expect(sum).toBeCloseTo(equity / 10_000 - 1, 14);
  });

  it('is nothing where nothing was traded', () => {
    const empty = { ...result, fills: { ...result.fills, length: 0 }, events: { ...result.events, length: 0 } };
    expect(contributionsByIndustry({ ...empty, positions: { ...result.positions, length: 0 } }, industryOf)).toEqual(
      [],
    );
  });
});
