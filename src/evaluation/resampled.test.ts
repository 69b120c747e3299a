import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { annualise, totalReturn } from './performance.js';
import { resampledPerformance } from './resampled.js';

const basis = { sessionsPerYear: 252, riskFree: 0 };
const rng = () => createRng(3, 'resampled');
const draws = createRng(8, 'returns');
const returns = Float64Array.from({ length: 400 }, () => 0.0006 + 0.01 * draws.normal());
const index = returns.map((value) => value - 0.0004);

describe('a test drawn anew', () => {
  const found = resampledPerformance(returns, {
    rng: rng(),
    basis,
    against: [{ id: 'index', returns: index }],
    replications: 4000,
  });

  it('spreads as theory says that blocks of these days do, around what the test showed', () => {
    const { low, median, high } = found?.annualisedReturn ?? { low: 0, median: 0, high: 0 };
    expect(Math.abs(median - annualise(totalReturn(returns), 400, 252))).toBeLessThan(0.03);
    // Politis & Romano (1994), lemma 1: n · the variance of a resample's mean is C(0) + 2 Σ b(i) C(i),
    // b(i) = (1 − i/n)(1 − p)^i + (i/n)(1 − p)^(n − i). Log returns add up; a normal has 5 % and 95 % 1.645 deviations away.
    const n = 400;
    const logs = Array.from(returns, Math.log1p);
    const mean = logs.reduce((sum, x) => sum + x) / n;
    const covariance = (lag: number) =>
      logs.slice(lag).reduce((sum, x, i) => sum + (x - mean) * (logs[i] - mean), 0) / n;
    const keep = 1 - 1 / (found?.meanBlock ?? 1);
    let variance = covariance(0);
    for (let i = 1; i < n; i++) {
      variance += 2 * ((1 - i / n) * keep ** i + (i / n) * keep ** (n - i)) * covariance(i);
    }
    const width = (Math.log1p(high) - Math.log1p(low)) * (n / 252);
    expect(width / (2 * 1.645 * Math.sqrt(variance * n))).toBeCloseTo(1, 1);
  });

  it('has a lead that stands on the same days, far surer than the return itself', () => {
    const [{ id, excess, behindShare }] = found?.against ?? [];
    expect([id, behindShare]).toEqual(['index', 0]);
    // 4 basis points a day less, whatever the days: some 10 % a year times what the market did.
    expect(excess.low).toBeGreaterThan(0.06);
    expect(found?.lossShare).toBeGreaterThan(0);
    expect(found?.lossShare).toBeLessThan(0.3);
  });

  it('keeps days of a run together: a crash of a week stays one', () => {
    const calm = new Float64Array(400).fill(0.0005);
    calm.fill(-0.05, 200, 205);
    const crashed = resampledPerformance(calm, { rng: rng(), basis, against: [] });
    // Of some forty blocks a fifth of the draws has none that touches the week; single days would miss it in 1 of 150.
    expect(crashed?.maxDrawdown.high).toBe(0);
    expect(crashed?.maxDrawdown.median).toBeLessThan(-0.14);
    expect(crashed?.meanBlock).toBeGreaterThanOrEqual(10);
  });

  it('is the same for the same draw, nothing for a few days, and refuses unequal lengths', () => {
    const again = () => resampledPerformance(returns, { rng: rng(), basis, against: [] });
    expect(again()).toEqual(again());
    expect(resampledPerformance(returns.slice(0, 19), { rng: rng(), basis, against: [] })).toBeNull();
    const short = { id: 'index', returns: index.slice(1) };
    expect(() => resampledPerformance(returns, { rng: rng(), basis, against: [short] })).toThrow(
      'found 399 returns of index',
    );
  });
});
