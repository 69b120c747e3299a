import { describe, expect, it } from 'vitest';
import { type RatioTable, value } from './value.js';

const DATES = [100, 101, 102, 103, 140];
const none = Number.NaN;
const rows: [string, number, number, number][] = [
  // Not in order of the days.
  ['A', 102, 2, 20],
  ['A', 100, 1, 10],
  ['B', 100, 4, -5],
  ['B', 101, none, 8],
  ['C', 103, 0.5, 0],
];
const table: RatioTable = {
  length: rows.length,
  columns: {
    symbol: rows.map(([symbol]) => symbol),
    date: Int32Array.from(rows, ([, date]) => date),
    pb: Float64Array.from(rows, ([, , pb]) => pb),
    pe_ttm: Float64Array.from(rows, ([, , , pe]) => pe),
    ps_ttm: new Float64Array(rows.length).fill(none),
    pcf_ttm: new Float64Array(rows.length).fill(none),
  },
};

describe('value', () => {
  it('is the reciprocal of the last ratio known on the day', () => {
    const signal = value(table, DATES);
    expect([0, 1, 2, 3].map((session) => signal('A', session))).toEqual([1, 1, 0.5, 0.5]);
    expect([0, 1, 2].map((session) => signal('B', session))).toEqual([0.25, 0.25, 0.25]);
    expect([2, 3].map((session) => signal('C', session))).toEqual([none, 2]);
    expect(signal('D', 0)).toBeNaN();
  });

  it('ranks a loss below every profit, and a ratio of 0 is none', () => {
    const signal = value(table, DATES, { ratio: 'pe_ttm' });
    expect(signal('B', 0)).toBe(-0.2);
    expect(signal('B', 1)).toBe(0.125);
    expect(signal('C', 3)).toBeNaN();
    expect(value(table, DATES, { ratio: 'ps_ttm' })('A', 3)).toBeNaN();
  });

  it('forgets what is stale', () => {
    expect(value(table, DATES)('A', 4)).toBeNaN();
    expect(value(table, DATES, { staleDays: 38 })('A', 4)).toBe(0.5);
    expect(value(table, DATES, { staleDays: 37 })('A', 4)).toBeNaN();
  });

  it('refuses what it does not know', () => {
    expect(() => value(table, DATES, { ratio: 'ev' as 'pb' })).toThrow('strategies.value.ratio: found "ev"');
    expect(() => value(table, DATES, { staleDays: 0 })).toThrow('strategies.value.staleDays');
  });
});
