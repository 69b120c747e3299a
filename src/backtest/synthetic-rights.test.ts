import { describe, expect, it } from 'vitest';
import { generateMarket, rulebookByName } from '../market/index.js';
import { indexAsOf } from '../util/index.js';
import { runBacktest } from './run-backtest.js';
import { scripted } from './test-market.fixture.js';

const market = generateMarket({
  kind: 'null',
  symbols: 60,
  days: 800,
  seed: 3,
  listingRules: 'full',
  withTruth: false,
  withFacts: false,
});
const { bars, instruments, actions = [] } = market;
const sessions = bars.dates.length;
const issues = actions.filter(({ rights }) => rights > 0);

/** Holds 60 % of one stock from before its subscription until after its ex-day. */
function held(symbol: string, ex: number, stated: boolean) {
  return runBacktest({
    bars,
    instruments,
    rulebook: rulebookByName('cn-a-share'),
    costs: { model: 'flat', flatRate: 0 },
    actions: stated ? actions : null,
    initialCapital: 1_000_000,
    from: bars.dates[ex - 12],
    to: bars.dates[ex],
    policy: scripted({ [ex - 13]: { [symbol]: 0.6 } }),
  });
}

describe('rights issues of the synthetic market in a back-test', () => {
  it('are taken up at their price, and leave the holder as rich as the exchange’s reference says', () => {
    let taken = 0;
    for (const { symbol, exDate, rights, rightsPrice } of issues) {
      const ex = indexAsOf(bars.dates, exDate);
      const cell = bars.symbols.indexOf(symbol) * sessions + ex;
      const { events, equity, positions } = held(symbol, ex, true);
      const { kind, shares_before, shares_after, cash } = events.columns;
      if (kind.length !== 1) continue;
      taken++;
      expect(kind).toEqual(['rights']);
      const [before, after, paid] = [shares_before[0], shares_after[0], -cash[0]];
      expect(after - before).toBe(Math.floor(before * rights + 1e-9));
      expect(paid).toBeCloseTo((after - before) * rightsPrice, 6);
      expect(positions.columns.shares[positions.length - 1]).toBe(after);
      const last = equity.length - 1;
      const close = bars.close[cell];
      expect(equity.columns.equity[last]).toBeCloseTo(equity.columns.cash[last] + after * close, 6);

      // New shares at the reference − money paid = old shares at the last close, but for half a tick a share and a fraction of one:
      // what the ex-day earns is the move from the reference, on the new shares.
      const reference = (bars.close[cell - 1] * bars.adjFactor[cell - 1]) / bars.adjFactor[cell];
      const earned = after * close - paid - before * bars.close[cell - 1];
      const rounding = after * 0.005 + reference;
      expect(Math.abs(earned - after * (close - reference))).toBeLessThan(rounding);
      // Where no action is stated the factor is reinvested: the same but for what the money paid in has earned.
      const silent = held(symbol, ex, false).equity.columns.equity;
      const stake = paid * Math.abs(close / reference - 1);
      expect(Math.abs(equity.columns.equity[last] - silent[silent.length - 1])).toBeLessThan(stake + 2 * rounding);
    }
    expect(taken).toBeGreaterThan(4);
  });
});
