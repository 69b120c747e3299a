import { describe, expect, it } from 'vitest';
import { rulebookByName } from '../market/index.js';
import { affordableShares, chargesOf, costModel } from './costs.js';
import { FillPrices } from './fill-prices.js';
import { Ledger } from './ledger.js';
import { MarketView } from './market-view.js';
import { OrderDesk } from './order-desk.js';
import { parseTarget } from './target.js';
import { testMarket, weekdays } from './test-market.fixture.js';

describe('two targets in one session', () => {
  const dates = weekdays('2022-06-01', 2);
  const { bars, instruments } = testMarket([{ symbol: 'A', close: [10, 10] }], dates);
  const indexOf = new Map([['A', 0]]);

  function buyThenSell(rulebookName: string) {
    const market = new MarketView(bars, instruments, rulebookByName(rulebookName));
    const ledger = new Ledger(bars.symbols, 10_000);
    const desk = new OrderDesk(
      bars.symbols,
      market,
      ledger,
      costModel({ model: 'flat', flatRate: 0 }),
      new FillPrices(bars, 'open'),
      {
        maxVolumeShare: null,
        remainder: 'cancel',
      },
    );
    market.openSession(0);
    market.closeSession(0);
    market.openSession(1);
    ledger.beginSession(dates[1]);
    for (const weights of [new Map([['A', 1]]), new Map()]) {
      desk.trade(parseTarget({ signalDate: dates[0], weights }, dates[0], indexOf), 1, dates[1]);
    }
    return { reasons: desk.records.ordersTable(bars.symbols).columns.reason, held: ledger.shares[0] };
  }

  it('T+1: shares bought in the session cannot be sold in it', () => {
    expect(buyThenSell('cn-a-share')).toEqual({ reasons: ['', 'unsettled'], held: 1000 });
  });

  it('without settlement they can', () => {
    expect(buyThenSell('frictionless')).toEqual({ reasons: ['', ''], held: 0 });
  });
});

describe('affordableShares', () => {
  const market = new MarketView(
    testMarket([{ symbol: 'A', close: [10] }], weekdays('2008-05-05', 1)).bars,
    testMarket([{ symbol: 'A', close: [10] }], weekdays('2008-05-05', 1)).instruments,
    rulebookByName('cn-a-share'),
  );
  market.openSession(0);
  const rules = market.rulesOf(0);
  const costs = costModel({ model: 'full', commissionBps: 3, minCommission: 5, halfSpreadBps: 2 });

  for (const cash of [4, 100, 5_000, 16_670, 1_000_000]) {
    it(`uses ${cash} up to the last cent, by rate or by minimum`, () => {
      const shares = affordableShares(costs, rules, cash, 10);
      if (cash < 5) expect(shares).toBe(0);
      else expect(shares * 10 + chargesOf(costs, rules, 'buy', shares, 10).total).toBeCloseTo(cash, 8);
    });
  }
});
