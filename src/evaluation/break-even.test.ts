import { describe, expect, it } from 'vitest';
import { breakEvenCost } from './break-even.js';
import { capacity } from './capacity.js';
import type { StrategyRecord } from './types.js';

const SESSIONS = 252;
const basis = { sessionsPerYear: SESSIONS, riskFree: 0 };

function record(daily: number, turnover = 0): StrategyRecord {
  return {
    dates: Int32Array.from({ length: SESSIONS }, (_, i) => i),
    returns: new Float64Array(SESSIONS).fill(daily),
    turnover: new Float64Array(SESSIONS).fill(turnover),
    costs: null,
    roundTrips: null,
  };
}

/** A strategy that gains `daily` before costs and trades a tenth of its equity each day, half of it bought. */
const trader = (daily: number) => (costBps: number) => record(daily - (0.1 * costBps) / 10_000, 0.05);

describe('breakEvenCost', () => {
  it('is the rate that eats the whole lead: by construction 0.002 − 0.001 = 0.1 × rate', async () => {
    const run = trader(0.002);
    const { overBenchmark, overUniverse } = await breakEvenCost({
      run,
      benchmark: record(0.001),
      universe: null,
      basis,
    });
    expect(overBenchmark.state).toBe('found');
    expect(overBenchmark.costBps).toBeCloseTo(100, 3);
    expect(overUniverse).toBeNull();
    // (1.002^252 − 1.001^252) over the 25.2 times of equity traded in a year.
    expect(overBenchmark.analyticBps).toBeCloseTo((10_000 * (1.002 ** 252 - 1.001 ** 252)) / 25.2, 9);
  });

  it('counts benchmark and universe apart', async () => {
    const run = trader(0.002);
    const result = await breakEvenCost({ run, benchmark: record(0.001), universe: record(0.0015), basis });
    expect(result.overUniverse?.costBps).toBeCloseTo(50, 3);
  });

  it('is null, with the reason, where there is no such rate', async () => {
    const of = async (daily: number, benchmark: number) =>
      (await breakEvenCost({ run: trader(daily), benchmark: record(benchmark), universe: null, basis })).overBenchmark;
    expect(await of(0.001, 0.002)).toEqual({ costBps: null, analyticBps: null, state: 'never' });
    expect(await of(0.02, 0.001)).toMatchObject({ costBps: null, state: 'beyond' });
    expect(await of(0.001, Number.NaN)).toMatchObject({ costBps: null, state: 'undefined' });
  });
});

describe('capacity', () => {
  /** Impact grows with the square root of capital: daily return 0.002 − 0.001 · √(capital / 1e9). */
  const run = (capital: number) => ({ record: record(0.002 - 0.001 * Math.sqrt(capital / 1e9)), investedShare: 0.9 });

  it('is where the lead is gone, on a logarithmic scale: by construction 4e9 for a benchmark of 0', async () => {
    const grid = [1e9, 3.9e9, 4.1e9, 1e10];
    const { overBenchmark, points } = await capacity({ run, benchmark: record(0), universe: null, basis, grid });
    expect(overBenchmark.state).toBe('found');
    expect(Math.abs(overBenchmark.capital! / 4e9 - 1)).toBeLessThan(1e-3);
    expect(points.map(({ annualisedReturn }) => annualisedReturn)[0]).toBeCloseTo(1.001 ** 252 - 1, 9);
    expect(points[0].investedShare).toBe(0.9);
  });

  const wavering = async (daily: readonly number[], shares: readonly number[] = [1, 1, 1, 1]) => {
    const grid = [1e6, 1e7, 1e8, 1e9];
    const at = (capital: number) => grid.indexOf(capital);
    const run = (capital: number) => ({ record: record(daily[at(capital)]), investedShare: shares[at(capital)] });
    return (await capacity({ run, benchmark: record(0), universe: null, basis, grid })).overBenchmark;
  };

  it('is no number where the smallest capital does not lead, whatever larger ones do', async () => {
    const never = { capital: null, state: 'never' };
    expect(await wavering([-0.001, 0.001, -0.001, 0.002])).toEqual(never);
    expect(await wavering([-0.001, 0.001, 0.001, 0.001])).toEqual(never);
    expect(await wavering([-0.001, 0.001, 0.001, 0.001], [1, 1, 1, 0.1])).toEqual(never);
    expect(await wavering([0, 0.001, 0.001, -0.001])).toEqual(never);
  });

  it('is where the lead of the smallest capital is first lost, whatever comes back', async () => {
    const { state, capital } = await wavering([0.001, 0.001, -0.001, 0.002]);
    expect(state).toBe('found');
    expect(capital).toBeGreaterThan(1e7);
    expect(capital).toBeLessThan(1e8);
  });

  it('starts at the smallest capital that is placed: one too small for a lot is no strategy either', async () => {
    const { state, capital } = await wavering([-0.001, 0.001, 0.001, -0.001], [0.2, 1, 1, 1]);
    expect(state).toBe('found');
    expect(capital).toBeGreaterThan(1e8);
    expect(await wavering([0.001, -0.001, 0.001, 0.001], [0.2, 1, 1, 1])).toMatchObject({ state: 'never' });
  });

  it('is where the money no longer finds stocks, when cash alone keeps the lead', async () => {
    const placed = (capital: number) => ({ record: record(0.001), investedShare: Math.min(1, 1e9 / capital) });
    const options = { run: placed, universe: null, basis, grid: [1e8, 1e9, 1e10] };
    const { overBenchmark } = await capacity({ ...options, benchmark: record(-0.01) });
    expect(overBenchmark.state).toBe('unplaced');
    // Three quarters are passed between 1 at 1e9 and 0.1 at 1e10, at 5/18 of the way in the logarithm.
    expect(overBenchmark.capital).toBeCloseTo(1e9 * 10 ** (5 / 18), -1);
    const shrinking = (capital: number) => ({ ...placed(capital), record: record(capital > 1e9 ? 0 : -0.001) });
    // It leads a falling benchmark only where it is mostly cash: that is no lead of the strategy's.
    const { overBenchmark: none } = await capacity({ ...options, run: shrinking, benchmark: record(-0.0005) });
    expect(none).toEqual({ capital: null, state: 'never' });
  });

  it('is null, with the reason, where there is none', async () => {
    const of = async (benchmark: number) =>
      (await capacity({ run, benchmark: record(benchmark), universe: null, basis, grid: [1e6, 1e9] })).overBenchmark;
    expect(await of(0.01)).toEqual({ capital: null, state: 'never' });
    expect(await of(-0.01)).toEqual({ capital: null, state: 'beyond' });
  });
});
