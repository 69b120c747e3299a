import { expect, it } from 'vitest';
import { CLEANING_MASKS, SCREENING_REASONS } from '../market/index.js';
import { renderReport } from './render-report.js';
import { sampleReport } from './report.fixture.js';
import type { MarketDataReport } from './types.js';
import { dataWords } from './words/data.js';

const DATA: MarketDataReport = {
  table: [
    {
      type: 'Stock prices',
      samples: 2_127_133,
      sample: 'stock-day inside a listing',
      variables: 6,
      from: '2010-01-04',
      to: '2023-12-29',
      missingShare: 0.0483,
      source: 'Qlib; <amounts> from BaoStock',
    },
  ],
  stockDays: 10_000,
  suspended: 400,
  missing: 3,
  cleaning: Object.entries(CLEANING_MASKS).map(([mask, { outcome, title }], i) => ({
    mask,
    outcome,
    title,
    stockDays: 1000 + i,
  })),
  extremes: 517,
  coverage: {
    dates: Int32Array.from({ length: 30 }, (_, t) => 16_000 + t),
    share: Float64Array.from({ length: 30 }, (_, t) => (t === 3 ? Number.NaN : 0.93 + t / 1000)),
    meanShare: 0.9412,
    membersWithoutBars: 39,
  },
  screening: {
    before: 9000,
    after: 8000,
    counts: [
      {
        reason: 'listed-too-short',
        title: SCREENING_REASONS['listed-too-short'],
        stockDays: 700,
        stocks: 9,
        example: '',
      },
    ],
  },
  groups: [
    {
      group: 'fundamental',
      used: 16,
      leftOut: [{ name: 'GROSS_MARGIN', missingShare: 0.149 }],
      missingShare: 0.0003,
      worst: { name: 'REVENUE', missingShare: 0.0044 },
    },
    { group: 'macro', used: 0, leftOut: [], missingShare: Number.NaN, worst: null },
  ],
  maxMissing: 0.05,
};

it.each(['en', 'zh'] as const)('shows the data in figures, in %s', (language) => {
  const page = renderReport({ ...sampleReport(), data: DATA }, { language });
  const words = dataWords(language);
  for (const said of [
    words.tableOne,
    words.coverage,
    words.cleaning,
    words.groups,
    words.screening('8,000', '9,000'),
    words.coverageNote('94.12\u202f%', '39'),
    words.leftOut('5\u202f%'),
  ]) {
    expect(page.replace(/[\u00a0\u202f\u2009 ]/g, ' ')).toContain(said.replace(/[\u00a0\u202f\u2009 ]/g, ' '));
  }
  for (const figure of [
    '2,127,133',
    'GROSS_MARGIN',
    'REVENUE',
    'Qlib; &lt;amounts&gt; from BaoStock',
    '1,010',
    'id="chart-coverage',
  ]) {
    expect(page).toContain(figure);
  }
  expect(page).not.toContain('NaN');
});

it('names every mask and every reason of screening in Chinese', () => {
  const { masks, reasons, types } = dataWords('zh');
  expect(Object.keys(masks)).toEqual(Object.keys(CLEANING_MASKS));
  expect(Object.keys(reasons)).toEqual(Object.keys(SCREENING_REASONS));
  expect(Object.keys(types)).toHaveLength(6);
});

it('says that nothing was screened, and shows nothing where an earlier version saved nothing', () => {
  const page = renderReport({ ...sampleReport(), data: { ...DATA, screening: null } }, { language: 'en' });
  expect(page).toContain(dataWords('en').notScreened);
  expect(renderReport(sampleReport(), { language: 'en' })).not.toContain(dataWords('en').tableOne);
});
