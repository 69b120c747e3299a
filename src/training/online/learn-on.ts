import { createRng } from '../../util/index.js';
import type { TrainingHooks } from '../hooks.js';
import { train } from '../train.js';
import type {
  InitialWeights,
  SampleSet,
  TrainableModel,
  TrainedModel,
  TrainingData,
  TrainingOptions,
} from '../types.js';
import { joinSampleSets, withReplay } from './update-samples.js';

/** How a network learns on after its training. */
export interface OnlineOptions {
  readonly epochs: number;
  /** Constant, with an optimiser that starts anew at each update. */
  readonly learningRate: number;
  /** Share of an update's samples that were learnt from before; 0 is none. */
  readonly replayShare: number;
}

/** A network as an update leaves it, and what it has learnt from by then. */
export interface Learned {
  readonly weights: InitialWeights;
  /** Everything the network has been trained on, the next update's replay is drawn from. */
  readonly seen: SampleSet;
}

export interface UpdateOutcome extends Learned {
  readonly trained: TrainedModel;
  readonly arrived: number;
  readonly replayed: number;
}

/**
 * Trains a network on a little, from where it is, through the one training loop: on what arrived and a replay of what it
 * knew. Of several epochs that with the lowest loss on `data.validation`, which is learnt from at no time, stays. Seeds of
 * the replay and of the loop depend on `day` alone, so that a stopped run comes out the same bits.
 * @param day of the update
 * @returns null where there is not one whole batch: what arrived waits for the next update
 * @throws what `train` throws
 */
export async function learnOn(
  model: TrainableModel,
  data: TrainingData,
  known: Learned,
  arrived: SampleSet,
  base: TrainingOptions,
  { epochs, learningRate, replayShare }: OnlineOptions,
  day: number,
  hooks: TrainingHooks,
): Promise<UpdateOutcome | null> {
  const samples = withReplay(arrived, known.seen, replayShare, createRng(base.seed, 'online replay', day));
  if (arrived.rows.length === 0 || samples.rows.length < base.batchSize) return null;
  const options: TrainingOptions = {
    ...base,
    seed: createRng(base.seed, 'online update', day).bits(),
    maxEpochs: epochs,
    stopAfterEpochs: epochs,
    patience: epochs,
    learningRate,
    schedule: { kind: 'constant' },
    warmUp: null,
    samplesPerEpoch: null,
  };
  const trained = await train(model, { ...data, train: samples }, options, hooks, known.weights);
  return {
    trained,
    weights: trained,
    seen: joinSampleSets([known.seen, arrived]),
    arrived: arrived.rows.length,
    replayed: samples.rows.length - arrived.rows.length,
  };
}
