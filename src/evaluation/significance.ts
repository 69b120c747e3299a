import {
  mcNemarTest,
  mean,
  neweyWestLags,
  optimalBlockLength,
  resampledInterval,
  signedRankTest,
  stationaryResamples,
  testMean,
} from '../stats/index.js';
import { CandlenetError, type Rng } from '../util/index.js';
import { classesOf, forecastClass, judgedRows } from './classification.js';
import { dayRows } from './days.js';
import type { JudgedForecasts, PairedDifference, PairedForecasts } from './types.js';

const INTERVAL = { replications: 2000, level: 0.95 } as const;

/**
 * Is one model right more often than another? Paired by day, since the forecasts of one day share its market: the daily
 * difference of their accuracies is tested with Newey-West errors, Wilcoxon's signed ranks and a stationary bootstrap. Only
 * rows that both judge count.
 * @param horizonDays of the label: neighbouring days agree over that many sessions, so lags are at least twice it and blocks
 * at least as long
 * @throws ARGUMENT_INVALID where the two are not of the same rows
 */
export function compareForecasts(
  subject: JudgedForecasts,
  other: JudgedForecasts,
  { horizonDays, rng }: { readonly horizonDays: number; readonly rng: Rng },
): PairedForecasts {
  checkPair(subject, other);
  const judged = new Set(judgedRows(other));
  const both = new Uint8Array(subject.length);
  for (const row of judgedRows(subject)) if (judged.has(row)) both[row] = 1;
  let onlySubject = 0;
  let onlyOther = 0;
  let samples = 0;
  const differences: number[] = [];
  for (const { start, end } of dayRows(subject.date, subject.length)) {
    let count = 0;
    let lead = 0;
    for (let row = start; row < end; row++) {
      if (both[row] === 0) continue;
      count++;
      const right = isRight(subject, row);
      const otherRight = isRight(other, row);
      if (right && !otherRight) onlySubject++;
      if (otherRight && !right) onlyOther++;
      lead += Number(right) - Number(otherRight);
    }
    samples += count;
    if (count > 0) differences.push(lead / count);
  }
  const { p, pExact } = mcNemarTest(onlySubject, onlyOther);
  return {
    ...pairedDifference(differences, { shortest: horizonDays, rng }),
    samples,
    mcNemar: { onlySubject, onlyOther, p, pExact },
  };
}

/**
 * Daily returns of one strategy less those of another over the same sessions, tested as `compareForecasts` does.
 * @throws ARGUMENT_INVALID for series of different lengths
 */
export function compareReturns(subject: Float64Array, other: Float64Array, rng: Rng): PairedDifference {
  if (subject.length !== other.length) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `returns: found ${other.length} of the other strategy, expected ${subject.length}`,
    );
  }
  const differences = Array.from(subject, (value, i) => value - other[i]);
  return pairedDifference(differences, { shortest: 1, rng });
}

/** @param shortest sessions over which neighbouring differences agree by construction */
function pairedDifference(
  differences: readonly number[],
  { shortest, rng }: { readonly shortest: number; readonly rng: Rng },
): PairedDifference {
  const n = differences.length;
  const lags = shortest > 1 ? Math.max(neweyWestLags(n), 2 * shortest) : neweyWestLags(n);
  const { t, p } = testMean(differences, lags);
  const { stationary } = optimalBlockLength(differences);
  const meanBlock = Math.max(1, shortest, Number.isNaN(stationary) ? 1 : stationary);
  const interval = Number.isNaN(t)
    ? { estimate: mean(differences), low: Number.NaN, high: Number.NaN, level: INTERVAL.level }
    : resampledInterval(differences, mean, stationaryResamples(n, { ...INTERVAL, rng, meanBlock }), INTERVAL);
  return {
    days: n,
    mean: mean(differences),
    t,
    lags,
    p,
    wilcoxonP: signedRankTest(differences).p,
    interval,
    meanBlock,
  };
}

const isRight = ({ pBuy, pHold, pSell, label }: JudgedForecasts, row: number): boolean =>
  forecastClass(pBuy[row], pHold[row], pSell[row]) === label[row];

function checkPair(a: JudgedForecasts, b: JudgedForecasts): void {
  const invalid = (message: string) => new CandlenetError('ARGUMENT_INVALID', `forecasts: ${message}`);
  if (a.length !== b.length) throw invalid(`found ${b.length} rows of the other model, expected ${a.length}`);
  for (let row = 0; row < a.length; row++) {
    if (a.date[row] === b.date[row] && a.label[row] === b.label[row]) continue;
    throw invalid(
      `row ${row}: found another day or label in the other model, expected the same rows in the same order`,
    );
  }
  if (classesOf(a).length !== classesOf(b).length) throw invalid('found models of two and of three classes');
}
