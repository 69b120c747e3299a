import { openTraining, startWorkerPool } from '../runtime/index.js';
import { CandlenetError, silentProgress, systemClock } from '../util/index.js';
import { augmentationOf } from './augmentation.js';
import { checkData, checkInitial } from './check-data.js';
import { checkOptions } from './check-options.js';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { endEpoch, type Loop, lastEpochOf, runSteps } from './epoch.js';
import { samplesOfEpoch } from './epoch-order.js';
import { trainingFingerprint } from './fingerprint.js';
import type { TrainingHooks } from './hooks.js';
import { randomKeys } from './random-keys.js';
import { beginning, restore, trained } from './run-state.js';
import { targetsOf } from './targets.js';
import type {
  EpochRecord,
  InitialWeights,
  TrainableModel,
  TrainedModel,
  TrainingData,
  TrainingOptions,
} from './types.js';

function epochNote(record: EpochRecord, isBest: boolean): string {
  const { trainLoss, validationLoss, validationAccuracy, validationCorrelation } = record;
  const figures = `loss ${trainLoss.toFixed(4)}, validation ${validationLoss.toFixed(4)}`;
  const measure =
    validationAccuracy === null
      ? `correlation ${validationCorrelation?.toFixed(3) ?? '–'}`
      : `accuracy ${(100 * validationAccuracy).toFixed(1)} %`;
  return `${figures}, ${measure}${isBest ? ', best so far' : ''}`;
}

function interrupted(at: Checkpoint, loop: Loop): CandlenetError {
  const kept = loop.hooks.checkpoint;
  const where = `training stopped in epoch ${at.epoch} after ${at.step} of ${loop.stepsPerEpoch} steps`;
  const end = kept ? `it resumes from ${kept.directory}` : 'no checkpoint was asked for, it starts anew';
  return new CandlenetError('INTERRUPTED', `${where}; ${end}`);
}

/** Whether an error says no more than that the caller asked to stop; anything else must not be taken for it. */
function isInterruption(error: unknown, signal: AbortSignal | undefined): boolean {
  const asked = error instanceof CandlenetError && error.code === 'INTERRUPTED';
  return asked || (signal?.aborted === true && error === signal.reason);
}

async function runLoop(loop: Loop, start: Checkpoint): Promise<Checkpoint> {
  const { hooks, options, data, stepsPerEpoch } = loop;
  const progress = hooks.progress ?? silentProgress;
  const save = (at: Checkpoint) => {
    if (hooks.checkpoint) writeCheckpoint(hooks.checkpoint.directory, at);
  };
  let at = start;
  while (!at.finished) {
    const work = stepsPerEpoch * options.batchSize + data.validation.rows.length;
    const task = progress.start(`Epoch ${at.epoch} of at most ${lastEpochOf(options)}`, work, 'samples');
    at = await runSteps(loop, at, task, save);
    try {
      hooks.signal?.throwIfAborted();
      at = await endEpoch(loop, at, task);
    } catch (error) {
      if (!isInterruption(error, hooks.signal)) throw error;
      save(at);
      task.end('stopped');
      throw interrupted(at, loop);
    }
    save(at);
    const record = at.history[at.history.length - 1];
    task.end(epochNote(record, at.bestEpoch === record.epoch));
    hooks.onEpoch?.(record, at.history);
  }
  return at;
}

/**
 * THE training loop: data-parallel mini-batch descent on cross-entropy, or a regression's loss, over worker threads, with ghost batch norm (each
 * worker normalises its own share of a batch; Hoffer, Hubara and Soudry 2017), gradient clipping by global norm, a
 * rate schedule, validation after each epoch and early stopping; returns the weights of the epoch with the lowest
 * validation loss. The same machine, worker count, data and options give the same bits, also across a stop: with
 * `hooks.checkpoint` an abort (or a kill) resumes from the folder's checkpoint when called again with the same arguments.
 * @param initial weights and running statistics to go on from, with an optimiser that remembers nothing; null draws them by
 * the seed
 * @throws CONFIG_INVALID, SAMPLES_EMPTY, TABLE_INVALID, GRAPH_INVALID, RUN_MISMATCH, TRAINING_DIVERGED, INTERRUPTED, RUNTIME_FAILED
 */
export async function train(
  model: TrainableModel,
  data: TrainingData,
  options: TrainingOptions,
  hooks: TrainingHooks = {},
  initial: InitialWeights | null = null,
): Promise<TrainedModel> {
  checkOptions(options);
  checkData(model, data, options);
  if (initial !== null) checkInitial(model, initial);
  const fingerprint = hooks.checkpoint ? trainingFingerprint(model, data, options, initial) : '';
  const kept = hooks.checkpoint ? readCheckpoint(hooks.checkpoint.directory, fingerprint) : null;
  const start = kept ?? beginning(model, options, fingerprint, initial);
  if (start.finished) return trained(start);

  const pool = startWorkerPool(options.workers);
  try {
    const engine = await openTraining(pool, {
      program: model.program,
      source: { values: data.values, features: data.features, window: data.window },
      rows: data.train.rows,
      ...targetsOf(data, options),
      augmentation: augmentationOf(data, options),
      optimiser: options.optimiser,
      clipNorm: options.clipNorm,
      randomKeys: randomKeys(model, options.seed),
      provider: options.provider ?? 'cpu',
    });
    if (engine.choice.note) hooks.onNote?.(engine.choice.note);
    restore(engine, start);
    const samples = samplesOfEpoch(data.train.rows.length, options.samplesPerEpoch, options.batchSize);
    const stepsPerEpoch = samples / options.batchSize;
    const clock = hooks.clock ?? systemClock;
    return trained(await runLoop({ model, data, options, hooks, pool, engine, stepsPerEpoch, clock }, start));
  } finally {
    await pool.close();
  }
}
