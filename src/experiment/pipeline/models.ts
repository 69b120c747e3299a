import { join } from 'node:path';
import { majorityProbabilities, shuffledLabels } from '../../baselines/index.js';
import type { Role } from '../../report/index.js';
import type { EpochRecord } from '../../training/index.js';
import { createRng, shuffle } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Services, StepTimes } from '../services.js';
import { describeFit, runLogistic } from './baseline.js';
import { type Forecasts, forecastTable } from './forecast.js';
import { type NetworkResult, runNetwork, trainingOptionsOf } from './network.js';
import type { Prepared } from './prepare.js';
import { describeRidge, runRidge } from './ridge-baseline.js';

/** How a network was trained on one fold. */
export interface NetworkFit {
  readonly fold: string;
  readonly history: readonly EpochRecord[];
  readonly bestEpoch: number;
}

/** Where one fold's files lie. */
export interface FitPlaces {
  readonly folder: string;
  readonly checkpoints: string;
}

/** A model as the comparison sees it: what it forecast, and what it took. */
export interface FittedModel {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly forecasts: Forecasts;
  readonly parameters: number | null;
  /** Each fold's training, for a network; of the others none. */
  readonly fits: readonly NetworkFit[];
  /** What a reader should know of how it was fitted; null where there is nothing to say. */
  readonly note: string | null;
  /** Whether its forecasts differ between stocks, so that they can choose a portfolio. */
  readonly ranks: boolean;
}

/** Trains and asks every model of the configuration: the network in question first, then baselines and placebos. */
export async function fitModels(
  prepared: Prepared,
  config: ExperimentConfig,
  { folder, checkpoints }: FitPlaces,
  services: Services,
  times: StepTimes,
): Promise<FittedModel[]> {
  const { seed } = config.training;
  const { train, classes } = prepared.data;
  const options = trainingOptionsOf(config);
  const table = (outputs: Float32Array) => forecastTable(prepared, prepared.testRows, outputs);
  const ofClasses = prepared.target === null;
  const models: FittedModel[] = [];
  const fitOf = ({ trained: { history, bestEpoch } }: NetworkResult): NetworkFit => ({
    fold: prepared.fold.name,
    history,
    bestEpoch,
  });

  const network = await times.time('train the network', () =>
    runNetwork(
      prepared,
      config,
      { folder, checkpointFolder: join(checkpoints, 'network'), data: prepared.data, options },
      services,
    ),
  );
  const { bestEpoch } = network.trained;
  models.push({
    id: config.model.name,
    name: config.model.name,
    role: 'subject',
    forecasts: table(network.outputs),
    parameters: network.parameters,
    fits: [fitOf(network)],
    note: network.note === null ? null : `Training and forecasts: ${network.note}.`,
    ranks: true,
  });

  const { logisticRegression, ridgeRegression } = config.baselines;
  if (!ofClasses && ridgeRegression !== false) {
    const ridge = await times.time('ridge regression', () => runRidge(prepared, ridgeRegression, seed, services));
    models.push({
      id: 'ridge',
      name: 'ridge regression',
      role: 'baseline',
      forecasts: table(ridge.outputs),
      parameters: ridge.parameters,
      fits: [],
      note: describeRidge(ridge),
      ranks: true,
    });
  }

  if (ofClasses && logisticRegression !== false) {
    const logistic = await times.time('logistic regression', () =>
      runLogistic(prepared, logisticRegression, seed, join(checkpoints, 'logistic.json'), services),
    );
    models.push({
      id: 'logistic',
      name: 'logistic regression',
      role: 'baseline',
      forecasts: table(logistic.probabilities),
      parameters: logistic.parameters,
      fits: [],
      note: describeFit(logistic),
      ranks: true,
    });
  }

  if (ofClasses && config.placebos.majorityClass) {
    models.push({
      id: 'majority-class',
      name: 'majority class',
      role: 'placebo',
      forecasts: table(majorityProbabilities(train.classes, classes, prepared.testRows.length)),
      parameters: null,
      fits: [],
      note: null,
      ranks: false,
    });
  }

  if (config.placebos.shuffledLabels) {
    const rng = createRng(seed, 'shuffled labels');
    const dealt = train.targets
      ? { targets: shuffle(train.targets.slice(), rng) }
      : { classes: shuffledLabels(train.classes, rng) };
    const placebo = await times.time('train on shuffled labels', () =>
      runNetwork(
        prepared,
        config,
        {
          folder: join(folder, 'comparison', 'shuffled-labels'),
          checkpointFolder: join(checkpoints, 'shuffled-labels'),
          data: { ...prepared.data, train: { ...train, ...dealt } },
          options: { ...options, stopAfterEpochs: bestEpoch },
        },
        services,
      ),
    );
    models.push({
      id: 'shuffled-labels',
      name: 'shuffled labels',
      role: 'placebo',
      forecasts: table(placebo.outputs),
      parameters: placebo.parameters,
      fits: [fitOf(placebo)],
      note: null,
      ranks: true,
    });
  }
  return models;
}
