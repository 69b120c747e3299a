import { describe, expect, it } from 'vitest';
import { evaluateForecasts } from './forecasts.js';
import { type JudgedForecasts, UNLABELLED } from './types.js';

const [BUY, SELL] = [0, 2];

/** Forecasts without a P(hold), as a model of two classes makes them. */
function judged(pBuy: readonly number[], label: readonly number[]): JudgedForecasts {
  return {
    length: label.length,
    date: new Int32Array(label.length),
    pBuy: Float32Array.from(pBuy),
    pHold: new Float32Array(label.length).fill(Number.NaN),
    pSell: Float32Array.from(pBuy, (p) => 1 - p),
    label: Uint8Array.from(label),
    forwardReturn: Float32Array.from(label, (code) => (code === BUY ? 0.01 : -0.01)),
  };
}

/** 3 buys named buy, 1 named sell, 2 sells named buy, 4 named sell; one day between, which has no label. */
const found = evaluateForecasts(
  judged(
    [0.75, 0.75, 0.75, 0.25, 0.75, 0.75, 0.25, 0.25, 0.25, 0.25, 0.25],
    [BUY, BUY, BUY, BUY, SELL, SELL, SELL, SELL, SELL, SELL, UNLABELLED],
  ),
  1,
);

describe('forecasts of two classes', () => {
  const { direction } = found;
  const classification = found.classification!;

  it('are counted in a 2 × 2 matrix, without hold', () => {
    expect(classification.classes).toEqual(['buy', 'sell']);
    expect(classification.confusion).toEqual([
      [3, 1],
      [2, 4],
    ]);
    expect(classification).toMatchObject({ samples: 10, accuracy: 0.7, majorityRate: 0.6, majorityClass: 'sell' });
    expect(classification.classShares).toEqual([0.4, 0.6]);
    expect(classification.perClass.map(({ className }) => className)).toEqual(['buy', 'sell']);
    expect(classification.perClass.map(({ precision }) => precision)).toEqual([3 / 5, 4 / 5]);
    expect(classification.macroRecall).toBeCloseTo((3 / 4 + 4 / 6) / 2, 12);
  });

  it('have the correlation of Matthews (1975), (TP·TN − FP·FN) / √…', () => {
    const [tp, fn, fp, tn] = [3, 1, 2, 4];
    const phi = (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
    expect(classification.mcc).toBeCloseTo(phi, 12);
  });

  it('have a log loss and a calibration over the two', () => {
    expect(classification.logLoss).toBeCloseTo(-(7 * Math.log(0.75) + 3 * Math.log(0.25)) / 10, 7);
    // Where 0.75 was said of a buy, 3 of 5 came; where 0.25 was, 1 of 5. The same of sells, the other way round.
    expect(classification.calibration).toHaveLength(2);
    expect(classification.calibrationError).toBeCloseTo(0.5 * (0.75 - 3 / 5) + 0.5 * (0.25 - 1 / 5), 7);
  });

  it('are all calls of a direction', () => {
    expect(direction).toMatchObject({ calls: 10, hitRate: 0.7 });
  });
});
