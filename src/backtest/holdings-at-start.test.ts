import { describe, expect, it } from 'vitest';
import { rulebookByName } from '../market/index.js';
import { runBacktest } from './run-backtest.js';
import { scripted, testMarket, weekdays } from './test-market.fixture.js';

/** 1,000 shares of A from before the period, none of them for sale in its first session, all wanted sold from the start. */
function sold(factor?: readonly number[]) {
  const dates = weekdays('2022-06-01', 6);
  const price = factor ? [10, 5, 5, 5, 5, 5] : [10, 10, 10, 10, 10, 10];
  const rows = [{ symbol: 'A', open: price, close: price, ...(factor ? { factor } : {}) }];
  const { bars, instruments } = testMarket(rows, dates);
  const result = runBacktest({
    bars,
    instruments,
    rulebook: rulebookByName('cn-a-share'),
    costs: { model: 'flat', flatRate: 0 },
    initialCapital: 1000,
    initialHoldings: [{ symbol: 'A', shares: 1000, available: 0 }],
    from: dates[1],
    to: dates[5],
    policy: scripted({ 0: {}, 1: {} }),
  });
  const { columns, length } = result.fills;
  return Array.from({ length }, (_, i) => [dates.indexOf(columns.date[i]), columns.side[i], columns.shares[i]]);
}

describe('holdings from before the period that are not for sale yet', () => {
  it('are for sale from the second session on', () => {
    expect(sold()).toEqual([[2, 'sell', 1000]]);
  });

  it('grow with a split in the first session, and none of what grew is for sale in it', () => {
    expect(sold([1, 2, 2, 2, 2, 2])).toEqual([[2, 'sell', 2000]]);
  });
});
