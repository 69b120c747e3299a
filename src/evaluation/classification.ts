import { calibrate } from './calibration.js';
import {
  type ClassificationMeasures,
  type ClassMeasures,
  FORECAST_CLASSES,
  type ForecastClass,
  type JudgedForecasts,
  TWO_FORECAST_CLASSES,
} from './types.js';

const PROBABILITY_FLOOR = 1e-15;

/** The classes of a table of forecasts: without hold where not one row has a P(hold) but some have P(buy) and P(sell). */
export function classesOf({ length, pBuy, pHold, pSell }: JudgedForecasts): readonly ForecastClass[] {
  let two = false;
  for (let i = 0; i < length; i++) {
    if (!Number.isNaN(pHold[i])) return FORECAST_CLASSES;
    two ||= !Number.isNaN(pBuy[i] + pSell[i]);
  }
  return two ? TWO_FORECAST_CLASSES : FORECAST_CLASSES;
}

/** Probabilities of the given classes, in their order. */
export function probabilitiesOf(forecasts: JudgedForecasts, classes: readonly ForecastClass[]): Float32Array[] {
  const columns = { buy: forecasts.pBuy, hold: forecasts.pHold, sell: forecasts.pSell };
  return classes.map((name) => columns[name]);
}

/** The code of the most probable class; a tie goes to hold, then to buy, since doubt is no reason to trade. */
export function forecastClass(pBuy: number, pHold: number, pSell: number): number {
  if (pHold >= pBuy && pHold >= pSell) return 1;
  return pBuy >= pSell ? 0 : 2;
}

/** Rows that have both a forecast and a label that is one of the forecasts' classes. */
export function judgedRows(forecasts: JudgedForecasts): Uint32Array {
  const classes = classesOf(forecasts);
  const columns = probabilitiesOf(forecasts, classes);
  const rows: number[] = [];
  for (let i = 0; i < forecasts.length; i++) {
    const isForecast = columns.every((column) => !Number.isNaN(column[i]));
    if (isForecast && classes.includes(FORECAST_CLASSES[forecasts.label[i]])) rows.push(i);
  }
  return Uint32Array.from(rows);
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : Number.NaN);
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Accuracy and its kin over all labelled rows. A class never forecast has no precision, and then there is no macro
 * precision either; its F1 is 2·TP / (2·TP + FP + FN), which is 0 when the class exists.
 */
export function classification(forecasts: JudgedForecasts): ClassificationMeasures {
  const rows = judgedRows(forecasts);
  const classes = classesOf(forecasts);
  const columns = probabilitiesOf(forecasts, classes);
  const placeOf = FORECAST_CLASSES.map((name) => classes.indexOf(name));
  const { pBuy, pHold, pSell } = forecasts;
  const confusion = classes.map(() => new Array<number>(classes.length).fill(0));
  let logLoss = 0;
  for (const i of rows) {
    const truth = placeOf[forecasts.label[i]];
    confusion[truth][placeOf[forecastClass(pBuy[i], pHold[i], pSell[i])]]++;
    logLoss -= Math.log(Math.min(1, Math.max(PROBABILITY_FLOOR, columns[truth][i])));
  }
  const samples = rows.length;
  const perClass = classes.map((className, k) => ({ className, ...classMeasures(confusion, k) }));
  const shares = perClass.map((measures) => ratio(measures.support, samples));
  const majority = shares.indexOf(Math.max(...shares));
  const calibration = calibrate(forecasts, rows, classes);
  return {
    samples,
    classes,
    accuracy: ratio(
      confusion.reduce((sum, row, k) => sum + row[k], 0),
      samples,
    ),
    classShares: shares,
    majorityRate: samples > 0 ? shares[majority] : Number.NaN,
    majorityClass: classes[Math.max(0, majority)],
    perClass,
    macroPrecision: average(perClass.map((measures) => measures.precision)),
    macroRecall: average(perClass.map((measures) => measures.recall)),
    macroF1: average(perClass.map((measures) => measures.f1)),
    mcc: matthews(confusion),
    logLoss: ratio(logLoss, samples),
    confusion,
    ...calibration,
  };
}

function classMeasures(confusion: readonly (readonly number[])[], k: number): Omit<ClassMeasures, 'className'> {
  const hits = confusion[k][k];
  const support = confusion[k].reduce((sum, count) => sum + count, 0);
  const predicted = confusion.reduce((sum, row) => sum + row[k], 0);
  return {
    precision: ratio(hits, predicted),
    recall: ratio(hits, support),
    f1: ratio(2 * hits, support + predicted),
    support,
    predicted,
  };
}

/** Gorodkin (2004), eq. 8; NaN when all rows are of one class, or all forecasts are. */
function matthews(confusion: readonly (readonly number[])[]): number {
  let total = 0;
  let right = 0;
  const truths = confusion.map(() => 0);
  const calls = confusion.map(() => 0);
  confusion.forEach((row, truth) => {
    row.forEach((count, call) => {
      total += count;
      truths[truth] += count;
      calls[call] += count;
      if (truth === call) right += count;
    });
  });
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const spread = Math.sqrt((total ** 2 - dot(calls, calls)) * (total ** 2 - dot(truths, truths)));
  return ratio(right * total - dot(truths, calls), spread);
}
