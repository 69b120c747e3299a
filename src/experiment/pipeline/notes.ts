import { SCREENING_REASONS } from '../../market/index.js';
import { formatCount, formatPercent } from '../../util/index.js';
import { isNumberLabel } from '../config/label-section.js';
import type { ExperimentConfig } from '../config/schema.js';
import { scorerNote } from './feature-tables.js';
import type { Verdicts } from './judge.js';
import type { Studied } from './study.js';

/** Choices and caveats of a run in plain sentences. */
export function notesOf(prepared: Studied, config: ExperimentConfig, verdicts: Verdicts): string[] {
  const notes = [
    'The model forecasts every test day it can; the strategy’s first signal is the first test day’s close, so it holds cash on that day.',
    prepared.riskFree.note,
  ];
  if (prepared.benchmark.kind === 'price') {
    notes.push(
      `${prepared.benchmark.name} is a price index: it loses its dividends (for the CSI 300 some 2 % a year). The universe’s own total return stands beside it.`,
    );
  }
  notes.push(...screeningNotes(prepared));
  const scorer = scorerNote(prepared.news, prepared.columns, config.features.news.classifier);
  if (scorer !== null) notes.push(scorer);
  if (isNumberLabel(config.label)) {
    notes.push(
      'The label is a number: the majority class is no placebo of it, and ridge regression stands in for logistic regression.',
    );
  }
  notes.push(...verdicts.models.flatMap(({ note }) => (note === null ? [] : [note])));
  const random = randomPortfolioNote(config, verdicts);
  if (random !== null) notes.push(random);
  if (config.placebos.shuffledLabels) {
    notes.push(
      'Shuffled labels: the same network, trained as many epochs as the real one’s best, on training labels dealt to other samples. It is one draw: where features say much, as in a planted market, even a random function of them ranks stocks a little, one way or the other.',
    );
  }
  const subject = verdicts.strategies.find(({ role }) => role === 'subject');
  return [...notes, ...(subject?.result?.notes ?? [])];
}

function screeningNotes({ screening }: Studied): string[] {
  if (screening === null) return [];
  const { before, after, counts, notes } = screening;
  const drops = counts.map(
    ({ reason, stockDays, stocks, example }) =>
      `${SCREENING_REASONS[reason]} ${formatCount(stockDays)} (${formatCount(stocks)} stocks${example === '' ? '' : `, first ${example}`})`,
  );
  return [
    `Screening as of each date left ${formatCount(after)} of ${formatCount(before)} stock-days in the universe; dropped: ${drops.join('; ') || 'no rule is on'}. A day dropped for two reasons is counted under both.`,
    ...notes.map((note) => `${note[0].toUpperCase()}${note.slice(1)}.`),
  ];
}

function randomPortfolioNote(config: ExperimentConfig, { strategies }: Verdicts): string | null {
  const placebo = strategies.find(({ id }) => id === 'random-portfolios');
  const finals = placebo?.peers;
  const subject = strategies.find(({ role }) => role === 'subject');
  if (!finals || !subject) return null;
  const own = subject.measures.performance.totalReturn;
  const beaten = finals.filter((total) => own > total).length;
  return (
    `Random portfolios: ${finals.length} draws of ${config.portfolio.k} names with the model strategy’s mean turnover and costs ended between ` +
    `${formatPercent(Math.min(...finals))} and ${formatPercent(Math.max(...finals))}; the strategy beat ${beaten} of them. The table shows the median one.`
  );
}
