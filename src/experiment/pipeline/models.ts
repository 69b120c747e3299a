import { join } from 'node:path';
import { certainProbabilities, majorityProbabilities, shuffledLabels } from '../../baselines/index.js';
import type { Role } from '../../report/index.js';
import type { EpochRecord } from '../../training/index.js';
import { createRng, shuffle } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { type Services, type StepTimes, titled } from '../services.js';
import { fitBaselines } from './baselines.js';
import { type Forecasts, forecastTable } from './forecast.js';
import { type NetworkResult, runNetwork, trainingOptionsOf } from './network.js';
import type { Prepared } from './prepare.js';
import { FIRST_MEMBER, fitSubject, type SubjectFit, WITHOUT_UPDATES } from './subject/fit-subject.js';

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

/** Every model of one fold. */
export interface FoldFit {
  /** The model in question first. */
  readonly models: readonly FittedModel[];
  readonly subject: SubjectFit;
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
): Promise<FoldFit> {
  const { seed } = config.training;
  const { train, classes } = prepared.data;
  const options = trainingOptionsOf(config);
  const table = (outputs: Float32Array) => forecastTable(prepared, prepared.testRows, outputs);
  const ofClasses = prepared.target === null;
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
    seconds: subject.seconds,
    fits: [fitOf({ trained })],
    note: subject.note === null ? null : `Training and forecasts: ${subject.note}.`,
    ranks: true,
  });
  const compare = (id: string, outputs: Float32Array, parameters: number, seconds: number) =>
    models.push({
      id,
      name: id,
      role: 'baseline',
      forecasts: table(outputs),
      parameters,
      seconds,
      fits: [],
      note: null,
      ranks: true,
    });
  const { members, parameters, withoutUpdates } = subject;
  const trainingSeconds = members.reduce((sum, member) => sum + secondsOf(member), 0);
  if (withoutUpdates !== null) compare(WITHOUT_UPDATES, withoutUpdates, parameters, trainingSeconds);
  if (members.length > 1) {
    const [{ outputs, seconds }] = members;
    compare(FIRST_MEMBER, outputs, parameters / members.length, seconds);
  }

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

  const samples = prepared.testRows.length;
  const say = (id: string, name: string, probabilities: Float32Array) =>
    models.push({
      ...{ id, name, role: 'placebo', forecasts: table(probabilities), parameters: null, seconds: null },
      ...{ fits: [], note: null, ranks: false },
    });
  if (ofClasses && config.placebos.majorityClass) {
    say('majority-class', 'majority class', majorityProbabilities(train.classes, classes, samples));
  }
  if (ofClasses && config.placebos.alwaysBuy) {
    const buy = prepared.labels.classNames.indexOf('buy');
    say('always-buy', 'always buy', certainProbabilities(buy, classes, samples));
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
          options: { ...options, stopAfterEpochs: trained.bestEpoch },
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
  return { models, subject };
}

/** Networks that a configuration may train beside the one in question. */
const NETWORK_BASELINES = ['cnn', 'lstm'] as const;

const secondsOf = ({ trained: { history } }: Pick<NetworkResult, 'trained'>): number =>
  history.reduce((sum, { seconds }) => sum + seconds, 0);
