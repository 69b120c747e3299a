import { join } from 'node:path';
import { majorityProbabilities, shuffledLabels } from '../../baselines/index.js';
import type { Role } from '../../report/index.js';
import type { EpochRecord } from '../../training/index.js';
import { createRng } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Services, StepTimes } from '../services.js';
import { describeFit, runLogistic } from './baseline.js';
import { type Forecasts, forecastTable } from './forecast.js';
import { type NetworkResult, runNetwork, trainingOptionsOf } from './network.js';
import type { Prepared } from './prepare.js';
import { fitSubject, type SubjectFit } from './subject/fit-subject.js';

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

/** Every model of one fold. */
export interface FoldFit {
  /** The model in question first. */
  readonly models: readonly FittedModel[];
  readonly subject: SubjectFit;
}

/** Trains and asks every model of the configuration: the network in question first, then baselines and placebos. */
export async function fitModels(
  prepared: Prepared,
  config: ExperimentConfig,
  { folder, checkpoints }: FitPlaces,
  services: Services,
  times: StepTimes,
): Promise<FoldFit> {
  const { seed } = config.training;
  const { train, classes } = prepared.data;
  const options = trainingOptionsOf(config);
  const table = (probabilities: Float32Array) => forecastTable(prepared, prepared.testRows, probabilities);
  const models: FittedModel[] = [];
  const fitOf = ({ trained: { history, bestEpoch } }: Pick<NetworkResult, 'trained'>): NetworkFit => ({
    fold: prepared.fold.name,
    history,
    bestEpoch,
  });

  const subject = await times.time('train the network', () =>
    fitSubject(prepared, config, { folder, checkpoints }, services),
  );
  const [{ trained }] = subject.members;
  const { name } = config.model;
  models.push({
    id: name,
    name,
    role: 'subject',
    forecasts: table(subject.probabilities),
    parameters: subject.parameters,
    fits: [fitOf({ trained })],
    note: subject.note === null ? null : `Training and forecasts: ${subject.note}.`,
    ranks: true,
  });
  const compare = (id: string, probabilities: Float32Array, parameters: number) =>
    models.push({
      id,
      name: id,
      role: 'baseline',
      forecasts: table(probabilities),
      parameters,
      fits: [],
      note: null,
      ranks: true,
    });
  if (subject.withoutUpdates !== null) compare('without-updates', subject.withoutUpdates, subject.parameters);
  if (subject.members.length > 1) {
    compare('first-member', subject.members[0].outputs, subject.parameters / subject.members.length);
  }

  const { logisticRegression } = config.baselines;
  if (logisticRegression !== false) {
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

  if (config.placebos.majorityClass) {
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
    const dealt = shuffledLabels(train.classes, createRng(seed, 'shuffled labels'));
    const placebo = await times.time('train on shuffled labels', () =>
      runNetwork(
        prepared,
        config,
        {
          folder: join(folder, 'comparison', 'shuffled-labels'),
          checkpointFolder: join(checkpoints, 'shuffled-labels'),
          data: { ...prepared.data, train: { ...train, classes: dealt } },
          options: { ...options, stopAfterEpochs: trained.bestEpoch },
        },
        services,
      ),
    );
    models.push({
      id: 'shuffled-labels',
      name: 'shuffled labels',
      role: 'placebo',
      forecasts: table(placebo.probabilities),
      parameters: placebo.parameters,
      fits: [fitOf(placebo)],
      note: null,
      ranks: true,
    });
  }
  return { models, subject };
}
