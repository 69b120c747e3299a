import type { ComparedTable, DataTypeReport, ReportData } from '../../report/index.js';
import {
  PUBLISHED_MODELS,
  PUBLISHED_STRATEGIES,
  PUBLISHED_TABLE_1,
  PUBLISHED_TABLE_3,
  VARIANTS,
  type Variant,
} from './published.js';
import type { PaperExperiment } from './variants.js';

/** A finished experiment of the paper: what its report shows, and what it took. */
export interface PaperResult {
  readonly id: string;
  readonly folder: string;
  readonly report: ReportData;
  /** Of each model that was fitted, by id. */
  readonly trainingSeconds: Readonly<Record<string, number>>;
}

export type PaperResults = Readonly<Partial<Record<PaperExperiment, PaperResult>>>;

/** Undefined stays undefined: it is shown as a dash, never as 0. */
const known = (value: number | undefined | null): number | null =>
  value === undefined || value === null || Number.isNaN(value) ? null : value;

/** Table 1: what the store holds beside what the paper's data were. */
export function tableOneCompared(rows: readonly DataTypeReport[]): ComparedTable {
  const here = ['Stock prices', 'Technical indicators', 'Macroeconomic series', 'Fundamentals', 'News'];
  return {
    id: 'table-1',
    caption: 'Table 1. The data',
    note: 'Samples are as counted in this store; the paper’s are as printed.',
    columns: ['Samples', 'Variables', 'Missing'],
    rows: PUBLISHED_TABLE_1.map((paper, i) => {
      const row = rows.find(({ type }) => type === here[i]);
      return {
        name: `${paper.type}${row ? ` (${row.from} … ${row.to}; ${row.source})` : ' (not in this store)'}`,
        cells: [
          { kind: 'count', paper: paper.samples, here: known(row?.samples) },
          { kind: 'count', paper: paper.variables, here: known(row?.variables) },
          { kind: 'share', paper: paper.missing, here: known(row?.missingShare) },
        ],
      };
    }),
  };
}

/** Table 2, upper half: every model on the same test samples. */
export function modelsCompared(original: PaperResult): ComparedTable {
  const { report, trainingSeconds } = original;
  const published = new Set(PUBLISHED_MODELS.map(({ id }) => id));
  const others = report.models.filter(({ id }) => !published.has(id));
  const cellsOf = (id: string, paper?: (typeof PUBLISHED_MODELS)[number]) => {
    const model = report.models.find((one) => one.id === id);
    const scores = model?.measures.classification;
    const seconds = trainingSeconds[id];
    return [
      { kind: 'share' as const, paper: known(paper?.accuracy), here: known(scores?.accuracy) },
      { kind: 'share' as const, paper: known(paper?.precision), here: known(scores?.macroPrecision) },
      { kind: 'share' as const, paper: known(paper?.recall), here: known(scores?.macroRecall) },
      { kind: 'share' as const, paper: known(paper?.f1), here: known(scores?.macroF1) },
      { kind: 'hours' as const, paper: known(paper?.hours), here: seconds === undefined ? null : seconds / 3600 },
    ];
  };
  return {
    id: 'table-2-models',
    caption: 'Table 2. Models',
    note: 'Precision, recall and F1 are means over the three classes. The paper’s label is not stated: compare with the most frequent class.',
    columns: ['Accuracy', 'Precision', 'Recall', 'F1', 'Training, hours'],
    rows: [
      ...PUBLISHED_MODELS.map((paper) => ({ name: paper.name, cells: cellsOf(paper.id, paper) })),
      ...others.map(({ id, name, role }) => ({
        name: role === 'placebo' ? `${name} (placebo)` : name,
        cells: cellsOf(id),
      })),
      {
        name: 'Most frequent class of the test',
        cells: [
          {
            kind: 'share' as const,
            paper: null,
            here: known(report.models[0].measures.classification?.majorityRate ?? Number.NaN),
          },
          ...['Precision', 'Recall', 'F1'].map(() => ({ kind: 'share' as const, paper: null, here: null })),
          { kind: 'hours' as const, paper: null, here: null },
        ],
      },
    ],
  };
}

