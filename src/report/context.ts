import { CandlenetError } from '../util/index.js';
import type { Language, ModelReport, NamedRow, ReportData, StrategyReport } from './types.js';
import type { Words } from './words/english.js';
import { wordsOf } from './words/words.js';

/** What the money sections show, of whatever report. */
export type MoneyData = Pick<
  ReportData,
  'market' | 'strategies' | 'portfolio' | 'riskFree' | 'sessionsPerYear' | 'limits'
>;

/** The data with its language, and the strategies that every money section speaks of. */
export interface MoneyContext {
  readonly data: MoneyData;
  readonly language: Language;
  readonly words: Words;
  readonly strategy: StrategyReport;
  readonly benchmark: StrategyReport;
  readonly universe: StrategyReport | null;
  readonly nameOf: (row: NamedRow) => string;
}

/** The data with its language, and the rows every section speaks of picked out. */
export interface ReportContext extends MoneyContext {
  readonly data: ReportData;
  readonly model: ModelReport;
  /** False where the label is a number: there are no accuracies then. */
  readonly ofClasses: boolean;
}

/** @throws INTERNAL when the model or the strategy in question, or the benchmark, is not among the rows */
export function createContext(data: ReportData, language: Language): ReportContext {
  const model = pick(data.models, 'subject', 'models');
  return { ...moneyContext(data, language), data, model, ofClasses: model.measures.classification !== null };
}

/** @throws INTERNAL when the strategy in question or the benchmark is not among the rows */
export function moneyContext(data: MoneyData, language: Language): MoneyContext {
  const words = wordsOf(language);
  return {
    data,
    language,
    words,
    strategy: pick(data.strategies, 'subject', 'strategies'),
    benchmark: pick(data.strategies, 'benchmark', 'strategies'),
    universe: data.strategies.find((row) => row.role === 'universe') ?? null,
    nameOf: (row) => {
      if (row.role === 'benchmark') return words.holdIndex(data.market.benchmarkName);
      return Object.hasOwn(words.names, row.id) ? words.names[row.id] : row.name;
    },
  };
}

function pick<Row extends NamedRow>(rows: readonly Row[], role: Row['role'], list: string): Row {
  const row = rows.find((candidate) => candidate.role === role);
  if (!row) throw new CandlenetError('INTERNAL', `report: ${list} has no row of role "${role}", expected one`);
  return row;
}
