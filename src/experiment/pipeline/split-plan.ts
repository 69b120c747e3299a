import {
  combinatorial,
  crossValidation,
  type Fold,
  type Period,
  type Purging,
  type Splitter,
  staticSplit,
  walkForward,
} from '../../training/index.js';
import { CandlenetError, formatDay, parseDay } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { SplitConfig, StaticSplitConfig } from '../config/split-section.js';

const dated = ([from, to]: readonly [string, string], key: string): Period => [parseDay(from, key), parseDay(to, key)];

/** The protocol of a configuration, purged by the reach of its label. @throws CONFIG_INVALID */
export function splitterOf({ split, label }: Pick<ExperimentConfig, 'split' | 'label'>): Splitter {
  const purging: Purging = { reachDays: 1 + label.horizonDays, embargoDays: split.embargoDays };
  switch (split.kind) {
    case 'static': {
      const { train, validate, test } = split;
      const periods = {
        train: dated(train, 'split.train'),
        validate: dated(validate, 'split.validate'),
        test: dated(test, 'split.test'),
      };
      return staticSplit(periods, purging);
    }
    case 'walk-forward':
      return walkForward({ ...split, test: dated(split.test, 'split.test') }, purging);
    case 'cross-validation':
      return crossValidation({ ...split, span: dated(split.span, 'split.span') }, purging);
    case 'combinatorial':
      return combinatorial({ ...split, span: dated(split.span, 'split.span') }, purging);
  }
}

/** The calendar days that a protocol judges its models on. */
export function judgedPeriod(split: SplitConfig): readonly [string, string] {
  return split.kind === 'static' || split.kind === 'walk-forward' ? split.test : split.span;
}

/** Whether every fold learns from earlier sessions than it tests: what somebody could have traded. */
export function isForward(split: SplitConfig): boolean {
  return (
    split.kind === 'static' ||
    split.kind === 'walk-forward' ||
    (split.kind === 'cross-validation' && split.order === 'forward')
  );
}

/** A configuration whose protocol is one static fold. */
export type StaticExperiment = ExperimentConfig & { readonly split: StaticSplitConfig };

/**
 * The last fold of a protocol as a static split of its own: the same rows, since its ranges are purged already.
 * @throws CONFIG_INVALID where folds learn from later sessions than they test
 */
export function lastFoldAsStatic(config: ExperimentConfig, calendar: Int32Array): StaticExperiment {
  const { split } = config;
  if (split.kind === 'static') return { ...config, split };
  if (!isForward(split)) {
    const found = split.kind === 'combinatorial' ? 'combinatorial' : 'cross-validation in k-fold order';
    throw new CandlenetError(
      'CONFIG_INVALID',
      `split.kind: found ${found}, whose folds learn from sessions after those they test; expected static, walk-forward, or cross-validation with order: forward`,
    );
  }
  const fold = splitterOf(config)(calendar).at(-1) as Fold;
  const days = ({ first, last }: { first: number; last: number }): [string, string] => [
    formatDay(calendar[first]),
    formatDay(calendar[last]),
  ];
  const [train, validate, test] = [fold.train[0], fold.validate, fold.test[0]].map(days);
  return { ...config, split: { kind: 'static', train, validate, test, embargoDays: 0 } };
}
