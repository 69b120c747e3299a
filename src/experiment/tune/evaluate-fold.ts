import { rmSync } from 'node:fs';
import { evaluateForecasts, strategyRecord } from '../../evaluation/index.js';
import { predict, spanOf, train } from '../../training/index.js';
import { CandlenetError, formatDay, systemClock } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { type Forecasts, forecastTable } from '../pipeline/forecast.js';
import { metadataOf, trainableModel, trainingOptionsOf } from '../pipeline/network.js';
import { policyDesk } from '../pipeline/policies.js';
import type { Prepared } from '../pipeline/prepare.js';
import { backtestOf } from '../pipeline/strategies.js';
import type { Services } from '../services.js';
import { type FoldResult, noScores } from './fold-result.js';

export interface FoldServices extends Services {
  readonly onEpoch: (epoch: number, validationLoss: number) => void;
}

/**
 * Trains a candidate on a fold and judges it on the fold's block: its forecasts, and what their portfolio earned. A training that
 * diverges is a result, and a bad one.
 * @param checkpoints folder from which a stopped training goes on; gone afterwards
 * @throws INTERRUPTED, and what training throws
 */
export async function evaluateFold(
  prepared: Prepared,
  config: ExperimentConfig,
  checkpoints: string,
  services: FoldServices,
): Promise<FoldResult> {
  const began = systemClock.seconds();
  const { data, fold, testRows, bars } = prepared;
  const tested = spanOf(fold.test);
  const common = {
    schemaVersion: 1 as const,
    samples: { train: data.train.rows.length, validation: data.validation.rows.length, test: testRows.length },
    judged: [formatDay(bars.dates[tested.first]), formatDay(bars.dates[tested.last])] as [string, string],
  };
  try {
    const options = trainingOptionsOf(config);
    const model = trainableModel(config, data, metadataOf(prepared, config));
    const trained = await train(model, data, options, {
      ...services,
      checkpoint: { directory: checkpoints, everyMinutes: config.training.checkpointMinutes },
      onEpoch: ({ epoch, validationLoss }) => services.onEpoch(epoch, validationLoss),
    });
    const onnx = model.inference(trained.params, trained.state);
    const probabilities = await predict(onnx, data, testRows, { ...options, ...services });
    const forecasts = forecastTable(prepared, testRows, probabilities);
    const { dates, returns } = tradedReturns(prepared, config, forecasts);
    return {
      ...common,
      scores: scoresOf(forecasts, config),
      bestEpoch: trained.bestEpoch,
      epochs: trained.history.length,
      dates: Array.from(dates, (day) => formatDay(day)),
      returns: [...returns],
      seconds: systemClock.seconds() - began,
      failure: null,
    };
  } catch (error) {
    if (!(error instanceof CandlenetError && error.code === 'TRAINING_DIVERGED')) throw error;
    const none = { scores: noScores(), bestEpoch: 0, epochs: 0, dates: [], returns: [] };
    return { ...common, ...none, seconds: systemClock.seconds() - began, failure: error.message };
  } finally {
    if (services.signal?.aborted !== true) rmSync(checkpoints, { recursive: true, force: true });
  }
}

function scoresOf(forecasts: Forecasts, config: ExperimentConfig): FoldResult['scores'] {
  const { classification, signal } = evaluateForecasts(forecasts, config.label.horizonDays);
  return {
    'log-loss': classification?.logLoss ?? Number.NaN,
    accuracy: classification?.accuracy ?? Number.NaN,
    'rank-ic': signal.rankIc.mean,
  };
}

/** The configuration's portfolio of the forecasts over the fold's block alone. */
function tradedReturns(prepared: Prepared, config: ExperimentConfig, forecasts: Forecasts) {
  const block = { ...prepared, period: spanOf(prepared.fold.test) };
  const desk = policyDesk(block, config);
  return strategyRecord(backtestOf(block, config, desk.controlled(desk.fromForecasts(forecasts))), () => '');
}
