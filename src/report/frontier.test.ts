import { describe, expect, it } from 'vitest';
import { renderReport } from './render-report.js';
import { sampleReport } from './report.fixture.js';

const point = (volatility: number, expectedReturn: number) => ({ volatility, expectedReturn });
const frontier = {
  date: 19_000,
  frontier: [point(0.1, 0.02), point(0.12, 0.04), point(0.2, 0.06)],
  assets: [point(0.25, 0.06), point(0.3, -0.01)],
  chosen: point(0.13, 0.045),
};

describe('the frontier in the report', () => {
  it('is drawn with its date and what lies on it, in either language, and not at all without one', () => {
    const english = renderReport({ ...sampleReport(), frontier }, { language: 'en' });
    expect(english).toContain('id="chart-frontier"');
    expect(english).toContain('2022-01-08, 2 names');
    expect(english).toContain('portfolio chosen');
    expect(renderReport({ ...sampleReport(), frontier }, { language: 'zh' })).toContain('有效前沿');
    expect(renderReport(sampleReport(), { language: 'en' })).not.toContain('chart-frontier');
  });
});