/** Table 2, lower half: every strategy over the same days, under the same rules and costs. */
export function strategiesCompared({ report }: PaperResult): ComparedTable {
  const published = new Map(PUBLISHED_STRATEGIES.map((paper) => [paper.id, paper]));
  const idOf = (id: string, role: string) =>
    role === 'subject' ? 'cnn-lstm' : role === 'benchmark' ? 'benchmark' : id;
  return {
    id: 'table-2-strategies',
    caption: 'Table 2. Strategies',
    note: 'The information ratio is against the index, a price index. The winning rate is of closed trades.',
    columns: ['Return a year', 'Sharpe', 'Information ratio', 'Drawdown', 'Winning rate'],
    rows: report.strategies.map(({ id, name, role, measures }) => {
      const paper = published.get(idOf(id, role));
      const { performance, relative, trading } = measures;
      return {
        name: role === 'placebo' ? `${name} (placebo)` : name,
        cells: [
          { kind: 'share', paper: known(paper?.annualisedReturn), here: known(performance.annualisedReturn) },
          { kind: 'ratio', paper: known(paper?.sharpe), here: known(performance.sharpe) },
          { kind: 'ratio', paper: known(paper?.informationRatio), here: known(relative?.informationRatio) },
          { kind: 'share', paper: known(paper?.maxDrawdown), here: known(performance.maxDrawdown) },
          { kind: 'share', paper: known(paper?.winRate), here: known(trading?.winRate) },
        ],
      };
    }),
  };
}

/** A figure of Table 3 in a finished experiment. */
function figureOf(key: string, result: PaperResult): number | null {
  const { report, trainingSeconds } = result;
  const subject = report.models.find(({ role }) => role === 'subject');
  const strategy = report.strategies.find(({ role }) => role === 'subject');
  if (!subject || !strategy) return null;
  const { classification } = subject.measures;
  const signal = (name: string) => classification?.perClass.find(({ className }) => className === name)?.precision;
  const regime = (name: string) => report.regimes.find((one) => one.regime === name)?.accuracy;
  const { performance, relative } = strategy.measures;
  switch (key) {
    case 'accuracy':
      return known(classification?.accuracy ?? Number.NaN);
    case 'buy':
    case 'hold':
    case 'sell':
      return known(signal(key));
    case 'bull':
    case 'volatile':
    case 'bear':
      return known(regime(key));
    case 'annualisedReturn':
      return known(performance.annualisedReturn);
    case 'sharpe':
      return known(performance.sharpe);
    case 'informationRatio':
      return known(relative?.informationRatio);
    case 'maxDrawdown':
      return known(performance.maxDrawdown);
    default:
      return key === 'hours' && trainingSeconds[subject.id] !== undefined ? trainingSeconds[subject.id] / 3600 : null;
  }
}

const VARIANT_NAMES: { readonly [V in Variant]: string } = {
  original: 'Original',
  structural: 'Structural',
  'hyper-parameter': 'Hyper-parameter',
  comprehensive: 'Comprehensive',
};

/** Table 3: the original network, its improvements one by one, and all together. */
export function variantsCompared(results: PaperResults): ComparedTable {
  return {
    id: 'table-3',
    caption: 'Table 3. Before and after optimisation',
    note: 'The accuracy of a signal is the share of the forecasts of its class that came true.',
    columns: VARIANTS.map((variant) => VARIANT_NAMES[variant]),
    rows: PUBLISHED_TABLE_3.map(({ key, name, kind, values }) => ({
      name,
      cells: VARIANTS.map((variant, i) => {
        const result = results[variant];
        return { kind, paper: values[i], here: result ? figureOf(key, result) : null };
      }),
    })),
  };
}

/** How much of a result is the leak: the same experiment, honest and as the paper writes it. */
export function leaksCompared(results: PaperResults): ComparedTable | null {
  const { original, 'as-written': asWritten } = results;
  if (!original || !asWritten) return null;
  return {
    id: 'leaks',
    caption: 'Honest, and as written',
    note: 'The same network on the same days; as written it interpolates macro figures that were not out, scales by the whole sample, and leaves out what was delisted later.',
    columns: ['Honest', 'As written'],
    rows: PUBLISHED_TABLE_3.filter(({ key }) => key !== 'hours').map(({ key, name, kind, values }) => ({
      name,
      cells: [original, asWritten].map((result) => ({ kind, paper: values[0], here: figureOf(key, result) })),
    })),
  };
}
