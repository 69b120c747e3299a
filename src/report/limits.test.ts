import { describe, expect, it } from 'vitest';
import { type BreakEvenRate, type CapacityLimit, capacity } from '../evaluation/index.js';
import { renderBacktestReport } from './render-backtest.js';
import { renderReport } from './render-report.js';
import { sampleReport } from './report.fixture.js';
import { limitSentences } from './sections/limits.js';
import type { LimitsReport } from './types.js';
import { limitWords } from './words/limits.js';

const rate = (state: BreakEvenRate['state'], costBps: number | null = null): BreakEvenRate => ({
  state,
  costBps,
  analyticBps: costBps === null ? null : costBps + 1,
});
const limit = (state: CapacityLimit['state'], capital: number | null = null): CapacityLimit => ({ state, capital });

function limitsOf(against: BreakEvenRate, size: CapacityLimit, impactCoefficient = 0.7): LimitsReport {
  const excess = { annualisedReturn: 0.1, excessOverBenchmark: 0.05, excessOverUniverse: null };
  return {
    breakEven: {
      points: [0, 480].map((costBps) => ({ ...excess, costBps })),
      overBenchmark: against,
      overUniverse: null,
    },
    capacity: {
      points: [1e6, 1e11].map((capital, i) => ({ ...excess, capital, investedShare: 0.9 - 0.8 * i, placed: i === 0 })),
      overBenchmark: size,
      overUniverse: null,
    },
    impactCoefficient,
  };
}

const said = (limits: LimitsReport) => limitSentences(limits, 'CSI 300', limitWords('en'));

describe('break-even cost and capacity in words', () => {
  it('say where the lead ends, beside the first-order check', () => {
    const [cost, size, placed, impact] = said(limitsOf(rate('found', 16.74), limit('found', 6.12e9)));
    expect(cost).toBe('Its lead over CSI 300 is gone at 16.7 bp of every amount traded (first-order check: 17.7 bp).');
    expect(size).toBe('It leads CSI 300 up to a capital of some 6.1 bn.');
    expect(placed).toContain('With 1 m a mean of 90\u202f% of the money was in stocks, with 100 bn 10\u202f%');
    expect(impact).toContain('Market impact: 0.70 ×');
  });

  it('say of a figure that does not exist why', () => {
    expect(said(limitsOf(rate('never'), limit('never'), 0))).toEqual([
      'Even without costs it does not lead CSI 300: there is no break-even cost.',
      'With all costs it does not lead CSI 300 even with 1 m, the smallest capital that finds its stocks; a lead with larger ones alone does not count.',
      expect.any(String),
      expect.stringContaining('Market impact is not charged'),
    ]);
    const [cost, size] = said(limitsOf(rate('beyond'), limit('beyond')));
    expect(cost).toContain('outlasts 480 bp');
    expect(size).toContain('still leads CSI 300 with 100 bn');
    expect(said(limitsOf(rate('undefined'), limit('unplaced', 3e7)))[1]).toContain(
      'up to a capital of some 30 m, beyond',
    );
  });

  it('claim no lead up to a capital where the smallest has none, in either language', async () => {
    const record = (daily: number) => ({
      dates: Int32Array.from({ length: 252 }, (_, i) => i),
      returns: new Float64Array(252).fill(daily),
      turnover: new Float64Array(252),
      costs: null,
      roundTrips: null,
    });
    const daily: Record<number, number> = { 1e6: -0.001, 1e7: 0.001, 1e8: -0.001, 1e9: 0.002 };
    const measured = await capacity({
      run: (capital) => ({ record: record(daily[capital]), investedShare: 1 }),
      benchmark: record(0),
      universe: null,
      basis: { sessionsPerYear: 252, riskFree: 0 },
      grid: [1e6, 1e7, 1e8, 1e9],
    });
    const data = { ...limitsOf(rate('found', 16.74), limit('never')), capacity: measured };
    expect(limitSentences(data, 'CSI 300', limitWords('en'))[1]).toBe(
      'With all costs it does not lead CSI 300 even with 1 m, the smallest capital that finds its stocks; a lead with larger ones alone does not count.',
    );
    expect(limitSentences(data, '沪深300', limitWords('zh'))[1]).toBe(
      '计入全部成本后，即使以能买足股票的最小资金 1 m 也不领先沪深300；仅在更大规模下的领先不算数。',
    );
  });
});

describe('reports', () => {
  const data = { ...sampleReport(), limits: limitsOf(rate('found', 16.74), limit('found', 6.12e9)) };

  it('show both curves where they were measured, in either language', () => {
    for (const language of ['en', 'zh'] as const) {
      const page = renderReport(data, { language });
      expect(page).toContain('id="chart-break-even"');
      expect(page).toContain('id="chart-capacity"');
      expect(page).toContain(limitSentences(data.limits, data.market.benchmarkName, limitWords(language))[0]);
      expect(page).not.toMatch(/\bNaN\b|undefined/);
    }
    expect(renderReport({ ...data, limits: undefined }, { language: 'en' })).not.toContain('chart-capacity');
  });

  it('of anyone’s weights have the money and nothing of a model', () => {
    const hashes = [{ name: 'weights', sha256: 'abc123' }];
    const page = renderBacktestReport({ ...data, version: '1.2.3', hashes }, { language: 'en' });
    for (const there of ['id="chart-net-value"', 'id="chart-capacity"', 'abc123', 'candlenet 1.2.3']) {
      expect(page).toContain(there);
    }
    expect(page).not.toContain('id="chart-confusion"');
    expect(page).not.toMatch(/\bNaN\b|undefined/);
    const hostile = renderBacktestReport(
      { ...data, title: '</title><script>alert(1)</script>', version: '1', hashes },
      { language: 'en' },
    );
    expect(hostile).not.toContain('<script>alert');
  });
});
