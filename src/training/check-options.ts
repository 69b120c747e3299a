import { type OptimiserOptions, PROVIDERS } from '../runtime/index.js';
import { CandlenetError } from '../util/index.js';
import type { TrainingOptions } from './types.js';

/** As it is in the code; JSON has neither NaN nor infinities. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  return typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value);
}

export function refuse(key: string, found: unknown, expected: string): never {
  const shown = written(found);
  throw new CandlenetError('CONFIG_INVALID', `training.${key}: found ${shown}, expected ${expected}`);
}

const isPositive = (value: number) => Number.isFinite(value) && value > 0;
const isCount = (value: number) => Number.isInteger(value) && value >= 1;
const isNonNegative = (value: number) => Number.isFinite(value) && value >= 0;
const isShare = (value: number) => isNonNegative(value) && value < 1;

/** The types leave no other value; a caller without them may. */
function checkOneOf(key: string, found: unknown, known: readonly string[]): void {
  if (!known.some((one) => one === found)) refuse(key, found, `one of ${known.join(', ')}`);
}

/** Samples of one worker in every batch. @throws CONFIG_INVALID when the batch cannot be dealt out evenly */
export function localBatchSize(options: Pick<TrainingOptions, 'batchSize' | 'workers'>): number {
  const { batchSize, workers } = options;
  if (!isCount(workers)) refuse('workers', workers, 'a whole number of at least 1');
  if (!isCount(batchSize)) refuse('batchSize', batchSize, 'a whole number of at least 1');
  if (batchSize % workers !== 0) refuse('batchSize', batchSize, `a multiple of workers (${workers})`);
  return batchSize / workers;
}

function checkOptimiser(optimiser: OptimiserOptions): void {
  checkOneOf('optimiser.kind', optimiser?.kind, ['adam', 'adamw', 'sgd']);
  if (optimiser.kind === 'sgd') {
    const { momentum, nesterov } = optimiser;
    if (!isShare(momentum)) refuse('optimiser.momentum', momentum, 'a number in [0, 1)');
    if (nesterov && momentum === 0) refuse('optimiser.momentum', momentum, 'a number above 0, as nesterov is on');
  } else {
    const { beta1, beta2, epsilon } = optimiser;
    if (!isShare(beta1)) refuse('optimiser.beta1', beta1, 'a number in [0, 1)');
    if (!isShare(beta2)) refuse('optimiser.beta2', beta2, 'a number in [0, 1)');
    if (!isPositive(epsilon)) refuse('optimiser.epsilon', epsilon, 'a number above 0');
  }
  if (optimiser.kind === 'adam') return;
  const { weightDecay, decayed } = optimiser;
  if (!isNonNegative(weightDecay)) refuse('optimiser.weightDecay', weightDecay, 'a number of at least 0');
  checkOneOf('optimiser.decayed', decayed, ['all', 'kernels']);
}

function checkSchedule({ schedule, warmUp }: TrainingOptions): void {
  checkOneOf('schedule.kind', schedule?.kind, ['constant', 'step', 'cosine']);
  if (schedule.kind === 'step') {
    if (!isCount(schedule.everyEpochs)) refuse('schedule.everyEpochs', schedule.everyEpochs, 'a whole number ≥ 1');
    if (!isPositive(schedule.factor)) refuse('schedule.factor', schedule.factor, 'a number above 0');
  }
  if (schedule.kind === 'cosine' && !isNonNegative(schedule.finalRate)) {
    refuse('schedule.finalRate', schedule.finalRate, 'a number of at least 0');
  }
  if (!warmUp) return;
  if (!isCount(warmUp.length)) refuse('warmUp.length', warmUp.length, 'a whole number of at least 1');
  checkOneOf('warmUp.unit', warmUp.unit, ['steps', 'epochs']);
  const { startFactor } = warmUp;
  if (!(startFactor > 0 && startFactor <= 1)) refuse('warmUp.startFactor', startFactor, 'a number in (0, 1]');
}

/** What is said of classes means nothing for numbers. */
function checkLoss({ loss, labelSmoothing = 0, classWeights = null }: TrainingOptions): void {
  if (loss === undefined) return;
  checkOneOf('loss', loss, ['mse', 'huber']);
  if (labelSmoothing !== 0) refuse('labelSmoothing', labelSmoothing, '0: a label that is a number has no classes');
  if (classWeights !== null) refuse('classWeights', classWeights, 'null: a label that is a number has no classes');
}

function checkAugmentation({ labelSmoothing = 0, classWeights, mixup, noise, timeShift }: TrainingOptions): void {
  if (!isShare(labelSmoothing)) refuse('labelSmoothing', labelSmoothing, 'a number in [0, 1)');
  const isList = Array.isArray(classWeights) && classWeights.every((weight: number) => isPositive(weight));
  if (!isList && classWeights !== 'balanced' && (classWeights ?? null) !== null) {
    refuse('classWeights', classWeights, 'numbers above 0, "balanced" or null');
  }
  if (mixup && !isPositive(mixup.alpha)) refuse('mixup.alpha', mixup.alpha, 'a number above 0');
  if (noise && !isPositive(noise.sigma)) refuse('noise.sigma', noise.sigma, 'a number above 0');
  if (timeShift && !(isCount(timeShift.maxSessions) && timeShift.maxSessions <= 255)) {
    refuse('timeShift.maxSessions', timeShift.maxSessions, 'a whole number from 1 to 255');
  }
}

/** @throws CONFIG_INVALID */
export function checkOptions(options: TrainingOptions): void {
  const { seed, stopAfterEpochs, clipNorm, samplesPerEpoch, provider = 'cpu' } = options;
  if (!(Number.isSafeInteger(seed) && seed >= 0)) refuse('seed', seed, 'a whole number of at least 0');
  localBatchSize(options);
  if (!isCount(options.maxEpochs)) refuse('maxEpochs', options.maxEpochs, 'a whole number of at least 1');
  if (stopAfterEpochs !== undefined && !isCount(stopAfterEpochs)) {
    refuse('stopAfterEpochs', stopAfterEpochs, 'a whole number of at least 1, or undefined');
  }
  if (!isCount(options.patience)) refuse('patience', options.patience, 'a whole number of at least 1');
  if (!isPositive(options.learningRate)) refuse('learningRate', options.learningRate, 'a number above 0');
  checkOptimiser(options.optimiser);
  checkSchedule(options);
  checkAugmentation(options);
  checkLoss(options);
  checkOneOf('provider', provider, PROVIDERS);
  if (clipNorm !== null && !isPositive(clipNorm)) refuse('clipNorm', clipNorm, 'a number above 0, or null');
  if (samplesPerEpoch !== null && !(isCount(samplesPerEpoch) && samplesPerEpoch >= options.batchSize)) {
    refuse('samplesPerEpoch', samplesPerEpoch, `a whole number of at least batchSize (${options.batchSize}), or null`);
  }
}
