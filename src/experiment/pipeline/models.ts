import { join } from 'node:path';
import { majorityProbabilities, shuffledLabels } from '../../baselines/index.js';
import type { Role } from '../../report/index.js';
import type { EpochRecord } from '../../training/index.js';
import { createRng, shuffle } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { type Services, type StepTimes, titled } from '../services.js';
import { fitBaselines } from './baselines.js';
import { type Forecasts, forecastTable } from './forecast.js';
import { type NetworkResult, runNetwork, trainingOptionsOf } from './network.js';
import type { Prepared } from './prepare.js';

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
  /** Wall time of its training, of all folds together; null where nothing is trained. Shown, never compared. */
  readonly seconds: number | null;
  /** Each fold's training, for a network; of the others none. */
  readonly fits: readonly NetworkFit[];
  /** What a reader should know of how it was fitted; null where there is nothing to say. */
  readonly note: string | null;
  /** Whether its forecasts differ between stocks, so that they can choose a portfolio. */
  readonly ranks: boolean;
}

/** Where a model lies in the folder of its run or fold; null for a placebo. */
export function modelFile(id: string, role: Role): string | null {
  if (role === 'subject') return 'model.onnx';
  return role === 'baseline' ? join('comparison', id, 'model.onnx') : null;
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
    seconds: secondsOf(network),
    fits: [fitOf(network)],
    note: network.note === null ? null : `Training and forecasts: ${network.note}.`,
    ranks: true,
  });

  for (const { outputs, ...baseline } of await fitBaselines(prepared, config, folder, checkpoints, services, times)) {
    models.push({ ...baseline, role: 'baseline', forecasts: table(outputs), fits: [], ranks: true });
  }

  for (const name of NETWORK_BASELINES) {
    const model = config.baselines[name];
    if (model === false) continue;
    const places = { folder: join(folder, 'comparison', name), checkpointFolder: join(checkpoints, name) };
    const run = { ...places, data: prepared.data, options };
    const peer = await times.time(`train the ${name}`, () =>
      runNetwork(prepared, { ...config, model }, run, { ...services, progress: titled(services.progress, name) }),
    );
    models.push({
      id: name,
      name,
      role: 'baseline',
      forecasts: table(peer.outputs),
      parameters: peer.parameters,
      seconds: secondsOf(peer),
      fits: [fitOf(peer)],
      note: null,
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
      seconds: null,
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
      seconds: secondsOf(placebo),
      fits: [fitOf(placebo)],
      note: null,
      ranks: true,
    });
  }
  return models;
}

/** Networks that a configuration may train beside the one in question. */
const NETWORK_BASELINES = ['cnn', 'lstm'] as const;

const secondsOf = ({ trained: { history } }: NetworkResult): number =>
  history.reduce((sum, { seconds }) => sum + seconds, 0);
