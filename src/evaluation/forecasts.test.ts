import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import { classification, forecastClass } from './classification.js';
import { evaluateForecasts } from './forecasts.js';
import { type JudgedForecasts, UNLABELLED } from './types.js';

/** Made by bench/peers/evaluation_vectors.py with scikit-learn and scipy. */
interface Vectors {
  probability: [number, number, number][];
  label: number[];
  forward: number[];
  day: number[];
  accuracy: number;
  precision: number[];
  recall: number[];
  f1: number[];
  macroF1: number;
  mcc: number;
  logLoss: number;
  confusion: number[][];
  ic: number[];
  rankIc: number[];
  auc: number[];
}
const peer = JSON.parse(readFileSync(new URL('./vectors/evaluation.json', import.meta.url), 'utf8')) as Vectors;

function judged(
  probability: readonly (readonly number[])[],
  label: readonly number[],
  rest: { day?: readonly number[]; forward?: readonly number[] } = {},
): JudgedForecasts {
  return {
    length: label.length,
    date: Int32Array.from(rest.day ?? label.map(() => 0)),
    pBuy: Float32Array.from(probability, (p) => p[0]),
    pHold: Float32Array.from(probability, (p) => p[1]),
    pSell: Float32Array.from(probability, (p) => p[2]),
    label: Uint8Array.from(label),
    forwardReturn: Float32Array.from(rest.forward ?? label.map(() => Number.NaN)),
  };
}

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 10));

