import { describe, expect, it } from 'vitest';
import { parseDay } from '../util/index.js';
import {
  alignActions,
  checkActions,
  exRightReference,
  referenceFromFactor,
  theoreticalReference,
} from './corporate-actions.js';
import type { CorporateAction } from './types.js';

const nothing = { cash: 0, bonus: 0, transfer: 0, rights: 0, rightsPrice: 0 };
const action = (symbol: string, exDate: string, entitlement: Partial<CorporateAction>): CorporateAction => ({
  symbol,
  exDate: parseDay(exDate),
  ...nothing,
  ...entitlement,
});

describe('ex-right reference price', () => {
  // Worked by hand from the formula of the SSE and SZSE Trading Rules.
  it.each([
    ['cash', 10, { cash: 0.345 }, 9.655, 9.66],
    ['bonus 3 for 10', 13, { bonus: 0.3 }, 10, 10],
    ['bonus and transfer', 20, { bonus: 0.2, transfer: 0.3 }, 20 / 1.5, 13.33],
    ['rights 3 for 10 at 6', 10, { rights: 0.3, rightsPrice: 6 }, 11.8 / 1.3, 9.08],
    ['all at once', 20, { cash: 0.5, bonus: 0.1, transfer: 0.2, rights: 0.2, rightsPrice: 10 }, 21.5 / 1.5, 14.33],
    ['a consolidation of ten into one', 1.23, { transfer: -0.9 }, 12.3, 12.3],
  ] as const)('%s', (_, close, entitlement, exact, rounded) => {
    expect(theoreticalReference(close, { ...nothing, ...entitlement })).toBeCloseTo(exact, 10);
    expect(exRightReference(close, { ...nothing, ...entitlement }, 0.01)).toBe(rounded);
    expect(exRightReference(close, { ...nothing, ...entitlement }, null)).toBeCloseTo(exact, 10);
  });

  it('agrees with a factor that holds the published reference', () => {
    const close = 10;
    const published = exRightReference(close, { ...nothing, cash: 0.345 }, 0.01);
    expect(referenceFromFactor(close, 1.7, (1.7 * close) / published, 0.01)).toBe(published);
  });
});

describe('actions along bars', () => {
  const dates = Int32Array.from(['2020-01-02', '2020-01-03', '2020-01-06'], (text) => parseDay(text));
  const bars = { symbols: ['A', 'B'], dates };

  it('lie on their session, or the next one, ascending by symbol; strangers and other days are left out', () => {
    const table = alignActions(
      [
        action('B', '2020-01-03', { cash: 0.2 }),
        action('A', '2020-01-03', { bonus: 0.1, transfer: 0.2 }),
        action('A', '2020-01-04', { rights: 0.3, rightsPrice: 5 }),
        action('C', '2020-01-03', { cash: 9 }),
        action('A', '2020-01-01', { cash: 9 }),
        action('A', '2020-01-07', { cash: 9 }),
      ],
      bars,
    );
    expect([...table.start]).toEqual([0, 0, 2, 3]);
    expect([...table.symbol]).toEqual([0, 1, 0]);
    expect([...table.cash]).toEqual([0, 0.2, 0]);
    expect(table.shares[0]).toBeCloseTo(0.3, 12);
    expect([...table.rights]).toEqual([0, 0, 0.3]);
    expect([...table.rightsPrice]).toEqual([0, 0, 5]);
  });

  it('of one symbol and session are added up', () => {
    const table = alignActions(
      [
        action('A', '2020-01-03', { cash: 0.1, rights: 0.1, rightsPrice: 4 }),
        action('A', '2020-01-03', { cash: 0.2, rights: 0.3, rightsPrice: 8 }),
      ],
      bars,
    );
    expect(table.cash[0]).toBeCloseTo(0.3, 12);
    expect(table.rights[0]).toBeCloseTo(0.4, 12);
    expect(table.rightsPrice[0]).toBeCloseTo(7, 12);
  });

  it.each([
    ['cash', { cash: -0.1 }],
    ['cash', { cash: Number.NaN }],
    ['transfer', { transfer: -1 }],
    ['rightsPrice', { rights: 0.1 }],
    ['rightsPrice', { rightsPrice: 3 }],
  ] as const)('are refused when they cannot be: %s', (column, entitlement) => {
    expect(() => checkActions([action('A', '2020-01-03', {}), action('A', '2020-01-03', entitlement)])).toThrow(
      `actions: row 2, A 2020-01-03, column "${column}"`,
    );
  });
});
