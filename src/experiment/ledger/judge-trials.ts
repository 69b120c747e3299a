import type { StrategyRecord } from '../../evaluation/index.js';
import type { DeflatedReport, Role, TrialsReport } from '../../report/index.js';
import {
  backtestOverfitting,
  deflatedSharpe,
  type ReturnRows,
  realityCheck,
  sharpeEstimate,
  standardDeviation,
  stationaryResamples,
  superiorAbility,
  trialPopulation,
  variance,
} from '../../stats/index.js';
import { invariant, type Rng } from '../../util/index.js';
import type { CountedTrials } from './select-trials.js';
import type { Trial } from './trial.js';

/** Choosing the best of fewer says little about how much choosing deceives. */
const MINIMUM_FOR_OVERFITTING = 10;
/** Blocks of the cross-validation, the paper's first, and the sessions that each needs for a Sharpe ratio to mean something. */
const BLOCKS = [16, 8] as const;
const SESSIONS_A_BLOCK = 10;
/** As of the Sharpe ratio's interval: runs of some two weeks stay together, in which volatility clusters. */
const BOOTSTRAP = { replications: 1000, meanBlock: 10 } as const;
/** Fewer sessions have no distribution to resample. */
const MINIMUM_SESSIONS = 20;

interface Basis {
  readonly sessionsPerYear: number;
  /** Of the bootstrap behind the test of superior ability. */
  readonly rng: Rng;
}

interface TradedRow {
  readonly role: Role;
  readonly record: StrategyRecord;
}

/**
 * The figures of a run in the light of all that was tried on its days: deflated Sharpe ratios of the strategy and of its lead over
 * holding the universe (over the index where there is none), the probability that choosing the best of the trials is overfitting,
 * and the test whether the best of them could be luck. What too few trials or sessions do not define is null or NaN.
 * @param strategies of the run; the subject, and what is held to compare with
 */
export function judgeTrials(
  { own, others, elsewhere }: CountedTrials,
  strategies: readonly TradedRow[],
  { sessionsPerYear, rng }: Basis,
): TrialsReport {
  const held = (role: Role) => strategies.find((strategy) => strategy.role === role)?.record;
  const subject = held('subject');
  const yardstick = held('universe') ?? held('benchmark');
  invariant(subject !== undefined && yardstick !== undefined, 'a run has a strategy and something to hold');
  const all = [...own, ...others];
  const moving = all.filter(({ returns }) => standardDeviation(returns) > 0);
  const aligned = moving.flatMap((trial) => onDays(trial, subject.dates));
  const returns = rowsOf(aligned.map(({ values }) => values));
  const leads = rowsOf(aligned.map(({ values }) => values.map((value, t) => value - yardstick.returns[t])));
  const lead = subject.returns.map((value, t) => value - yardstick.returns[t]);
  const population = { ...basisOf(returns, all.length), variance: variance(moving.map(ratio)) };
  const annually = Math.sqrt(sessionsPerYear);
  return {
    from: subject.dates[0],
    to: subject.dates[subject.dates.length - 1],
    ...{ own: own.length, others: others.length, elsewhere, aligned: aligned.length },
    independent: population.count,
    sharpeDeviation: Math.sqrt(population.variance) * annually,
    deflated: deflate(subject.returns, population, annually),
    deflatedLead: deflate(lead, basisOf(leads, all.length), annually),
    overfitting: overfitting(returns),
    superior: superior(leads, rng, (column) => nameOf(aligned[column].trial, own)),
  };
}

/** The returns of a trial on the very days of a run; none where it lacks one. */
function onDays(trial: Trial, dates: Int32Array): { trial: Trial; values: Float64Array }[] {
  const at = new Map(Array.from(trial.dates, (date, i) => [date, trial.returns[i]]));
  const values = Float64Array.from(dates, (date) => at.get(date) ?? Number.NaN);
  return values.some(Number.isNaN) ? [] : [{ trial, values }];
}

function rowsOf(columns: readonly Float64Array[]): ReturnRows {
  const [periods, assets] = [columns[0]?.length ?? 0, columns.length];
  const values = Float64Array.from({ length: periods * assets }, (_, i) => columns[i % assets][Math.floor(i / assets)]);
  return { values, periods, assets };
}

/**
 * Number of independent trials that all the counted ones are worth: their mean correlation is that of the trials on common days.
 */
function basisOf(rows: ReturnRows, counted: number): { count: number; variance: number } {
  const { count, variance: spread } = trialPopulation(rows);
  const common = rows.assets > 1 ? (rows.assets - count) / (rows.assets - 1) : 0;
  return { count: Math.max(1, common + (1 - common) * counted), variance: spread };
}

const ratio = ({ returns }: Trial): number => sharpeEstimate(returns).sharpe;

function deflate(
  returns: Float64Array,
  population: { readonly count: number; readonly variance: number },
  annually: number,
): DeflatedReport {
  const { sharpe, threshold, probability } = deflatedSharpe(returns, population);
  return { sharpe: sharpe * annually, threshold: threshold * annually, probability };
}

function overfitting(rows: ReturnRows): TrialsReport['overfitting'] {
  const blocks = BLOCKS.find((count) => rows.periods >= count * SESSIONS_A_BLOCK);
  if (rows.assets < MINIMUM_FOR_OVERFITTING || blocks === undefined) return null;
  const { probability, probabilityOfLoss } = backtestOverfitting(rows, { blocks });
  return { probability, probabilityOfLoss, blocks };
}

function superior(leads: ReturnRows, rng: Rng, named: (column: number) => string): TrialsReport['superior'] {
  if (leads.assets === 0 || leads.periods < MINIMUM_SESSIONS) return null;
  const { meanBlock } = BOOTSTRAP;
  const resamples = stationaryResamples(leads.periods, { rng, ...BOOTSTRAP });
  const { best, pConsistent } = superiorAbility(leads, { resamples, meanBlock });
  if (best < 0) return null;
  return { best: named(best), p: pConsistent, realityCheckP: realityCheck(leads, { resamples, meanBlock }).p };
}

function nameOf(trial: Trial, own: readonly Trial[]): string {
  return own.includes(trial) ? trial.strategy : `${trial.strategy} (${trial.source})`;
}
