import type { AnnualBasis } from '../stats/index.js';
import { lowerBound } from '../util/index.js';
import { type PartSkill, skillWhere } from './by-part.js';
import { performance } from './performance.js';
import type { JudgedForecasts, StrategyRecord } from './types.js';

/** A strategy over some of its sessions. */
export interface PeriodReturn {
  readonly totalReturn: number;
  readonly sharpe: number;
  readonly maxDrawdown: number;
}

/** A stretch of the test by itself: what the model knew in it, and what strategies made of it. */
export interface PeriodMeasures<Id extends string = string> {
  /** Sessions of the test that lie in it; 0 where the test does not reach it, and then nothing else is defined. */
  readonly sessions: number;
  readonly skill: PartSkill;
  readonly strategies: Readonly<Record<Id, PeriodReturn>>;
}

/**
 * Forecasts made and sessions traded from `from` to `to`, both included. Strategies carry in what they held, so that a
 * period is no back-test of its own.
 * @param horizonDays of the label, for the errors of overlapping returns
 */
export function measuresOfPeriod<Id extends string>(
  [from, to]: readonly [number, number],
  forecasts: JudgedForecasts,
  horizonDays: number,
  strategies: Readonly<Record<Id, StrategyRecord>>,
  basis: AnnualBasis,
): PeriodMeasures<Id> {
  let sessions = 0;
  const entries = (Object.entries(strategies) as [Id, StrategyRecord][]).map(([id, { dates, returns }]) => {
    const [start, end] = [lowerBound(dates, from), lowerBound(dates, to + 1)];
    sessions = Math.max(sessions, end - start);
    const { totalReturn, sharpe, maxDrawdown } = performance(returns.slice(start, end), basis);
    return [id, { totalReturn, sharpe, maxDrawdown: end > start ? maxDrawdown : Number.NaN }];
  });
  const inPeriod = (row: number) => forecasts.date[row] >= from && forecasts.date[row] <= to;
  return {
    sessions,
    skill: skillWhere(forecasts, horizonDays, inPeriod),
    strategies: Object.fromEntries(entries) as Record<Id, PeriodReturn>,
  };
}
