import { type ChartOption, type ChartSize, distributionChart, lossChart } from '../../charts/index.js';
import type { StrategyReport, TrainingReport } from '../types.js';
import type { Words } from '../words/english.js';

/** Net value after each session, 1 before the first. */
export function cumulate(returns: Float64Array): number[] {
  let value = 1;
  return Array.from(returns, (change) => {
    value *= 1 + change;
    return value;
  });
}

/** Daily returns, and the normal curve of the same mean and deviation. */
export const returnsDistribution =
  ({ returns, measures: { performance } }: StrategyReport, sessionsPerYear: number, { charts }: Words) =>
  (size: ChartSize): ChartOption =>
    distributionChart(
      {
        returns,
        mean: performance.meanReturn,
        deviation: performance.volatility / Math.sqrt(sessionsPerYear),
        words: { returns: charts.returns, normal: charts.normal },
      },
      size,
    );

/** Training and validation loss by epoch. */
export const lossByEpoch =
  ({ trainLoss, validationLoss, bestEpoch }: TrainingReport, { charts }: Words) =>
  (size: ChartSize): ChartOption =>
    lossChart(
      {
        train: trainLoss,
        validation: validationLoss,
        bestEpoch,
        words: { train: charts.train, validation: charts.validation, epoch: charts.epoch, best: charts.best },
      },
      size,
    );
