import { scoreOf } from '../../../backtest/index.js';
import { evaluateForecasts, performance, strategyRecord } from '../../../evaluation/index.js';
import { CLASS_NAMES, type ClassName } from '../../../features/index.js';
import type { EnsembleReport, OnlineReport, OnlineUpdateReport, ReachedReport } from '../../../report/index.js';
import { mean, pearson, standardDeviation } from '../../../stats/index.js';
import { ambiguityOf } from '../../../training/index.js';
import { CandlenetError } from '../../../util/index.js';
import type { ExperimentConfig } from '../../config/schema.js';
import { breathe, type Services } from '../../services.js';
import type { Forecasts } from '../forecast.js';
import type { FittedModel } from '../models.js';
import { policyDesk } from '../policies.js';
import { basisOf } from '../risk-free.js';
import { backtestOf } from '../strategies.js';
import type { Studied } from '../study.js';
import { describeAugmentation } from '../training-text.js';
import { WITHOUT_UPDATES } from './fit-subject.js';
import type { FoldUpdate, JoinedSubject } from './join-subjects.js';

/** What became of the ensemble and of its updates; null where there is none. */
export interface SubjectVerdict {
  readonly ensemble: EnsembleReport | null;
  readonly online: OnlineReport | null;
}

/** Forecasts with the strategy that they give under the configuration's policy, rules and costs. */
interface Traded {
  readonly reached: ReachedReport;
  readonly returns: Float64Array;
}

/** Looks at what became of the subject's forecasts, member by member and update by update. */
export async function judgeSubject(
  studied: Studied,
  config: ExperimentConfig,
  subject: JoinedSubject,
  models: readonly FittedModel[],
  services: Services,
): Promise<SubjectVerdict> {
  const { ensemble, online } = config;
  if (ensemble === null && online === null) return { ensemble: null, online: null };
  const desk = policyDesk(studied, config);
  const trade = async (forecasts: Forecasts): Promise<Traded> => {
    await breathe(services.signal);
    const { classification, signal } = evaluateForecasts(forecasts, config.label.horizonDays);
    const result = backtestOf(studied, config, desk.controlled(desk.fromForecasts(forecasts)));
    const { returns } = strategyRecord(result, () => '');
    const { annualisedReturn, volatility, sharpe } = performance(returns, basisOf(studied, config));
    const accuracy = classification?.accuracy ?? Number.NaN;
    return { reached: { accuracy, rankIc: signal.rankIc.mean, annualisedReturn, volatility, sharpe }, returns };
  };
  const whole = await trade(models[0].forecasts);
  const members: Traded[] = [];
  if (ensemble !== null) for (const { forecasts } of subject.members) members.push(await trade(forecasts));
  const still = models.find(({ id }) => id === WITHOUT_UPDATES);
  return {
    ensemble: ensemble && ensembleReport(studied, ensemble, subject, whole, members),
    online:
      online === null || still === undefined
        ? null
        : {
            ...online,
            updates: updatesByDay(subject.updates),
            updated: whole.reached,
            still: (await trade(still.forecasts)).reached,
          },
  };
}

function ensembleReport(
  studied: Studied,
  { weighting }: NonNullable<ExperimentConfig['ensemble']>,
  { members, weights }: JoinedSubject,
  whole: Traded,
  traded: readonly Traded[],
): EnsembleReport {
  const bySession = [...weights.values()];
  const weightsOf = (m: number) => bySession.map((row) => row[m]);
  const [{ forecasts: first }] = members;
  const { outputs, classes, truthOf } = outcomesOf(studied, members);
  const { date } = first;
  const error = ambiguityOf(outputs, classes, truthOf, (row) => known(weights, date[row]));
  const scores = members.map(({ forecasts }) =>
    Float64Array.from({ length: first.length }, (_, row) => scoreOf(forecasts, row)),
  );
  return {
    weighting,
    members: members.map(({ options, bestEpoch, validationLoss }, m) => ({
      ...traded[m].reached,
      member: m + 1,
      seed: options.seed,
      variation: describeAugmentation(options),
      bestEpoch,
      validationLoss,
      weights: { first: bySession[0][m], mean: mean(weightsOf(m)), last: bySession[bySession.length - 1][m] },
    })),
    whole: whole.reached,
    error,
    forecasts: { variance: varianceBetween(scores), correlation: meanCorrelation(scores) },
    effectiveMembers: mean(bySession.map((row) => 1 / row.reduce((sum, w) => sum + w * w, 0))),
    returns: {
      variance: varianceBetween(traded.map(({ returns }) => returns)),
      member: mean(traded.map(({ returns }) => variance(returns))),
      ensemble: variance(whole.returns),
    },
  };
}

