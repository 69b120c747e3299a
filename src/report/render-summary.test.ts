import { describe, expect, it } from 'vitest';
import { renderSummary } from './render-summary.js';
import { sampleReport } from './report.fixture.js';
import { terminalWidth, textTable } from './text-table.js';

const plain = { strong: (text: string) => text, faint: (text: string) => text };

describe('summary', () => {
  const planted = sampleReport({ kind: 'planted', skill: 0.06 });
  const summary = renderSummary(planted, { reportPath: 'runs/3f9c2a71/report.html' });

  it('has accuracy beside majority class and bound, and money beside holding', () => {
    for (const part of [
      'CNN-LSTM',
      'Logistic regression',
      'Majority class (placebo)',
      'Shuffled labels (placebo)',
      'Most frequent class',
      'Best possible in this market',
      'Universe, held',
      'SYN 300, held',
      'Report  runs/3f9c2a71/report.html',
    ]) {
      expect(summary).toContain(part);
    }
  });

  it('fits a terminal in both languages, and has no colour unless asked', () => {
    for (const language of ['en', 'zh'] as const) {
      const lines = renderSummary(planted, { language }).split('\n');
      // The headline is a sentence, which a terminal may wrap.
      lines.splice(1, 1);
      for (const line of lines) expect(terminalWidth(line)).toBeLessThanOrEqual(90);
    }
    expect(summary).not.toContain('\u001b');
    expect(renderSummary(planted, { colour: true })).toContain('\u001b[1m');
  });
});

describe('text table', () => {
  it('aligns Chinese by the columns it takes', () => {
    expect(terminalWidth('沪深 300')).toBe(8);
    expect(
      textTable(
        [
          ['', 'x'],
          ['沪深 300', '1'],
          ['a', '−12'],
        ],
        plain,
      ),
    ).toEqual(['              x', '  ─────────────', '  沪深 300    1', '  a         −12']);
  });
});
