import {
  compareForecasts,
  compareReturns,
  type PairedDifference,
  type PairedForecasts,
  type ResampledPerformance,
  resampledPerformance,
  type StrategyRecord,
} from '../../evaluation/index.js';
import { type AnnualBasis, holm } from '../../stats/index.js';
import { createRng } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { FittedModel } from './models.js';
import type { TradedStrategy } from './strategies.js';

/** The model in question against each other one, and its strategy against each other. */
export interface Significance {
  readonly subject: string;
  readonly models: readonly Compared<PairedForecasts>[];
  readonly strategies: readonly Compared<PairedDifference>[];
  /** The subject's test drawn anew, beside holding the universe and the index; null for a short one. */
  readonly resampled: ResampledPerformance | null;
}

/** `pHolm` is the Newey-West p after Holm's correction for all comparisons of its list. */
export type Compared<Test> = Test & { readonly id: string; readonly pHolm: number };

export function significanceOf(
  config: ExperimentConfig,
  models: readonly FittedModel[],
  strategies: readonly TradedStrategy[],
  basis: AnnualBasis,
): Significance {
  const [subject, ...others] = models;
  const rng = (...what: string[]) => createRng(config.training.seed, 'significance', ...what);
  const { horizonDays } = config.label;
  const own = strategies.find(({ role }) => role === 'subject');
  const held = strategies.filter(({ role }) => role === 'universe' || role === 'benchmark');
  const rivals = strategies.filter((strategy) => strategy !== own);
  return {
    subject: subject.id,
    models: corrected(
      others.map(({ id, forecasts }) => ({
        id,
        ...compareForecasts(subject.forecasts, forecasts, { horizonDays, rng: rng('model', id) }),
      })),
    ),
    strategies: own
      ? corrected(
          rivals.map(({ id, record }) => ({
            id,
            ...compareReturns(own.record.returns, alignedReturns(own.record, record), rng('strategy', id)),
          })),
        )
      : [],
    resampled: own
      ? resampledPerformance(own.record.returns, {
          rng: rng('test drawn anew'),
          basis,
          against: held.map(({ id, record }) => ({ id, returns: alignedReturns(own.record, record) })),
        })
      : null,
  };
}

function corrected<Test extends PairedDifference>(tests: readonly (Test & { id: string })[]): Compared<Test>[] {
  const adjusted = holm(tests.map(({ p }) => p));
  return tests.map((test, i) => ({ ...test, pHolm: adjusted[i] }));
}

/** The other's returns on the subject's sessions; NaN where it has none. */
function alignedReturns({ dates }: StrategyRecord, other: StrategyRecord): Float64Array {
  const at = new Map(Array.from(other.dates, (date, i) => [date, other.returns[i]]));
  return Float64Array.from(dates, (date) => at.get(date) ?? Number.NaN);
}
