import { type Fold, type FoldRange, type TrainingOptions, testPaths } from '../../../training/index.js';
import type { Day } from '../../../util/index.js';
import type { ExperimentConfig } from '../../config/schema.js';
import { type Forecasts, forecastTable, joinForecasts } from '../forecast.js';
import type { Prepared } from '../prepare.js';
import { lossWithin, type SubjectFit, validationLoss } from './fit-subject.js';

/** Losses of an update on the sessions that the updated network forecasts, as its training has them; NaN where no outcome is known. */
export interface ForecastLosses {
  /** By the network as it was trained, by the one before the update, and by the updated one. */
  readonly neverUpdated: number;
  readonly before: number;
  readonly after: number;
}

export interface FoldUpdate {
  readonly date: Day;
  readonly member: number;
  readonly arrived: number;
  readonly replayed: number;
  readonly validationLoss: readonly [before: number, after: number];
  /** Looks at what became of the forecasts. */
  readonly forecastLosses: () => ForecastLosses;
}

interface FoldMember {
  readonly options: TrainingOptions;
  readonly bestEpoch: number;
  readonly validationLoss: number;
  readonly forecasts: Forecasts;
}

/** What one fold leaves of its subject when its panel and its networks are gone. */
export interface FoldSubject {
  readonly members: readonly FoldMember[];
  readonly weights: readonly { readonly test: FoldRange; readonly weights: readonly Float64Array[] }[];
  readonly updates: readonly FoldUpdate[];
}

export interface JoinedMember {
  readonly options: TrainingOptions;
  /** Of the last fold. */
  readonly bestEpoch: number;
  /** Mean over the folds. */
  readonly validationLoss: number;
  /** Along the first path of the protocol. */
  readonly forecasts: Forecasts;
}

/** The model in question, the folds of a protocol taken together. */
export interface JoinedSubject {
  /** One where there is no ensemble. */
  readonly members: readonly JoinedMember[];
  /** By session, along the first path: each member's weight. */
  readonly weights: ReadonlyMap<Day, Float64Array>;
  /** Of all folds, by fold, member and day. */
  readonly updates: readonly FoldUpdate[];
}

export function subjectOf(
  prepared: Prepared,
  config: ExperimentConfig,
  { members, forecaster }: SubjectFit,
): FoldSubject {
  const { testRows, labels, bars, target } = prepared;
  const outcomes = { testRows, labels, bars, target };
  return {
    members: members.map(({ options, trained, outputs }) => ({
      options,
      bestEpoch: trained.bestEpoch,
      validationLoss: validationLoss({ trained }),
      forecasts: forecastTable(prepared, testRows, outputs),
    })),
    weights: forecaster.map(({ test, weights }) => ({ test, weights })),
    updates: members.flatMap(({ updates, outputs, withoutUpdates, oneUpdateEarlier }, member) =>
      updates.map(({ date, arrived, replayed, validationLoss, forecasts }) => ({
        date,
        member,
        arrived,
        replayed,
        validationLoss,
        forecastLosses: () => ({
          neverUpdated: lossWithin(outcomes, config, withoutUpdates, forecasts),
          before: lossWithin(outcomes, config, oneUpdateEarlier, forecasts),
          after: lossWithin(outcomes, config, outputs, forecasts),
        }),
      })),
    ),
  };
}

/** @param dates of the market */
export function joinSubjects(
  dates: Int32Array,
  subjects: readonly FoldSubject[],
  folds: readonly Fold[],
): JoinedSubject {
  const [path] = testPaths(folds);
  const last = subjects[subjects.length - 1];
  const weights = new Map<Day, Float64Array>();
  for (const { fold, range } of path) {
    const own = subjects[fold].weights.find(({ test }) => test.first === range.first);
    own?.weights.forEach((row, t) => {
      weights.set(dates[range.first + t], row);
    });
  }
  return {
    weights,
    members: last.members.map(({ options, bestEpoch }, m) => ({
      options,
      bestEpoch,
      validationLoss: subjects.reduce((sum, { members }) => sum + members[m].validationLoss, 0) / subjects.length,
      forecasts: joinForecasts(
        path.map(({ fold, range }) => ({
          table: subjects[fold].members[m].forecasts,
          from: dates[range.first],
          to: dates[range.last],
        })),
      ),
    })),
    updates: subjects.flatMap(({ updates }) => updates),
  };
}
