import { formatCount, formatNumber, formatPercent } from '../util/index.js';
import { createContext, type ReportContext } from './context.js';
import { type Cell, type TableStyle, textTable } from './text-table.js';
import type { Language, ReportData } from './types.js';
import { verdictOf } from './verdict.js';
import { numberWords } from './words/numbers.js';
import { paperWords } from './words/paper.js';
import { trialWords } from './words/trials.js';

export interface SummaryOptions {
  readonly language?: Language;
  /** ANSI colours; off for a pipe or a file. */
  readonly colour?: boolean;
  /** Where the report lies, for the last line; null leaves the line out. */
  readonly reportPath?: string | null;
}

/** The end of a run for a terminal: the verdict, two tables, and where the report is. Fits 90 columns. */
export function renderSummary(data: ReportData, options: SummaryOptions = {}): string {
  const { language = 'en', colour = false, reportPath = null } = options;
  const context = createContext(data, language);
  const style = colour ? ANSI : PLAIN;
  const { words } = context;
  const verdict = verdictOf(context);
  const mood = verdict.finding === 'skill-and-money' ? style.good : style.caution;
  return [
    `${style.strong(data.title)}`,
    ...(data.looksAhead?.length
      ? [style.caution(`${paperWords(language).mark}: ${paperWords(language).headline}`)]
      : []),
    mood(verdict.headline),
    ...(data.market.kind === 'real' ? [] : [words.summary.synthetic[data.market.kind]]),
    '',
    style.strong(words.summary.models),
    ...textTable(modelRows(context), style),
    '',
    style.strong(words.summary.strategies),
    ...textTable(strategyRows(context), style),
    ...triedLine(data, language),
    ...(reportPath === null ? [] : ['', `${words.summary.report}  ${style.strong(reportPath)}`]),
    '',
  ].join('\n');
}

function triedLine({ trials }: ReportData, language: Language): string[] {
  if (!trials) return [];
  const { own, others, deflated } = trials;
  const line = trialWords(language).summary({
    all: formatCount(own + others),
    threshold: formatNumber(deflated.threshold),
    probability: formatPercent(deflated.probability),
  });
  return ['', line];
}

type Paint = (text: string) => string;

interface TextStyle extends TableStyle {
  readonly good: Paint;
  readonly caution: Paint;
}

const same: Paint = (text) => text;
const PLAIN: TextStyle = { strong: same, faint: same, good: same, caution: same };

const sgr = (on: number, off: number): Paint => {
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
};
const ANSI: TextStyle = { strong: sgr(1, 22), faint: sgr(2, 22), good: sgr(32, 39), caution: sgr(33, 39) };

function modelRows(context: ReportContext): Cell[][] {
  const { data, words, nameOf, model } = context;
  const { columns } = words;
  if (model.measures.classification === null) return numberRows(context);
  const { majorityRate } = model.measures.classification;
  const bound: Cell[][] = [
    [words.summary.majority, formatPercent(majorityRate), '', '', '', ''],
    ...(data.bayes
      ? [[words.text.bayesRow, formatPercent(data.bayes.accuracy), '', formatNumber(data.bayes.rankIc, 3), '', '']]
      : []),
  ];
  return [
    ['', columns.accuracy, columns.macroF1, columns.rankIc, columns.t, columns.auc],
    ...data.models.map((row) => {
      const { classification, signal, direction } = row.measures;
      return [
        { text: named(nameOf(row), row.role, words.roles), strong: row.role === 'subject' },
        formatPercent(classification?.accuracy),
        formatNumber(classification?.macroF1, 3),
        formatNumber(signal.rankIc.mean, 3),
        formatNumber(signal.rankIc.t, 1),
        formatPercent(direction.auc),
      ];
    }),
    ...bound.map((row) => row.map((cell) => ({ text: typeof cell === 'string' ? cell : cell.text, faint: true }))),
  ];
}

/** Of forecasts of a number. */
function numberRows({ data, words, language, nameOf }: ReportContext): Cell[][] {
  const { columns } = words;
  return [
    ['', numberWords(language).ic, columns.t, columns.rankIc, columns.t, columns.icir],
    ...data.models.map((row) => {
      const { ic, rankIc, rankIcir } = row.measures.signal;
      return [
        { text: named(nameOf(row), row.role, words.roles), strong: row.role === 'subject' },
        formatNumber(ic.mean, 3),
        formatNumber(ic.t, 1),
        formatNumber(rankIc.mean, 3),
        formatNumber(rankIc.t, 1),
        formatNumber(rankIcir, 2),
      ];
    }),
  ];
}

function strategyRows({ data, words, nameOf }: ReportContext): Cell[][] {
  const { summary, columns } = words;
  return [
    ['', summary.annualised, summary.sharpe, summary.drawdown, summary.winRate, summary.againstUniverse, columns.t],
    ...data.strategies.map((row) => {
      const { performance, trading, versusUniverse } = row.measures;
      return [
        { text: named(nameOf(row), row.role, words.roles), strong: row.role === 'subject' },
        formatPercent(performance.annualisedReturn),
        formatNumber(performance.sharpe),
        formatPercent(performance.maxDrawdown),
        formatPercent(trading?.winRate),
        formatPercent(versusUniverse?.excessReturn, 1, true),
        formatNumber(versusUniverse?.t, 1),
      ];
    }),
  ];
}

function named(
  name: string,
  role: keyof ReportContext['words']['roles'],
  roles: ReportContext['words']['roles'],
): string {
  return role === 'placebo' ? `${name} (${roles.placebo})` : name;
}
