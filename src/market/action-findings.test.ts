import { describe, expect, it } from 'vitest';
import { parseDay } from '../util/index.js';
import { actionFindings } from './action-findings.js';
import { codedMarket } from './coded-market.fixture.js';
import { BarFlag, type CorporateAction, type MarketTables } from './types.js';

const DAYS = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07', '2020-01-08', '2020-01-09', '2020-01-10'];
const cellOf = (s: number, day: string) => s * DAYS.length + DAYS.indexOf(day);

/** Three instruments at 20.00 whose factor is 1 but for the changes given, from their day on. */
function marketWith(
  actions: readonly (Partial<CorporateAction> & { symbol: string; day: string })[],
  changes: readonly { s: number; day: string; ratio: number }[] = [],
): MarketTables {
  const market = codedMarket();
  const { close, adjFactor, flags } = market.bars;
  close.forEach((price, cell) => {
    close[cell] = Number.isNaN(price) ? price : 20;
    adjFactor[cell] = 1;
  });
  flags.fill(0);
  for (const { s, day, ratio } of changes) {
    for (let cell = cellOf(s, day); cell < (s + 1) * DAYS.length; cell++) adjFactor[cell] *= ratio;
  }
  const nothing = { cash: 0, bonus: 0, transfer: 0, rights: 0, rightsPrice: 0 };
  return { ...market, actions: actions.map(({ day, ...rest }) => ({ ...nothing, ...rest, exDate: parseDay(day) })) };
}

const found = (market: MarketTables) =>
  Object.fromEntries(actionFindings(market).map(({ kind, count, example }) => [kind, { count, example }]));
const none = { count: 0, example: '' };

describe('actions beside the adjustment factor', () => {
  it('agree: cash, new shares, rights, and several of one day', () => {
    // 10 for 10 with 0.333: (20 − 0.333) / 2 = 9.8335, published as 9.83; rights 3 for 10 at 10: 23 / 1.3 = 17.692, 17.69.
    const market = marketWith(
      [
        { symbol: 'SH600001', day: '2020-01-06', cash: 0.333 },
        { symbol: 'SH600001', day: '2020-01-06', bonus: 0.4, transfer: 0.6 },
        { symbol: 'SZ000002', day: '2020-01-07', rights: 0.3, rightsPrice: 10 },
      ],
      [
        { s: 0, day: '2020-01-06', ratio: 20 / 9.83 },
        { s: 1, day: '2020-01-07', ratio: 20 / 17.69 },
      ],
    );
    expect(found(market)).toEqual({
      'action-contradicts-factor': none,
      'factor-without-action': none,
      'action-without-bar': none,
    });
  });

  it('contradict each other: the factor shows another payment, or none; the worst is the example', () => {
    const market = marketWith(
      [
        { symbol: 'SH600001', day: '2020-01-06', cash: 0.5 },
        { symbol: 'SZ000002', day: '2020-01-07', transfer: 1 },
      ],
      [{ s: 0, day: '2020-01-06', ratio: 20 / 19.48 }],
    );
    expect(found(market)['action-contradicts-factor']).toEqual({
      count: 2,
      example: 'SZ000002 2020-01-07: last close 20.00, reference 10.000 by the action, 20.000 by the factor',
    });
    expect(found(market)['factor-without-action']).toEqual(none);
  });

  it.each([
    [0.0145, 0],
    [0.0155, 1],
  ])('are held to half a tick and 0.05 %% of the price: a gap of %f counts %i', (gap, count) => {
    // Reference 19.5: half a tick is 0.005, 0.05 % of it 0.00975, together 0.01475.
    const market = marketWith(
      [{ symbol: 'SH600001', day: '2020-01-06', cash: 0.5 }],
      [{ s: 0, day: '2020-01-06', ratio: 20 / (19.5 + gap) }],
    );
    expect(found(market)['action-contradicts-factor'].count).toBe(count);
  });

  it('miss: the factor changes without an action, and beyond the noise of its digits', () => {
    const market = marketWith(
      [],
      [
        { s: 0, day: '2020-01-06', ratio: 1.25 },
        { s: 1, day: '2020-01-07', ratio: 1 + 5e-7 },
        { s: 1, day: '2020-01-08', ratio: 1.01 },
      ],
    );
    expect(found(market)['factor-without-action']).toEqual({
      count: 2,
      example: 'SH600001 2020-01-06: factor × 1.25000',
    });
  });

  it('have no bar: before the listing, misrecorded, or of an unknown symbol within the sessions', () => {
    const market = marketWith([
      { symbol: 'SZ300003', day: '2020-01-06', cash: 0.2 },
      { symbol: 'SH600001', day: '2020-01-09', cash: 0.2 },
      { symbol: 'SH688999', day: '2020-01-07', cash: 0.2 },
      { symbol: 'SH688999', day: '2021-01-07', cash: 0.2 },
      { symbol: 'SZ300003', day: '2020-01-08', cash: 0.2 },
    ]);
    market.bars.flags[cellOf(0, '2020-01-09')] = BarFlag.MISRECORDED;
    expect(found(market)).toEqual({
      'action-contradicts-factor': none,
      'factor-without-action': none,
      'action-without-bar': { count: 3, example: 'SH688999 2020-01-07' },
    });
  });

  it('are not looked for where none are stated', () => {
    const { actions: _, ...silent } = marketWith([], [{ s: 0, day: '2020-01-06', ratio: 2 }]);
    expect(actionFindings(silent)).toEqual([]);
  });
});
