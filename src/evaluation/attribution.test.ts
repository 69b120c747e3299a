import { describe, expect, it } from 'vitest';
import { regress } from '../stats/index.js';
import { createRng, parseDay, weekdayOf } from '../util/index.js';
import { attributeReturns } from './attribution.js';
import {
  type FactorMarket,
  longShortReturns,
  lowVolatilityCharacteristic,
  momentumCharacteristic,
  reversalCharacteristic,
} from './factor-portfolios.js';

const series = (length: number, write: (i: number) => number) => Float64Array.from({ length }, (_, i) => write(i));

describe('attribution', () => {
  const rng = createRng(4, 'factors');
  const n = 120;
  const market = series(n, () => 0.01 * rng.normal());
  const size = series(n, () => 0.005 * rng.normal());
  const riskFree = new Float64Array(n).fill(0.0001);
  const returns = series(n, (t) => 0.0005 + riskFree[t] + 0.9 * market[t] - 0.4 * size[t] + 0.001 * rng.normal());
  const factors = [
    { name: 'market', returns: market },
    { name: 'size', returns: size },
  ];

  it('is the regression of the excess return', () => {
    const found = attributeReturns(returns, riskFree, factors, 252);
    const fit = regress(
      returns.map((value) => value - 0.0001),
      [market, size],
    );
    expect(found.alpha).toBe(fit.intercept.estimate);
    expect(found.annualAlpha).toBe(252 * found.alpha);
    expect(found.exposures.map(({ name, beta }) => [name, beta])).toEqual([
      ['market', fit.slopes[0].estimate],
      ['size', fit.slopes[1].estimate],
    ]);
    expect(found.exposures[0].beta).toBeCloseTo(0.9, 1);
    expect(found).toMatchObject({ sessions: n, t: fit.intercept.t, rSquared: fit.rSquared, lags: fit.lags });
  });

  it('leaves sessions without a factor out, and factors without a session', () => {
    const late = size.map((value, t) => (t < 20 ? Number.NaN : value));
    const nothing = { name: 'value', returns: new Float64Array(n).fill(Number.NaN) };
    const found = attributeReturns(returns, riskFree, [factors[0], { name: 'size', returns: late }, nothing], 252);
    const rest = attributeReturns(
      returns.subarray(20),
      riskFree.subarray(20),
      [
        { name: 'market', returns: market.subarray(20) },
        { name: 'size', returns: size.subarray(20) },
      ],
      252,
    );
    expect(found).toEqual(rest);
  });

  it('does not exist for a strategy that never moved, or too few sessions', () => {
    const cash = attributeReturns(riskFree, riskFree, factors, 252);
    expect([cash.alpha, cash.t, cash.rSquared]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const short = attributeReturns([0.1], [0], [{ name: 'market', returns: Float64Array.of(0.1) }], 252);
    expect(short.exposures[0].beta).toBeNaN();
    expect(() => attributeReturns(returns, [0], factors, 252)).toThrow('the risk-free rate: found 1 sessions');
  });
});

/** Sessions on weekdays from 2021-12-30 on; adjusted prices are given, raw ones half of them. */
function marketOf(
  prices: readonly (readonly number[])[],
  sessions: number,
  away: readonly number[] = [],
): FactorMarket {
  const dates: number[] = [];
  for (let day = parseDay('2021-12-30'); dates.length < sessions; day++) if (weekdayOf(day) < 5) dates.push(day);
  const adjusted = Float64Array.from(prices.flat());
  return {
    bars: {
      symbols: prices.map((_, s) => `S${s}`),
      dates: Int32Array.from(dates),
      close: adjusted.map((price) => price / 2),
      adjFactor: new Float64Array(adjusted.length).fill(2),
      flags: new Uint8Array(adjusted.length),
    },
    universe: Uint8Array.from({ length: adjusted.length }, (_, cell) =>
      away.includes(Math.floor(cell / sessions)) ? 0 : 1,
    ),
  };
}

describe('a long-short factor', () => {
  it('is the mean return of the high side less that of the low side, by hand', () => {
    // Four sessions: 12-30, 12-31 and, in a new month, 01-03, 01-04.
    const prices = [
      [10, 11, 12.1, 12.1],
      [10, 10, 9, 9.9],
      [10, 10, 10, 10],
      [10, 9, 9, 18],
    ];
    const rank = [3, 2, 1, 0];
    const byRank = (stock: number, session: number) => (session === 0 ? rank[stock] : rank[3 - stock]);
    const found = longShortReturns(marketOf(prices, 4), byRank, { first: 1, last: 3 }, { share: 0.25, minimum: 2 });
    // First S0 less S3; from the new month on, as known on 12-31, S3 less S0.
    expect([...found]).toEqual([0.1 - -0.1, 0 - 0.1, 1 - 0].map((value) => expect.closeTo(value, 12)));
  });

  it('holds what stopped trading until a price comes back, and leaves strangers out', () => {
    const gap = Number.NaN;
    const prices = [
      [10, 10, 10, 10, 10],
      [10, gap, gap, 12, 12],
      [10, 20, 40, 80, 160],
    ];
    const market = marketOf(prices, 5, [2]);
    const found = longShortReturns(market, (stock) => stock, { first: 1, last: 4 }, { share: 0.5, minimum: 2 });
    // A new month begins on the session of index 2; the stock without a price then cannot be chosen again.
    expect([...found]).toEqual([0, Number.NaN, Number.NaN, Number.NaN]);
    const month = longShortReturns(
      marketOf(prices.slice(0, 2), 5),
      (stock) => stock,
      { first: 1, last: 1 },
      { share: 0.5, minimum: 2 },
    );
    expect([...month]).toEqual([0]);
    const later = marketOf([prices[0], [10, 10, gap, 12, 12]], 5);
    expect([...longShortReturns(later, (stock) => stock, { first: 2, last: 4 }, { share: 0.5, minimum: 2 })]).toEqual([
      0,
      expect.closeTo(0.2, 12),
      0,
    ]);
  });

  it('does not change with what comes after', () => {
    const rng = createRng(9, 'walk');
    const walk = Array.from({ length: 12 }, () => {
      let price = 10;
      return Array.from({ length: 330 }, () => {
        price *= 1 + 0.02 * rng.normal();
        return price;
      });
    });
    const changed = walk.map((prices) => prices.map((price, t) => (t > 310 ? 7 : price)));
    for (const characteristic of [momentumCharacteristic, reversalCharacteristic, lowVolatilityCharacteristic]) {
      const of = (prices: number[][]) => {
        const market = marketOf(prices, 330);
        return longShortReturns(market, characteristic(market), { first: 260, last: 310 });
      };
      expect(of(walk).every(Number.isFinite)).toBe(true);
      expect(of(changed)).toEqual(of(walk));
    }
  });

  it('needs a history: characteristics are missing before', () => {
    const market = marketOf([Array.from({ length: 300 }, (_, t) => 10 + (t % 7))], 300);
    expect(momentumCharacteristic(market)(0, 251)).toBeNaN();
    // Session 231 has price 10, session 0 too.
    expect(momentumCharacteristic(market)(0, 252)).toBeCloseTo(0, 12);
    expect(reversalCharacteristic(market)(0, 20)).toBeNaN();
    expect(reversalCharacteristic(market)(0, 22)).toBeCloseTo(0, 12);
    expect(lowVolatilityCharacteristic(market)(0, 59)).toBeNaN();
    expect(lowVolatilityCharacteristic(market)(0, 60)).toBeLessThan(0);
    market.bars.flags[40] = 1;
    expect(lowVolatilityCharacteristic(market)(0, 60)).toBeNaN();
    expect(() => longShortReturns(market, () => 1, { first: 0, last: 5 })).toThrow('one before the first');
    expect(() => longShortReturns(market, () => 1, { first: 1, last: 5 }, { share: 0.6 })).toThrow('share');
  });
});