function known(weights: JoinedSubject['weights'], day: number): Float64Array {
  const row = weights.get(day);
  if (row === undefined) throw new CandlenetError('INTERNAL', `day ${day} has forecasts but no weights of members`);
  return row;
}

interface Outcomes {
  /** Of each member, [rows × classes]. */
  readonly outputs: readonly Float32Array[];
  readonly classes: number;
  /** What the outputs of a row should have been; null where nothing came of it. */
  readonly truthOf: (row: number) => ArrayLike<number> | null;
}

/** Class probabilities against 0 and 1; numbers and their targets in deviations of what the label came to. */
function outcomesOf({ labels, bars }: Studied, members: JoinedSubject['members']): Outcomes {
  const [{ forecasts: first }] = members;
  const { classNames, target } = labels;
  if (target === undefined) {
    const oneHot = classNames.map((_, k) => classNames.map((_, c) => (c === k ? 1 : 0)));
    return {
      outputs: members.map(({ forecasts }) => outputsOf(forecasts, classNames)),
      classes: classNames.length,
      truthOf: (row) => oneHot[classNames.indexOf(CLASS_NAMES[first.label[row]])] ?? null,
    };
  }
  const symbols = new Map(bars.symbols.map((symbol, s) => [symbol, s]));
  const dates = new Map(Array.from(bars.dates, (date, t) => [date, t]));
  const targets = Float64Array.from({ length: first.length }, (_, row) => {
    const [s, t] = [symbols.get(first.symbol[row]), dates.get(first.date[row])];
    return s === undefined || t === undefined ? Number.NaN : target[s * bars.dates.length + t];
  });
  const deviation = standardDeviation(targets.filter((value) => !Number.isNaN(value)));
  return {
    outputs: members.map(({ forecasts }) =>
      Float32Array.from({ length: forecasts.length }, (_, row) => scoreOf(forecasts, row) / deviation),
    ),
    classes: 1,
    truthOf: (row) => (Number.isNaN(targets[row]) ? null : [targets[row] / deviation]),
  };
}

/** Probability columns as outputs [rows × classes]. */
function outputsOf({ length, pBuy, pHold, pSell }: Forecasts, classNames: readonly ClassName[]): Float32Array {
  const columns = classNames.map((name) => ({ buy: pBuy, hold: pHold, sell: pSell })[name]);
  return Float32Array.from(
    { length: length * columns.length },
    (_, k) => columns[k % columns.length][Math.floor(k / columns.length)],
  );
}

/** Mean over the places of the variance between the series there (divided by their number). */
function varianceBetween(series: readonly ArrayLike<number>[]): number {
  return mean(
    Array.from({ length: series[0].length }, (_, i) => {
      const centre = mean(series.map((own) => own[i]));
      return mean(series.map((own) => (own[i] - centre) ** 2));
    }),
  );
}

function variance(values: ArrayLike<number>): number {
  const list = Array.from(values);
  const centre = mean(list);
  return mean(list.map((value) => (value - centre) ** 2));
}

function meanCorrelation(series: readonly ArrayLike<number>[]): number {
  return mean(series.flatMap((a, i) => series.slice(i + 1).map((b) => pearson(Array.from(a), Array.from(b)))));
}

/** Updates of one day taken together: means over the members. */
function updatesByDay(updates: readonly FoldUpdate[]): OnlineUpdateReport[] {
  const days = [...new Set(updates.map(({ date }) => date))].sort((a, b) => a - b);
  return days.map((date) => {
    const own = updates.filter((update) => update.date === date);
    const losses = own.map(({ forecastLosses }) => forecastLosses());
    const over = (of: (update: FoldUpdate) => number) => mean(own.map(of));
    return {
      date,
      arrived: over(({ arrived }) => arrived),
      replayed: over(({ replayed }) => replayed),
      validationBefore: over(({ validationLoss }) => validationLoss[0]),
      validationAfter: over(({ validationLoss }) => validationLoss[1]),
      forecastNever: mean(losses.map(({ neverUpdated }) => neverUpdated)),
      forecastBefore: mean(losses.map(({ before }) => before)),
      forecastAfter: mean(losses.map(({ after }) => after)),
    };
  });
}