describe('against scikit-learn and scipy', () => {
  const measures = evaluateForecasts(judged(peer.probability, peer.label, peer), 5);
  const found = measures.classification!;

  it('accuracy, precision, recall, F1, MCC, log loss and the confusion matrix', () => {
    expect(found.accuracy).toBeCloseTo(peer.accuracy, 10);
    expect(found.perClass.map((c) => c.precision)).toEqual(close(peer.precision));
    expect(found.perClass.map((c) => c.recall)).toEqual(close(peer.recall));
    expect(found.perClass.map((c) => c.f1)).toEqual(close(peer.f1));
    expect(found.macroF1).toBeCloseTo(peer.macroF1, 10);
    expect(found.mcc).toBeCloseTo(peer.mcc, 10);
    expect(found.logLoss).toBeCloseTo(peer.logLoss, 10);
    expect(found.confusion).toEqual(peer.confusion);
  });

  it('IC and rank IC by day', () => {
    // The scores are float32 here, and scipy's forward returns are exact in it.
    expect([...measures.signal.dailyIc.values]).toEqual(close(peer.ic));
    expect([...measures.signal.dailyRankIc.values]).toEqual(close(peer.rankIc));
    expect([...measures.signal.dailyIc.dates]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('area under the curve of buys against sells, mean of the days', () => {
    const expected = peer.auc.reduce((sum, value) => sum + value, 0) / peer.auc.length;
    expect(measures.direction.auc).toBeCloseTo(expected, 10);
    expect(measures.direction.edge.mean).toBeCloseTo(expected - 0.5, 10);
  });
});

describe('classification', () => {
  it('names the majority of the sample beside the accuracy', () => {
    const found = classification(
      judged(
        [
          [0.8, 0.1, 0.1],
          [0.1, 0.8, 0.1],
          [0.1, 0.8, 0.1],
          [0.1, 0.1, 0.8],
        ],
        [0, 1, 1, 1],
      ),
    );
    expect(found).toMatchObject({ samples: 4, accuracy: 0.75, majorityRate: 0.75, majorityClass: 'hold' });
    expect(found.classShares).toEqual([0.25, 0.75, 0]);
  });

  it('leaves rows without a label or a forecast out', () => {
    const found = classification(
      judged(
        [
          [0.8, 0.1, 0.1],
          [0.8, 0.1, 0.1],
          [Number.NaN, 0.1, 0.1],
        ],
        [0, UNLABELLED, 1],
      ),
    );
    expect(found.samples).toBe(1);
    expect(found.accuracy).toBe(1);
  });

  it('gives a constant forecast no precision for what it never names, no MCC, and an F1 of 0 there', () => {
    const found = classification(
      judged(
        [
          [0.2, 0.6, 0.2],
          [0.2, 0.6, 0.2],
        ],
        [0, 1],
      ),
    );
    expect(found.perClass[0].precision).toBeNaN();
    expect(found.macroPrecision).toBeNaN();
    expect(found.mcc).toBeNaN();
    expect(found.perClass.map((c) => c.f1)).toEqual([0, 2 / 3, Number.NaN]);
  });

  it('says NaN, not 0, of no rows at all', () => {
    const found = classification(judged([], []));
    for (const value of [found.accuracy, found.majorityRate, found.logLoss, found.mcc, found.calibrationError]) {
      expect(value).toBeNaN();
    }
  });

  it('gives a tie to hold, then to buy', () => {
    expect(forecastClass(0.4, 0.4, 0.2)).toBe(1);
    expect(forecastClass(0.4, 0.2, 0.4)).toBe(0);
    expect(forecastClass(0.2, 0.2, 0.6)).toBe(2);
  });

  it('finds calibrated forecasts calibrated and overconfident ones not', () => {
    const rng = createRng(5);
    const truth: number[] = [];
    const honest: number[][] = [];
    const boasting: number[][] = [];
    for (let i = 0; i < 30_000; i++) {
      const p = rng.uniform() * 0.5;
      const buy = rng.uniform() < p;
      truth.push(buy ? 0 : 1);
      honest.push([p, 1 - p, 0]);
      boasting.push([p / 2, 1 - p / 2, 0]);
    }
    expect(classification(judged(honest, truth)).calibrationError).toBeLessThan(0.01);
    const bins = classification(judged(boasting, truth)).calibration[0];
    // A bin's observed share is twice what was forecast.
    expect(bins[1].observedShare / bins[1].meanForecast).toBeCloseTo(2, 0);
    expect(bins[9].observedShare).toBeNaN();
  });
});

describe('signal and direction', () => {
  it('has no IC and no edge for one score for all, and does not call that 0 evidence', () => {
    const n = 40;
    const found = evaluateForecasts(
      judged(
        Array.from({ length: n }, () => [0.3, 0.4, 0.3]),
        Array.from({ length: n }, (_, i) => (i % 2) * 2),
        { day: Array.from({ length: n }, (_, i) => i >> 2), forward: Array.from({ length: n }, (_, i) => i / n) },
      ),
      5,
    );
    expect(found.signal.rankIc.mean).toBeNaN();
    expect(found.signal.rankIc.days).toBe(0);
    expect(found.direction.auc).toBe(0.5);
    expect(found.direction.edge.t).toBeNaN();
    expect(found.direction.hitRate).toBeNaN();
  });

  it('sees a perfect ranking, whatever the whole market does that day', () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ day: Math.floor(i / 6), rank: i % 6 }));
    const found = evaluateForecasts(
      judged(
        rows.map(({ rank }) => [rank / 10, 0.5, 0.5 - rank / 10]),
        rows.map(({ rank }) => (rank >= 3 ? 0 : 2)),
        { day: rows.map((row) => row.day), forward: rows.map(({ day, rank }) => rank / 100 - day / 10) },
      ),
      5,
    );
    expect(found.signal.rankIc.mean).toBeCloseTo(1, 12);
    expect(found.direction.auc).toBe(1);
  });

  it('widens the errors for overlapping labels: without skill |t| rarely exceeds 1.96', () => {
    const horizon = 5;
    const stocks = 20;
    const days = 160;
    let rejected = 0;
    const trials = 60;
    for (let trial = 0; trial < trials; trial++) {
      const rng = createRng('overlap', trial);
      // A score that hardly changes and 5-day returns of overlapping windows: daily ICs are strongly dependent.
      const score = Array.from({ length: stocks }, () => rng.normal());
      const daily = Array.from({ length: days + horizon }, () => Array.from({ length: stocks }, () => rng.normal()));
      const probability: number[][] = [];
      const forward: number[] = [];
      const day: number[] = [];
      for (let t = 0; t < days; t++) {
        for (let s = 0; s < stocks; s++) {
          const p = 0.3 + 0.05 * Math.tanh(score[s]);
          probability.push([p, 0.4, 0.6 - p]);
          forward.push(daily.slice(t, t + horizon).reduce((sum, row) => sum + row[s], 0));
          day.push(t);
        }
      }
      const found = evaluateForecasts(
        judged(
          probability,
          forward.map(() => UNLABELLED),
          { day, forward },
        ),
        horizon,
      );
      if (Math.abs(found.signal.rankIc.t) > 1.96) rejected++;
    }
    // 5 % nominal; plain t-tests reject more than a third of these.
    expect(rejected / trials).toBeLessThan(0.2);
  });
});
