import { describe, expect, it } from 'vitest';
import type { PermutationImportance } from '../explain/index.js';
import { parseDay } from '../util/index.js';
import type { ExplanationReport, ImportanceMeasure, PartsReport, SensitivityReport } from './insight-types.js';
import { renderReport } from './render-report.js';
import { sampleReport } from './report.fixture.js';
import type { Language } from './types.js';
import { insightWords } from './words/insights.js';
import { wordsOf } from './words/words.js';

const [WINDOW, FEATURES, HEADS, STEPS] = [8, 3, 2, 2];
const columns = ['CLOSE', 'RSI', 'CPI'].map((name, k) => ({ name, group: ['technical', 'technical', 'macro'][k] }));

const importance = (names: readonly string[]): PermutationImportance<ImportanceMeasure> => ({
  samples: 1234,
  sections: 17,
  repeats: 3,
  intact: { rankIc: 0.05, accuracy: 0.4, logLoss: 1.08 },
  parts: names.map((name, k) => ({
    name,
    columns: [k],
    dealt: name === 'macro' ? 'days' : 'section',
    change: {
      rankIc: { mean: -0.0123 - k / 100, sd: 0.0021 },
      accuracy: { mean: -0.02, sd: Number.NaN },
      logLoss: { mean: 0.003, sd: 0.001 },
    },
  })),
});

const explanation: ExplanationReport = {
  fold: 'static',
  window: WINDOW,
  columns,
  permutation: { on: 'validation', groups: importance(['technical', 'macro']), features: importance(['CLOSE', 'RSI']) },
  gradients: {
    steps: 32,
    baseline: -0.0125,
    profile: {
      samples: 64,
      window: WINDOW,
      features: FEATURES,
      meanAbsolute: Float64Array.from({ length: WINDOW * FEATURES }, (_, i) => i / 1000),
      slope: new Float64Array(WINDOW * FEATURES),
      largestGap: 0.004,
      meanGap: 0.00123,
    },
    examples: [
      {
        symbol: 'SH600519',
        date: parseDay('2023-03-01'),
        score: 0.217,
        values: new Float32Array(WINDOW * FEATURES),
        attributions: Float64Array.from({ length: WINDOW * FEATURES }, (_, i) => (i - 12) / 1000),
      },
    ],
  },
  attention: [
    {
      name: 'attention.attention',
      heads: HEADS,
      steps: STEPS,
      mean: Float64Array.of(0.25, 0.75, 0.5, 0.5, 0.125, 0.875, 1, 0),
      evenness: Float64Array.of(0.9, 0.5),
    },
  ],
};

const traded = ['daily', 20].flatMap((rebalance) =>
  [0, 30].map((costBps) => ({
    ...{ costBps, rebalance, annualisedReturn: 0.1, excessOverUniverse: 0.0777, excessOverBenchmark: null },
    ...{ sharpe: 1.23, maxDrawdown: -0.1, annualTurnover: 20 },
  })),
);
const sensitivity: SensitivityReport = {
  traded,
  refits: [
    {
      ...{ trainYears: 5, horizonDays: 10, trainSamples: 4321, accuracy: 0.4, majorityRate: 0.39, rankIc: 0.0456 },
      ...{ rankIcT: 1.9, annualisedReturn: 0.07, excessOverUniverse: null, sharpe: 0.6 },
    },
  ],
  budget: { maxEpochs: 5, samplesPerEpoch: 100_000 },
};

