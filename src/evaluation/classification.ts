import { calibrate } from './calibration.js';
import { type ClassificationMeasures, type ClassMeasures, FORECAST_CLASSES, type JudgedForecasts } from './types.js';

const PROBABILITY_FLOOR = 1e-15;
const CLASS_COUNT = FORECAST_CLASSES.length;

/** The most probable class; a tie goes to hold, then to buy, since doubt is no reason to trade. */
export function forecastClass(pBuy: number, pHold: number, pSell: number): number {
  if (pHold >= pBuy && pHold >= pSell) return 1;
  return pBuy >= pSell ? 0 : 2;
}

/** Rows that have both a label and a forecast. */
export function judgedRows(forecasts: JudgedForecasts): Uint32Array {
  const rows: number[] = [];
  for (let i = 0; i < forecasts.length; i++) {
    const total = forecasts.pBuy[i] + forecasts.pHold[i] + forecasts.pSell[i];
    if (forecasts.label[i] < CLASS_COUNT && !Number.isNaN(total)) rows.push(i);
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
  const confusion = FORECAST_CLASSES.map(() => new Array<number>(CLASS_COUNT).fill(0));
  let logLoss = 0;
  for (const i of rows) {
    const truth = forecasts.label[i];
    const probabilities = [forecasts.pBuy[i], forecasts.pHold[i], forecasts.pSell[i]];
    confusion[truth][forecastClass(probabilities[0], probabilities[1], probabilities[2])]++;
    logLoss -= Math.log(Math.min(1, Math.max(PROBABILITY_FLOOR, probabilities[truth])));
  }
  const samples = rows.length;
  const perClass = FORECAST_CLASSES.map((_, k) => classMeasures(confusion, k));
  const shares = perClass.map((measures) => ratio(measures.support, samples));
  const majority = shares.indexOf(Math.max(...shares));
  const calibration = calibrate(forecasts, rows);
  return {
    samples,
    accuracy: ratio(
      confusion.reduce((sum, row, k) => sum + row[k], 0),
      samples,
    ),
    classShares: shares,
    majorityRate: samples > 0 ? shares[majority] : Number.NaN,
    majorityClass: FORECAST_CLASSES[Math.max(0, majority)],
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

function classMeasures(confusion: readonly (readonly number[])[], k: number): ClassMeasures {
  const hits = confusion[k][k];
  const support = confusion[k].reduce((sum, count) => sum + count, 0);
  const predicted = confusion.reduce((sum, row) => sum + row[k], 0);
  return {
    className: FORECAST_CLASSES[k],
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
  const truths = new Array<number>(CLASS_COUNT).fill(0);
  const calls = new Array<number>(CLASS_COUNT).fill(0);
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
