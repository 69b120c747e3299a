import { loadInference, predictRows, type TrainingEngine, type WorkerPool } from '../runtime/index.js';
import { CandlenetError, type Clock, type ProgressTask } from '../util/index.js';
import type { Checkpoint } from './checkpoint.js';
import { epochOrder } from './epoch-order.js';
import type { TrainingHooks } from './hooks.js';
import { capture } from './run-state.js';
import { learningRatesOf } from './schedule.js';
import type { EpochRecord, TrainableModel, TrainingData, TrainingOptions } from './types.js';
import { validationOf } from './validation.js';

/** What stays the same from the first epoch to the last. */
export interface Loop {
  readonly model: TrainableModel;
  readonly data: TrainingData;
  readonly options: TrainingOptions;
  readonly hooks: TrainingHooks;
  readonly pool: WorkerPool;
  readonly engine: TrainingEngine;
  readonly stepsPerEpoch: number;
  readonly clock: Clock;
}

function diverged(where: string): CandlenetError {
  const advice = 'lower training.learningRate, set training.clipNorm, or look for features that are not finite';
  return new CandlenetError('TRAINING_DIVERGED', `training: found a value that is not finite ${where}; ${advice}`);
}

/** The steps of the epoch under way, from where `at` stands; `save` is called at each pause. */
export async function runSteps(
  loop: Loop,
  at: Checkpoint,
  task: ProgressTask,
  save: (at: Checkpoint) => void,
): Promise<Checkpoint> {
  const { engine, options, hooks, data, stepsPerEpoch, clock } = loop;
  const { everyMinutes = 5, everySteps = Number.POSITIVE_INFINITY } = hooks.checkpoint ?? {};
  const keeps = hooks.checkpoint !== undefined;
  const order = epochOrder(data.train.rows.length, stepsPerEpoch * options.batchSize, options.seed, at.epoch);
  const learningRates = learningRatesOf(at.epoch, stepsPerEpoch, options);
  const updatesBefore = (at.epoch - 1) * stepsPerEpoch;
  let now = at;
  while (now.step < stepsPerEpoch) {
    const from = now.step;
    const started = clock.seconds();
    const pauseWhen = (step: number) => {
      const loss = engine.state.lossSums.reduce((a, b) => a + b, 0) / options.workers / step;
      task.update(step * options.batchSize, step > 0 ? `loss ${loss.toFixed(4)}` : undefined);
      return keeps && (step - from >= everySteps || clock.seconds() - started >= everyMinutes * 60);
    };
    const plan = { order, from, to: stepsPerEpoch, updatesBefore, learningRates };
    const outcome = await engine.run(plan, hooks.signal, pauseWhen);
    if (outcome.diverged) throw diverged(`in epoch ${now.epoch}, step ${outcome.next + 1}`);
    now = capture(engine, { ...now, step: outcome.next, seconds: now.seconds + clock.seconds() - started });
    if (hooks.signal?.aborted) break;
    if (now.step < stepsPerEpoch) save(now);
  }
  return now;
}

/** The last epoch there can be. */
export const lastEpochOf = ({ maxEpochs, stopAfterEpochs = maxEpochs }: TrainingOptions) =>
  Math.min(maxEpochs, stopAfterEpochs);

/** Validates, records the epoch and moves on to the next one. */
export async function endEpoch(loop: Loop, at: Checkpoint, task: ProgressTask): Promise<Checkpoint> {
  const { engine, model, data, options, hooks, pool, stepsPerEpoch, clock } = loop;
  const started = clock.seconds();
  const { params: weights, state: statistics } = at.arrays;
  if (![weights, statistics].every((values) => values.every(Number.isFinite))) {
    throw diverged(`in the weights or running statistics after epoch ${at.epoch}`);
  }
  const bytes = model.inference(weights, statistics);
  const source = { values: data.values, features: data.features, window: data.window };
  await loadInference(pool, bytes, source, data.classes, options.provider ?? 'cpu');
  const samples = stepsPerEpoch * options.batchSize;
  const validating = {
    ...task,
    update: (done: number) => task.update(samples + done, 'validating'),
  };
  const outputs = await predictRows(pool, data.validation.rows, data.classes, {
    task: validating,
    signal: hooks.signal,
  });
  const validation = validationOf(outputs, data, options);
  const loss = validation.validationLoss;
  if (!Number.isFinite(loss)) throw diverged(`on the validation samples after epoch ${at.epoch}`);

  const record: EpochRecord = {
    epoch: at.epoch,
    trainLoss: at.lossSums.reduce((a, b) => a + b, 0) / options.workers / stepsPerEpoch,
    ...validation,
    learningRate: learningRatesOf(at.epoch, stepsPerEpoch, options)[stepsPerEpoch - 1],
    gradientNorm: at.normSum / stepsPerEpoch,
    samples,
    seconds: at.seconds + clock.seconds() - started,
  };
  const best = at.bestEpoch === 0 ? Number.POSITIVE_INFINITY : at.history[at.bestEpoch - 1].validationLoss;
  const better = loss < best;
  const bestEpoch = better ? at.epoch : at.bestEpoch;
  const { params, state } = at.arrays;
  const arrays = better ? { ...at.arrays, bestParams: params, bestState: state } : at.arrays;
  engine.state.lossSums.fill(0);
  engine.state.normSum[0] = 0;
  return {
    ...at,
    epoch: at.epoch + 1,
    step: 0,
    finished: at.epoch >= lastEpochOf(options) || at.epoch - bestEpoch >= options.patience,
    lossSums: at.lossSums.map(() => 0),
    normSum: 0,
    seconds: 0,
    history: [...at.history, record],
    bestEpoch,
    arrays,
  };
}
