import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { fatTailed, nextVariance, STOCK_GARCH } from './innovations.js';
import { stepPrice } from './price-step.js';
import { REGIMES, regimeDrift } from './regimes.js';

describe('what keeps the null market a martingale', () => {
  it.each([
    ['far from the limits', 1000.3, 900, 1100],
    ['close to the upper limit', 1095.6, 900, 1100],
    ['at the lower limit', 900, 900, 1100],
    ['on a coarse tick', 104.4, 94, 115],
  ])('a step has the mean it starts from: %s', (_, centre, lower, upper) => {
    const rng = createRng(1, centre);
    const draws = 200_000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < draws; i++) {
      const price = stepPrice(centre, centre * 0.03 * fatTailed(rng, 5), { lower, upper }, rng);
      if (!(Number.isInteger(price) && price >= lower && price <= upper)) expect.fail(`price ${price}`);
      sum += price - centre;
      squares += (price - centre) ** 2;
    }
    const error = Math.sqrt(squares / draws / draws);
    expect(Math.abs(sum / draws)).toBeLessThanOrEqual(3 * error);
  });

  it('every regime pays for its jumps, so that a session has the mean 0', () => {
    for (const regime of REGIMES) {
      const leave = regime.exits.reduce((sum, exit) => sum + exit.chance, 0);
      const jumps = regime.exits.reduce((sum, exit) => sum + exit.chance * exit.jump, 0);
      expect(jumps + (1 - leave) * regimeDrift(regime)).toBeCloseTo(0, 15);
    }
    expect(regimeDrift(REGIMES[0])).toBeGreaterThan(0);
    expect(regimeDrift(REGIMES[2])).toBeLessThan(0);
  });

  it('innovations are Student t of unit variance', () => {
    // Two-sided 5 % and 1 % points of Student t with 5 degrees of freedom: 2.5706 and 4.0321 (any table), × √(3/5).
    const rng = createRng(2);
    const draws = 400_000;
    const scale = Math.sqrt(3 / 5);
    let beyond5 = 0;
    let beyond1 = 0;
    let mean = 0;
    for (let i = 0; i < draws; i++) {
      const z = fatTailed(rng, 5);
      mean += z / draws;
      if (Math.abs(z) > 2.5706 * scale) beyond5++;
      if (Math.abs(z) > 4.0321 * scale) beyond1++;
    }
    expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(draws));
    expect(Math.abs(beyond5 / draws - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / draws));
    expect(Math.abs(beyond1 / draws - 0.01)).toBeLessThan(3 * Math.sqrt((0.01 * 0.99) / draws));
  });

  it('variance returns to 1 at the rate of its parameters', () => {
    const rate = STOCK_GARCH.shock + STOCK_GARCH.persistence;
    expect(nextVariance(STOCK_GARCH, 1, 1)).toBeCloseTo(1, 12);
    expect(nextVariance(STOCK_GARCH, 3, 1)).toBeCloseTo(1 + 2 * rate, 12);
    expect(nextVariance(STOCK_GARCH, 3, 1, 2)).toBeCloseTo(3 + 2 * rate, 12);
    expect(nextVariance(STOCK_GARCH, 3, 100)).toBe(16);
  });
});
