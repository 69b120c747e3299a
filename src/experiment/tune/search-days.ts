import { CandlenetError, formatDay, parseDay } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { TuneConfig } from '../config/tune-section.js';
import { judgedPeriod } from '../pipeline/split-plan.js';

/**
 * The days a search may see: those before the period that judges a run of the configuration. A market read for them ends with
 * them, so that no label can reach beyond.
 * @param firstDay of the store, YYYY-MM-DD
 * @throws CONFIG_INVALID where no such days are left, or `tune.span` reaches into that period
 */
export function searchDays(
  { split }: Pick<ExperimentConfig, 'split'>,
  { span }: Pick<TuneConfig, 'span'>,
  firstDay: string,
): readonly [string, string] {
  const judged = judgedPeriod(split);
  if (span !== null) {
    if (span[1] < judged[0]) return span;
    const found = `${span[0]} … ${span[1]}, which reaches into the days that judge a run (from ${judged[0]})`;
    throw new CandlenetError('CONFIG_INVALID', `tune.span: found ${found}; expected earlier days`);
  }
  if (split.kind === 'static') return [split.train[0], split.validate[1]];
  const lastDay = formatDay(parseDay(judged[0], 'split') - 1);
  if (split.kind === 'walk-forward' && firstDay < lastDay) return [firstDay, lastDay];
  const found = `split.kind ${split.kind}, whose days all judge a run, and no tune.span`;
  throw new CandlenetError('CONFIG_INVALID', `tune.span: found ${found}; expected [from, to] before ${judged[0]}`);
}

/** A configuration whose protocol is the search's purged cross-validation, later blocks judged by earlier ones. */
export function crossValidated(
  config: ExperimentConfig,
  { folds, validateDays }: Pick<TuneConfig, 'folds' | 'validateDays'>,
  [from, to]: readonly [string, string],
): ExperimentConfig {
  const { embargoDays } = config.split;
  const split = {
    kind: 'cross-validation',
    span: [from, to],
    folds,
    order: 'forward',
    validateDays,
    embargoDays,
  } as const;
  return { ...config, tune: null, split: { ...split, span: [from, to] } };
}
