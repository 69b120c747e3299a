import { describe, expect, it } from 'vitest';
import { rulebookByName, tradingRulesOn } from '../market/index.js';
import { parseDay } from '../util/index.js';
import { chargesOf, costModel } from './costs.js';
import { runBacktest } from './run-backtest.js';
import { scripted, testMarket, weekdays } from './test-market.fixture.js';

const us = rulebookByName('us-equity');
const NYSE = { board: 'main', exchange: 'NYSE' } as const;
const noBroker = { model: 'full', commissionBps: 0, minCommission: 0, halfSpreadBps: 0 } as const;
const charged = (day: string, side: 'buy' | 'sell', shares: number, price: number, costs = costModel(noBroker)) =>
  chargesOf(costs, tradingRulesOn(us, NYSE, parseDay(day)), side, shares, price);

describe('levies of a sale', () => {
  // SEC fee per million and FINRA's Trading Activity Fee per share with its most, as of docs/rulebook-us-equity.md:
  // 2020-02-17: 20.7, 0.000119 up to 5.95; from 2020-02-18: 22.1; 2024-06-03: 27.8, 0.000166 up to 8.30.
  it.each([
    ['2020-02-17', 10_000, 50, 500_000 * 20.7e-6 + 1.19],
    ['2020-02-18', 10_000, 50, 500_000 * 22.1e-6 + 1.19],
    ['2024-06-03', 10_000, 50, 13.9 + 1.66],
    ['2024-06-03', 50_000, 50, 69.5 + 8.3],
    ['2024-06-03', 50_001, 50, 69.50139 + 8.3],
    ['2024-06-03', 1_000_000, 1, 27.8 + 8.3],
    ['2025-06-02', 1000, 50, 0.166],
  ])('%s: %i shares at %f, not rounded to the cent', (day, shares, price, levy) => {
    const { transferFee, stampDuty, commission, total } = charged(day, 'sell', shares, price);
    expect(transferFee).toBeCloseTo(levy, 10);
    expect(total).toBeCloseTo(levy, 10);
    expect([stampDuty, commission]).toEqual([0, 0]);
  });

  it('are not charged on purchases, nor under flat costs', () => {
    expect(charged('2024-06-03', 'buy', 10_000, 50).total).toBe(0);
    expect(charged('2024-06-03', 'sell', 10_000, 50, costModel({ model: 'flat', flatRate: 0 })).total).toBe(0);
  });

  it('stand in the fills and leave the cash', () => {
    const dates = weekdays('2024-06-03', 4);
    const { bars, instruments } = testMarket([{ symbol: 'A', close: Array(4).fill(50), exchange: 'NYSE' }], dates);
    const { fills, equity } = runBacktest({
      bars,
      instruments,
      rulebook: us,
      costs: noBroker,
      initialCapital: 500_000,
      from: dates[1],
      to: dates[3],
      policy: scripted({ 0: { A: 1 }, 1: {} }),
    });
    expect(fills.columns.side).toEqual(['buy', 'sell']);
    expect(fills.columns.transfer_fee[0]).toBe(0);
    expect(fills.columns.transfer_fee[1]).toBeCloseTo(15.56, 10);
    expect(equity.columns.cash[3]).toBeCloseTo(500_000 - 15.56, 8);
  });
});
