import { type DailyStatistic, FORECAST_CLASSES, type RelativeMeasures } from '../evaluation/index.js';
import { formatCount, formatNumber, formatPercent } from '../util/index.js';
import type { ReportContext } from './context.js';
import { numberWords } from './words/numbers.js';

/** What the figures allow to be said; the order is that of the questions asked of them. */
export type Finding = 'skill-and-money' | 'skill' | 'luck' | 'none' | 'inverse' | 'unknown';

export interface Verdict {
  readonly finding: Finding;
  readonly headline: string;
  readonly sentences: readonly string[];
}

/**
 * The t-statistic from which a figure counts as evidence: 3, as Harvey, Liu and Zhu (2016, "… and the Cross-Section of
 * Expected Returns") ask of a new factor, because many were tried before it. Overlapping labels, too, make a t of 2
 * commoner by chance than the 5 % of a textbook.
 */
export const EVIDENCE = 3;

/**
 * Skill is a rank IC that Newey-West errors tell from 0; money is a lead over holding the same stocks (over the index
 * where there is no such record) that they tell from 0. An accuracy is no part of it: a label scaled by volatility can
 * be predicted without knowing any direction.
 */
export function findingOf(rankIc: DailyStatistic, lead: RelativeMeasures | null): Finding {
  if (Number.isNaN(rankIc.t)) return 'unknown';
  const money = lead !== null && lead.t >= EVIDENCE;
  if (rankIc.t >= EVIDENCE) return money ? 'skill-and-money' : 'skill';
  if (rankIc.t <= -EVIDENCE) return 'inverse';
  return money ? 'luck' : 'none';
}

export function verdictOf(context: ReportContext): Verdict {
  const { words, strategy } = context;
  const lead = strategy.measures.versusUniverse ?? strategy.measures.relative;
  const finding = findingOf(context.model.measures.signal.rankIc, lead);
  return {
    finding,
    headline: words.headlines[finding],
    sentences: [...aboutSkill(context), ...aboutMoney(context)],
  };
}

function aboutSkill({ data, words, language, model }: ReportContext): string[] {
  const { classification, signal, direction } = model.measures;
  const { verdict, classes } = words;
  const made = data.market.kind === 'real' ? [] : [verdict.synthetic[data.market.kind]];
  const ranked = {
    days: formatCount(signal.rankIc.days),
    ic: formatNumber(signal.rankIc.mean, 3),
    t: formatNumber(signal.rankIc.t, 1),
    horizon: data.samples.label.horizonDays,
  };
  if (classification === null) return [numberWords(language).ranking(ranked), ...made];
  const accuracy = verdict.accuracy({
    accuracy: formatPercent(classification.accuracy),
    samples: formatCount(classification.samples),
    majorityClass: classes[FORECAST_CLASSES.indexOf(classification.majorityClass)],
    majority: formatPercent(classification.majorityRate),
  });
  const ranking = verdict.ranking({
    ...ranked,
    auc: formatPercent(direction.auc),
    aucT: formatNumber(direction.edge.t, 1),
  });
  const bayes = data.bayes ? [verdict.bayes({ accuracy: formatPercent(data.bayes.accuracy) })] : [];
  return [ranking, accuracy, ...bayes, ...made];
}

function aboutMoney({ data, words, strategy, benchmark, universe, nameOf }: ReportContext): string[] {
  const { verdict } = words;
  const annual = (row: typeof strategy) => formatPercent(row.measures.performance.annualisedReturn);
  const sentences = [
    verdict.money({
      annual: annual(strategy),
      benchmark: data.market.benchmarkName,
      benchmarkAnnual: annual(benchmark),
    }),
  ];
  const lead = strategy.measures.versusUniverse;
  if (universe && lead) {
    sentences.push(
      verdict.universe({
        annual: annual(universe),
        difference: formatPercent(lead.excessReturn, 1, true),
        t: formatNumber(lead.t, 1),
        noise: !(Math.abs(lead.t) >= EVIDENCE),
      }),
    );
  }
  const placebo = data.strategies.find((row) => row.role === 'placebo');
  if (placebo) sentences.push(verdict.placebo({ name: nameOf(placebo).toLowerCase(), annual: annual(placebo) }));
  return sentences;
}
