import { describe, expect, it } from 'vitest';
import { renderReport } from './render-report.js';
import { renderSummary } from './render-summary.js';
import { sampleReport } from './report.fixture.js';
import type { ReportData, TrialsReport } from './types.js';
import { trialWords } from './words/trials.js';

const data = sampleReport();
const tried = data.trials as TrialsReport;
const page = (trials: TrialsReport | undefined, language: 'en' | 'zh' = 'en') =>
  renderReport({ ...data, trials } as ReportData, { language });

describe('how much was tried, in the report', () => {
  it('says how many were counted, what luck would show and what is left', () => {
    const shown = page(tried);
    expect(shown).toContain('32 configurations were judged');
    expect(shown).toContain('9 of this run');
    expect(shown).toContain('worth 8.4 independent trials');
    expect(shown).toContain('60 more were judged on other days');
    expect(shown).toMatch(/the strategy<\/t[dh]>.*0\.62.*0\.59.*52\.0/s);
    expect(shown).toContain('Probability of back-test overfitting 41.3');
    expect(shown).toContain('Logistic regression: p 0.214');
  });

  it('says of a figure that does not exist why, and names a trial of another run as the ledger does', () => {
    const few = page({ ...tried, elsewhere: 0, aligned: 6, overfitting: null, superior: null });
    expect(few).toContain('there are 6 trials');
    expect(few).toContain(trialWords('en').noSuperior);
    expect(few).not.toContain('on other days');
    const other = { best: 'net (csi300-1f2e3d4c)', p: 0.02, realityCheckP: 0.03 };
    expect(page({ ...tried, superior: other })).toContain('that of net (csi300-1f2e3d4c): p 0.020');
  });

  it('has the section in Chinese, and none where an early version saved no trials', () => {
    expect(page(tried, 'zh')).toContain(`<h2>${trialWords('zh').title}</h2>`);
    expect(page(tried, 'zh')).toContain('共有 32 个配置');
    expect(page(undefined)).not.toContain(trialWords('en').title);
    expect(renderSummary({ ...data, trials: undefined } as ReportData)).not.toContain('tried');
    expect(renderSummary(data)).toContain('Configurations tried: 32. Luck alone shows a Sharpe of 0.59');
  });
});
