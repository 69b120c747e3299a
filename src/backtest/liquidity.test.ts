import { expect, it } from 'vitest';
import { PreparedMarket } from './prepared-market.js';
import { testMarket, weekdays } from './test-market.fixture.js';

const CLOSES = [10, 10.2, 9.9, 10.4, 10.1, 10.3, 10.6, 10.2, 10.5, 10.8];
const SPLIT = 5;

it('the volatility before a session is the sample deviation of the log returns, and a split is no return', () => {
  const dates = weekdays('2022-06-01', CLOSES.length);
  const split = CLOSES.map((close, d) => (d < SPLIT ? close : close / 2));
  const factor = CLOSES.map((_, d) => (d < SPLIT ? 1 : 2));
  const rows = [
    { symbol: 'A', close: CLOSES },
    { symbol: 'B', open: split, close: split, factor },
  ];
  const { volatility } = new PreparedMarket(testMarket(rows, dates).bars).liquidity();
  for (let d = 6; d < CLOSES.length; d++) {
    const returns = CLOSES.slice(1, d).map((close, i) => Math.log(close / CLOSES[i]));
    const mean = returns.reduce((a, b) => a + b) / returns.length;
    const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1);
    expect(volatility[d]).toBeCloseTo(Math.sqrt(variance), 10);
    expect(volatility[CLOSES.length + d]).toBeCloseTo(Math.sqrt(variance), 10);
  }
});
