import { describe, expect, it } from 'vitest';
import { RISK_FREE_SERIES } from '../../market/index.js';
import { parseDay } from '../../util/index.js';
import { riskFreeOf, sessionRates } from './risk-free.js';

/** [series, period end, released, value] */
function macro(rows: readonly (readonly [string, string, string, number])[]) {
  return {
    length: rows.length,
    columns: {
      series: rows.map(([series]) => series),
      period_end: Int32Array.from(rows, ([, end]) => parseDay(end)),
      released: Int32Array.from(rows, ([, , released]) => parseDay(released)),
      value: Float64Array.from(rows, ([, , , value]) => value),
    },
  };
}
const days = (...texts: string[]) => Int32Array.from(texts, (text) => parseDay(text));

describe('the risk-free rate', () => {
  const dates = days('2022-01-04', '2022-01-05', '2022-01-06', '2022-01-07');
  const rows = [
    [RISK_FREE_SERIES, '2022-01-03', '2022-01-04', 2],
    [RISK_FREE_SERIES, '2022-01-04', '2022-01-06', 3],
    // Of an older day, and late.
    [RISK_FREE_SERIES, '2022-01-02', '2022-01-06', 9],
    ['shibor_3m', '2022-01-04', '2022-01-04', 5],
  ] as const;

  it('is the yield known at the close before each session', () => {
    const found = riskFreeOf(macro(rows), dates);
    expect([...found.annual]).toEqual([0.02, 0.02, 0.03]);
    expect(found.meanAnnual).toBeCloseTo(0.07 / 3, 12);
    expect(found.note).toContain('2.33 %');
    expect((1 + sessionRates(found, 252)[2]) ** 252).toBeCloseTo(1.03, 12);
  });

  it('is 0, and said, without a yield for every session', () => {
    for (const table of [
      null,
      macro([rows[3]]),
      macro(rows.slice(1)),
      macro([[RISK_FREE_SERIES, '2021-10-01', '2021-10-02', 2]]),
    ]) {
      const found = riskFreeOf(table, dates);
      expect([...found.annual]).toEqual([0, 0, 0]);
      expect(found.meanAnnual).toBe(0);
      expect(found.note).toContain('the risk-free rate is 0');
    }
  });
});
