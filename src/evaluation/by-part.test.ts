import { describe, expect, it } from 'vitest';
import { parseDay } from '../util/index.js';
import { measuresOfPeriod, skillByIndustry, skillByMonth } from './index.js';
import type { StrategyRecord } from './types.js';

const days = ['2022-01-28', '2022-01-31', '2022-02-07'].map((day) => parseDay(day));
/** Four stocks a day; the score ranks them as their returns do in January, the other way round in February. */
const date = Int32Array.from(days.flatMap((day) => [day, day, day, day]));
const up = [0.1, 0.2, 0.3, 0.4];
const forecasts = {
  length: 12,
  date,
  pBuy: Float32Array.from({ length: 12 }, (_, i) => 0.4 + up[i % 4] / 4),
  pHold: new Float32Array(12),
  pSell: Float32Array.from({ length: 12 }, (_, i) => 0.6 - up[i % 4] / 4),
  label: Uint8Array.of(2, 2, 0, 0, 2, 2, 2, 0, 0, 0, 2, 2),
  forwardReturn: Float32Array.from({ length: 12 }, (_, i) => (i < 8 ? 1 : -1) * up[i % 4]),
};

describe('skill by part', () => {
  it('is each month by itself', () => {
    const [january, february, ...more] = skillByMonth(forecasts, 1);
    expect(more).toEqual([]);
    expect(january).toMatchObject({ year: 2022, month: 1, samples: 8, rankIc: { days: 2, mean: 1 } });
    expect(february).toMatchObject({ year: 2022, month: 2, samples: 4, rankIc: { days: 1, mean: -1 } });
    // Scores −0.15, −0.1, −0.05, 0: sells, and the last a tie, which is a buy.
    expect(january.accuracy).toBeCloseTo((3 + 4) / 8, 12);
    expect(january.majorityRate).toBeCloseTo(5 / 8, 12);
    expect(february.accuracy).toBeCloseTo(1 / 4, 12);
  });

  it('is within each industry, the largest first; stocks without one are left out', () => {
    const industryOf = (row: number) => (row % 4 === 3 ? null : row % 4 === 0 ? 'Banks' : 'Software');
    const found = skillByIndustry(forecasts, 1, industryOf);
    expect(found.map(({ industry, samples }) => [industry, samples])).toEqual([
      ['Software', 6],
      ['Banks', 3],
    ]);
    // Two stocks a day have no rank IC.
    expect(found[0].rankIc.days).toBe(0);
  });

  it('is of a named period, with the returns of its own sessions', () => {
    const record = {
      dates: Int32Array.from(days),
      returns: Float64Array.of(0.1, -0.2, 0.5),
      turnover: null,
      costs: null,
      roundTrips: null,
    } satisfies StrategyRecord;
    const basis = { sessionsPerYear: 252, riskFree: 0 };
    const of = (from: string, to: string) =>
      measuresOfPeriod([parseDay(from), parseDay(to)], forecasts, 1, { mine: record }, basis);
    const january = of('2022-01-01', '2022-01-31');
    expect(january).toMatchObject({ sessions: 2, skill: { samples: 8 } });
    expect(january.strategies.mine.totalReturn).toBeCloseTo(1.1 * 0.8 - 1, 12);
    expect(january.strategies.mine.maxDrawdown).toBeCloseTo(-0.2, 12);
    const before = of('2015-01-01', '2015-12-31');
    expect(before).toMatchObject({ sessions: 0, skill: { samples: 0, accuracy: Number.NaN } });
    expect(before.strategies.mine).toEqual({ totalReturn: Number.NaN, sharpe: Number.NaN, maxDrawdown: Number.NaN });
  });
});
