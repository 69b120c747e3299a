import { describe, expect, it } from 'vitest';
import type { MarketTables } from '../types.js';
import { generateMarket } from './generate.js';

/**
 * The stylised facts of R. Cont, "Empirical properties of asset returns: stylized facts and statistical issues",
 * Quantitative Finance 1 (2001) 223-236, which a market worth training on must show: no autocorrelation of returns, heavy
 * tails, less heavy over longer spans, volatility in clusters that fade slowly, volume that goes with volatility.
 */
const SYMBOLS = 60;
const DAYS = 2000;
const options = { symbols: SYMBOLS, days: DAYS, seed: 21, withTruth: false, withFacts: false } as const;
const nothing = generateMarket({ ...options, kind: 'null' });
const planted = generateMarket({ ...options, kind: 'planted' });

/** Close-to-close returns of the adjusted price of each stock, over days on which it traded and the day before; 0 on others. */
function returnsOf({ bars }: MarketTables): Float64Array[] {
  return bars.symbols.map((_, s) =>
    Float64Array.from({ length: DAYS }, (_none, d) => {
      const cell = s * DAYS + d;
      if (d === 0 || bars.suspended[cell] === 1) return 0;
      const change = (bars.close[cell] * bars.adjFactor[cell]) / (bars.close[cell - 1] * bars.adjFactor[cell - 1]) - 1;
      return Number.isNaN(change) ? 0 : change;
    }),
  );
}
const returns = returnsOf(nothing);

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

const autocorrelation = (x: Float64Array, lag: number) => correlation(x.subarray(lag), x.subarray(0, x.length - lag));

function kurtosis(values: ArrayLike<number>): number {
  const m = mean(values);
  const second = mean(Array.from(values, (x) => (x - m) ** 2));
  return mean(Array.from(values, (x) => (x - m) ** 4)) / second ** 2;
}

/**
 * Standard score of the products of returns `lag` sessions apart. Summed over the stocks of a session they are a
 * martingale difference when returns are one, so that their sum over its own quadratic variation is asymptotically normal,
 * whatever volatility and common factors do (Hall and Heyde, 1980).
 */
function foresight(stocks: readonly Float64Array[], lag: number): number {
  let sum = 0;
  let squares = 0;
  for (let d = lag; d < DAYS; d++) {
    let product = 0;
    for (const stock of stocks) product += stock[d] * stock[d - lag];
    sum += product;
    squares += product ** 2;
  }
  return sum / Math.sqrt(squares);
}

/** Stocks listed over the whole span. */
const whole = returns.filter((_, s) => !nothing.bars.close.subarray(s * DAYS, (s + 1) * DAYS).some(Number.isNaN));

describe('stylised facts of the synthetic market', () => {
  it('returns have no autocorrelation in the null market, at any lag up to ten, and have one in the planted', () => {
    const scores = Array.from({ length: 10 }, (_, i) => foresight(returns, i + 1));
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(3.3);
    expect(mean(scores.map((score) => score ** 2))).toBeLessThan(2.2);
    const signal = Array.from({ length: 7 }, (_, i) => foresight(returnsOf(planted), i + 1));
    expect(Math.max(...signal)).toBeGreaterThan(5);
  });

  it('tails are heavier than the normal law has them, and less so over a month', () => {
    const daily = mean(whole.map(kurtosis));
    const monthly = mean(
      whole.map((stock) =>
        kurtosis(
          Array.from({ length: Math.floor(DAYS / 20) }, (_, m) =>
            stock.subarray(20 * m, 20 * m + 20).reduce((total, r) => total + Math.log(1 + r), 0),
          ),
        ),
      ),
    );
    expect(daily).toBeGreaterThan(4);
    expect(daily).toBeLessThan(15);
    expect(monthly).toBeLessThan(daily - 0.5);
  });

  it('volatility comes in clusters that fade slowly', () => {
    const sizes = whole.map((stock) => stock.map(Math.abs));
    const at = (lag: number) => mean(sizes.map((size) => autocorrelation(size, lag)));
    expect(at(1)).toBeGreaterThan(0.08);
    expect(at(1)).toBeLessThan(0.35);
    expect(at(5)).toBeGreaterThan(0.04);
    expect(at(20)).toBeGreaterThan(0);
    expect(at(20)).toBeLessThan(at(1));
  });

  it('stocks move together, those of an industry more so', () => {
    const rows = returns.map((stock, s) => ({ stock, industry: nothing.instruments[s].industry }));
    const within: number[] = [];
    const across: number[] = [];
    for (const [i, a] of rows.entries()) {
      for (const b of rows.slice(i + 1))
        (a.industry === b.industry ? within : across).push(correlation(a.stock, b.stock));
    }
    expect(mean(across)).toBeGreaterThan(0.1);
    expect(mean(across)).toBeLessThan(0.5);
    expect(mean(within)).toBeGreaterThan(mean(across) + 0.03);
  });

  it('volume goes with the size of moves', () => {
    const { volume } = nothing.bars;
    const correlations = whole.map((stock) => {
      const s = returns.indexOf(stock);
      const traded = Array.from(stock.keys()).filter((d) => d > 0 && volume[s * DAYS + d] > 0);
      return correlation(
        traded.map((d) => Math.abs(stock[d])),
        traded.map((d) => Math.log(volume[s * DAYS + d])),
      );
    });
    expect(mean(correlations)).toBeGreaterThan(0.1);
  });
});
