import { planUpdates } from '../../training/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { choicesOf } from '../explain/refit-sensitivity.js';
import type { Prepared } from '../pipeline/prepare.js';
import { type Cost, cost } from './cost.js';
import type { NetworkSpeed } from './measure-network.js';

/** Seconds of an epoch: its training samples and a validation. */
export function secondsOfEpoch(
  { data }: Pick<Prepared, 'data'>,
  samplesPerEpoch: number | null,
  { trainingRate, predictionRate }: NetworkSpeed,
): number {
  const samples = Math.min(samplesPerEpoch ?? data.train.rows.length, data.train.rows.length);
  return samples / trainingRate + data.validation.rows.length / predictionRate;
}

/** Seconds of so many epochs on every fold, with the forecasts of the tests. The folds are taken to be like the first. */
function secondsOfTraining(prepared: Prepared, samplesPerEpoch: number | null, speed: NetworkSpeed) {
  const epoch = secondsOfEpoch(prepared, samplesPerEpoch, speed);
  const forecasts = prepared.testRows.length / speed.predictionRate;
  return (epochs: number) => prepared.folds.length * (epochs * epoch + forecasts);
}

/**
 * A network's training on every fold and its forecasts of the tests: from stopping as early as patience allows to
 * `maxEpochs`.
 */
export function trainingCost(
  name: string,
  prepared: Prepared,
  { training }: Pick<ExperimentConfig, 'training'>,
  speed: NetworkSpeed,
): Cost {
  const { samplesPerEpoch, maxEpochs, patience } = training;
  const whole = secondsOfTraining(prepared, samplesPerEpoch, speed);
  return cost('training', name, whole(Math.min(maxEpochs, 1 + patience)), whole(maxEpochs));
}

/** The same, trained on shuffled labels as long as the best epoch of the network in question: one at least. */
export function placeboCost(prepared: Prepared, { training }: ExperimentConfig, speed: NetworkSpeed): Cost {
  const whole = secondsOfTraining(prepared, training.samplesPerEpoch, speed);
  return cost('training', 'shuffled labels', whole(1), whole(training.maxEpochs));
}

/** Updates of every network within the tests, each with a validation, and the forecasts of what was before them. */
export function updatesCost(
  { bars, fold, folds, labels, data, testRows }: Prepared,
  { online, ensemble }: ExperimentConfig,
  { trainingRate, predictionRate }: NetworkSpeed,
): Cost[] {
  if (online === null) return [];
  const { every, epochs, replayShare } = online;
  const updates = planUpdates(bars.dates, fold, every, labels.reachDays).reduce(
    (n, chain) => n + chain.updates.length,
    0,
  );
  const learnt = (epochs * testRows.length) / (1 - replayShare);
  const forecast = 2 * testRows.length + updates * epochs * data.validation.rows.length;
  const each = learnt / trainingRate + forecast / predictionRate;
  return [cost('training', 'updates', folds.length * (ensemble?.members ?? 1) * each)];
}

/** Every training of the sensitivity on its own budget, each with the preparation of its samples. */
export function refitsCost(
  prepared: Prepared,
  config: ExperimentConfig,
  speed: NetworkSpeed,
  preparation: number,
): Cost[] {
  const choices = choicesOf(config);
  if (choices.length === 0 || config.sensitivity === null) return [];
  const { training, backtest, sensitivity } = config;
  const { refit } = sensitivity;
  const { data, fold, folds, testRows } = prepared;
  const sessions = fold.train.reduce((n, { first, last }) => n + last - first + 1, 0);
  const all = data.train.rows.length;
  let [least, most] = [0, 0];
  for (const { trainYears } of choices) {
    const share = trainYears === null ? 1 : Math.min(1, (trainYears * backtest.sessionsPerYear) / sessions);
    const limit = Math.min(training.samplesPerEpoch ?? all, refit.samplesPerEpoch ?? all, share * all);
    const epoch = secondsOfEpoch(prepared, limit, speed);
    const epochs = Math.min(training.maxEpochs, refit.maxEpochs);
    const beside = preparation + (folds.length * testRows.length) / speed.predictionRate;
    least += beside + folds.length * epoch * Math.min(epochs, 1 + training.patience);
    most += beside + folds.length * epoch * epochs;
  }
  return [cost('training', 'trainings of the sensitivity', least, most)];
}
