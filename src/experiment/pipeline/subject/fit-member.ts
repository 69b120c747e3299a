import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleRows, shiftableSessions } from '../../../features/index.js';
import {
  type FoldRange,
  type InitialWeights,
  type Learned,
  learnOn,
  planUpdates,
  type SampleSet,
  type TrainableModel,
  type TrainedModel,
  type TrainingOptions,
} from '../../../training/index.js';
import { type Day, formatDay, writeFileAtomically } from '../../../util/index.js';
import type { ExperimentConfig } from '../../config/schema.js';
import { type Services, titled } from '../../services.js';
import { trainNetwork } from '../network.js';
import { dayRange, longestShift, type Prepared } from '../prepare.js';
import { standardised } from '../target-scale.js';
import type { DatedNetwork } from './forecaster.js';

/** Where a member's files lie; null keeps everything in memory and takes up nothing. */
export interface MemberPlaces {
  readonly folder: string;
  readonly checkpoints: string;
}

/** One incremental update of a member. */
export interface MemberUpdate {
  readonly date: Day;
  /** Sessions that the updated network forecasts, up to the next update. */
  readonly forecasts: FoldRange;
  readonly arrived: number;
  readonly replayed: number;
  /** On the fold's validation samples, nats: before the update and after. */
  readonly validationLoss: readonly [before: number, after: number];
}

/** A network with its updates through the test of a fold. */
export interface MemberFit {
  readonly options: TrainingOptions;
  readonly trained: TrainedModel;
  readonly ranges: readonly { readonly test: FoldRange; readonly networks: readonly DatedNetwork[] }[];
  readonly updates: readonly MemberUpdate[];
  /** Wall time of its training and its updates. */
  readonly seconds: number;
  /** As the last update has left it. */
  readonly last: InitialWeights;
}

export const TRAINED_FILE = 'trained.onnx';
export const updateFile = (date: Day): string => join('updates', `${formatDay(date)}.onnx`);

/** The labelled samples of some sessions, as a training reads them. */
export function samplesOf(prepared: Prepared, config: ExperimentConfig, sessions: FoldRange): SampleSet {
  const { panel, universe, labels, window, bars, target } = prepared;
  const { rows, classes, targets } = sampleRows(panel, universe, labels, window, dayRange(bars.dates, sessions));
  const shift = longestShift(config);
  return {
    rows,
    classes,
    ...(target && targets && { targets: standardised(targets, target) }),
    ...(shift > 0 && { maxShift: shiftableSessions(panel, rows, window, shift) }),
  };
}

/**
 * Trains a network and, where the configuration learns online, goes on with it through the test: at each update on what has
 * become known, then from its session on the updated network forecasts. Every update is a training of its own that resumes.
 */
export async function fitMember(
  prepared: Prepared,
  config: ExperimentConfig,
  model: TrainableModel,
  options: TrainingOptions,
  places: MemberPlaces | null,
  services: Services,
): Promise<MemberFit> {
  const { data, bars, fold, labels } = prepared;
  const { online, training } = config;
  const everyMinutes = training.checkpointMinutes;
  const keep = (name: string, onnx: Uint8Array): (() => Uint8Array) => {
    if (places !== null) writeFileAtomically(join(places.folder, name), onnx);
    return places === null ? () => onnx : () => readFileSync(join(places.folder, name));
  };
  const kept = places && {
    folder: places.folder,
    checkpoint: { directory: places.checkpoints, everyMinutes },
  };
  const trained = await trainNetwork(model, data, options, kept, services);
  let seconds = secondsOf(trained);
  const first = {
    from: -1,
    read: keep(online === null ? 'model.onnx' : TRAINED_FILE, model.inference(trained.params, trained.state)),
  };
  if (online === null) {
    return {
      options,
      trained,
      ranges: fold.test.map((test) => ({ test, networks: [first] })),
      updates: [],
      seconds,
      last: trained,
    };
  }

  const updates: MemberUpdate[] = [];
  const ranges: { test: FoldRange; networks: DatedNetwork[] }[] = [];
  let last: InitialWeights = trained;
  for (const { test, updates: planned } of planUpdates(bars.dates, fold, online.every, labels.reachDays)) {
    const networks: DatedNetwork[] = [first];
    let known: Learned = { weights: trained, seen: data.train };
    let loss = trained.history[trained.bestEpoch - 1].validationLoss;
    let waiting: FoldRange | null = null;
    for (const { session, arrived: fresh } of planned) {
      const arrived: FoldRange = { first: waiting?.first ?? fresh.first, last: fresh.last };
      const date = bars.dates[session];
      const hooks = {
        ...services,
        progress: titled(services.progress, `Update ${formatDay(date)}`),
        ...(places && {
          checkpoint: { directory: join(places.checkpoints, 'updates', formatDay(date)), everyMinutes },
        }),
      };
      const outcome = await learnOn(
        model,
        data,
        known,
        samplesOf(prepared, config, arrived),
        options,
        online,
        date,
        hooks,
      );
      if (outcome === null) {
        waiting = arrived;
        continue;
      }
      waiting = null;
      known = outcome;
      seconds += secondsOf(outcome.trained);
      const { history, bestEpoch, params, state } = outcome.trained;
      const after = history[bestEpoch - 1].validationLoss;
      const previous = updates.at(-1);
      if (previous && previous.forecasts.last === test.last) {
        updates[updates.length - 1] = { ...previous, forecasts: { ...previous.forecasts, last: session - 1 } };
      }
      updates.push({
        date,
        forecasts: { first: session, last: test.last },
        arrived: outcome.arrived,
        replayed: outcome.replayed,
        validationLoss: [loss, after],
      });
      networks.push({ from: session, read: keep(updateFile(date), model.inference(params, state)) });
      loss = after;
    }
    ranges.push({ test, networks });
    last = known.weights;
  }
  keep('model.onnx', model.inference(last.params, last.state));
  return { options, trained, ranges, updates, seconds, last };
}

const secondsOf = ({ history }: TrainedModel): number => history.reduce((sum, { seconds }) => sum + seconds, 0);