const rankIc = { days: 20, mean: 0.031, sd: 0.1, t: 1.4, lags: 5, p: 0.16 };
const skill = { samples: 200, accuracy: 0.41, majorityRate: 0.4, rankIc };
const nothing = { samples: 0, accuracy: Number.NaN, majorityRate: Number.NaN, rankIc: { ...rankIc, days: 0 } };
const parts: PartsReport = {
  months: [
    { year: 2022, month: 3, ...skill },
    { year: 2023, month: 11, ...skill },
  ],
  industries: ['Banks', 'Software'].map((industry) => ({ industry, ...skill })),
  contributions: [
    { industry: 'Banks', stocks: 12, tradedShare: 0.6, afterCosts: 0.0317, costs: 0.0042 },
    { industry: null, stocks: 3, tradedShare: 0.4, afterCosts: -0.0111, costs: 0.002 },
  ],
  periods: [
    { name: 'crash', from: 0, to: 1, sessions: 0, skill: nothing, strategies: {} },
    {
      ...{ name: 'lockdown', from: parseDay('2022-03-01'), to: parseDay('2022-05-31'), sessions: 61, skill },
      strategies: { 'cnn-lstm': { totalReturn: -0.0432, sharpe: -1, maxDrawdown: -0.1 } },
    },
  ],
};

const render = (language: Language) =>
  renderReport({ ...sampleReport(), explanation, sensitivity, parts }, { language });

describe.each(['en', 'zh'] as const)('what a network goes by, in %s', (language) => {
  const page = render(language);
  const words = insightWords(language);

  it('has its sections and charts, each id once, and lets no unwritten value through', () => {
    for (const title of [words.explanation, words.sensitivity, words.parts])
      expect(page).toContain(`<h2>${title}</h2>`);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    for (const id of ['importance-groups', 'importance-features', 'gradients', 'gradients-example-1', 'attention-1']) {
      expect(ids).toContain(`chart-${id}`);
    }
    for (const id of ['sensitivity-return', 'sensitivity-sharpe', 'sensitivity-refits', 'skill-months']) {
      expect(ids).toContain(`chart-${id}`);
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(page).not.toMatch(/\bNaN\b|undefined|\[object|Infinity|\bnull\b/);
  });

  it('prints drops with their deviation, the gap, and the periods that the test does not reach', () => {
    expect(page).toContain('0.0223 ± 0.0021');
    expect(page).toContain('>2.00<');
    expect(page).toContain(words.gradientsNote({ samples: '64', steps: 32, gap: '0.00123', ofClasses: true }));
    expect(page).toContain(words.outside(words.periodNames.crash));
    expect(page).toContain('lockdown');
    expect(page).toContain(words.everySessions(20));
    expect(page).toContain('4,321');
  });

  it('prints what each industry brought before and after costs, and their sum', () => {
    const cells = (name: string) => {
      const row = page.split('<tr').find((one) => one.includes(`>${name}<`)) ?? '';
      return [...row.matchAll(/>([^<>\s][^<>]*)</g)].map(([, cell]) => cell.replace(/\s/g, ' '));
    };
    expect(cells(words.noIndustry).slice(1, 6)).toEqual(['3', '40.0 %', '−0.91 %', '−0.20 %', '−1.11 %']);
    expect(cells(words.allIndustries).slice(1, 6)).toEqual(['15', '100.0 %', '+2.68 %', '−0.62 %', '+2.06 %']);
  });
});

it.each(['en', 'zh'] as const)('says nothing of classes where the label is a number, in %s', (language) => {
  const sample = sampleReport();
  const models = sample.models.map((row) => ({ ...row, measures: { ...row.measures, classification: null } }));
  const page = renderReport({ ...sample, models, explanation, sensitivity, parts }, { language });
  const [common, words] = [wordsOf(language), insightWords(language)];
  expect(page).toContain(common.question.number('CNN-LSTM'));
  expect(render(language)).toContain(common.question.three('CNN-LSTM'));
  expect(page).toContain(words.gradientsNote({ samples: '64', steps: 32, gap: '0.00123', ofClasses: false }));
  expect(page).toContain('chart-skill-months');
  for (const absent of ['chart-accuracy-months', `>${words.majority}<`, words.accuracyDrop, words.logLossRise]) {
    expect([absent, page.includes(absent), render(language).includes(absent)]).toEqual([absent, false, true]);
  }
});

it('shows nothing of it where it was not measured', () => {
  const page = renderReport(sampleReport(), { language: 'en' });
  const words = insightWords('en');
  for (const title of [words.explanation, words.sensitivity, words.parts]) expect(page).not.toContain(title);
});
