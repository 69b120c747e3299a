import { evaluateStrategy, type StrategyRecord } from '../evaluation/index.js';
import type { RiskEventReport, RiskReport } from './types.js';

/** A risk section over the given records, `all` first, with a brake that is pulled in the middle of the period. */
export function riskSample(dates: Int32Array, records: readonly (readonly [string, StrategyRecord])[]): RiskReport {
  const measured = records.map(([id, record]) => ({ id, measures: evaluateStrategy(record, { benchmark: null }) }));
  const { performance } = measured[0].measures;
  const third = Math.floor(dates.length / 3);
  const braked = (i: number) => i >= third && i < 2 * third;
  const event = (i: number, more: Partial<RiskEventReport>): RiskEventReport => ({
    date: dates[i],
    ...{ control: 'drawdown', kind: 'cut', symbol: '', measure: -0.104, threshold: -0.1, exposure: 0.5, ...more },
  });
  return {
    variants: measured.map(({ id, measures }, i) => ({
      id,
      measures,
      acted: id === 'none' ? null : 7 * (i + 1),
      returnEffect: i === 0 ? Number.NaN : performance.annualisedReturn - measures.performance.annualisedReturn,
      volatilityEffect: i === 0 ? Number.NaN : performance.volatility - measures.performance.volatility,
      drawdownEffect: i === 0 ? Number.NaN : performance.maxDrawdown - measures.performance.maxDrawdown,
    })),
    dates,
    allowed: Float64Array.from(dates, (_, i) => (braked(i) ? 0.5 : 1)),
    invested: Float64Array.from(dates, (_, i) => (braked(i) ? 0.49 : 0.98) - 0.01 * Math.sin(i)),
    events: [event(third, {}), event(2 * third, { kind: 'raise', measure: -0.048, threshold: -0.05, exposure: 1 })],
    eventCount: 2,
    stops: [
      event(third - 9, { control: 'stop-loss', kind: 'stop', symbol: 'SH600519', measure: -0.132, threshold: -0.121 }),
    ],
    stopCount: 12,
  };
}
