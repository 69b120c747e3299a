import { CandlenetError } from '../util/index.js';
import type { SampleSet, TrainableModel, TrainingData, TrainingOptions } from './types.js';

function refuse(key: string, found: unknown, expected: string): never {
  throw new CandlenetError('CONFIG_INVALID', `training.${key}: found ${String(found)}, expected ${expected}`);
}

const isPositive = (value: number) => Number.isFinite(value) && value > 0;
const isCount = (value: number) => Number.isInteger(value) && value >= 1;
const isShare = (value: number) => value >= 0 && value < 1;

/** Samples of one worker in every batch. @throws CONFIG_INVALID when the batch cannot be dealt out evenly */
export function localBatchSize(options: Pick<TrainingOptions, 'batchSize' | 'workers'>): number {
  const { batchSize, workers } = options;
  if (!isCount(workers)) refuse('workers', workers, 'a whole number of at least 1');
  if (!isCount(batchSize)) refuse('batchSize', batchSize, 'a whole number of at least 1');
  if (batchSize % workers !== 0) refuse('batchSize', batchSize, `a multiple of workers (${workers})`);
  return batchSize / workers;
}

/** @throws CONFIG_INVALID */
export function checkOptions(options: TrainingOptions): void {
  const { adam, schedule, clipNorm, samplesPerEpoch } = options;
  localBatchSize(options);
  if (!isCount(options.maxEpochs)) refuse('maxEpochs', options.maxEpochs, 'a whole number of at least 1');
  if (!isCount(options.patience)) refuse('patience', options.patience, 'a whole number of at least 1');
  if (!isPositive(options.learningRate)) refuse('learningRate', options.learningRate, 'a number above 0');
  if (!isShare(adam.beta1)) refuse('adam.beta1', adam.beta1, 'a number in [0, 1)');
  if (!isShare(adam.beta2)) refuse('adam.beta2', adam.beta2, 'a number in [0, 1)');
  if (!isPositive(adam.epsilon)) refuse('adam.epsilon', adam.epsilon, 'a number above 0');
  if (clipNorm !== null && !isPositive(clipNorm)) refuse('clipNorm', clipNorm, 'a number above 0, or null');
  if (samplesPerEpoch !== null && !(isCount(samplesPerEpoch) && samplesPerEpoch >= options.batchSize)) {
    refuse('samplesPerEpoch', samplesPerEpoch, `a whole number of at least batchSize (${options.batchSize}), or null`);
  }
  if (schedule.kind === 'step') {
    if (!isCount(schedule.everyEpochs)) refuse('schedule.everyEpochs', schedule.everyEpochs, 'a whole number ≥ 1');
    if (!isPositive(schedule.factor)) refuse('schedule.factor', schedule.factor, 'a number above 0');
  }
  if (schedule.kind === 'cosine' && !(schedule.finalRate >= 0)) {
    refuse('schedule.finalRate', schedule.finalRate, 'a number of at least 0');
  }
}

interface Windows {
  readonly values: Float32Array;
  readonly features: number;
  readonly window: number;
}

/** @throws TABLE_INVALID when a window does not lie wholly inside the panel */
export function checkRows(rows: Int32Array, panel: Windows): void {
  const end = Math.floor(panel.values.length / panel.features);
  for (const row of rows) {
    if (row >= panel.window - 1 && row < end) continue;
    const range = `${panel.window - 1} … ${end - 1}`;
    throw new CandlenetError('TABLE_INVALID', `samples: found a window ending on panel row ${row}, expected ${range}`);
  }
}

function checkSamples(name: string, samples: SampleSet, data: TrainingData, atLeast: number): void {
  const { rows, classes } = samples;
  if (rows.length < atLeast) {
    throw new CandlenetError('SAMPLES_EMPTY', `${name}: found ${rows.length} samples, expected at least ${atLeast}`);
  }
  if (rows.length !== classes.length) {
    throw new CandlenetError('TABLE_INVALID', `${name}: found ${rows.length} rows but ${classes.length} classes`);
  }
  checkRows(rows, data);
  const wrong = classes.find((label) => label >= data.classes);
  if (wrong !== undefined) {
    throw new CandlenetError('TABLE_INVALID', `${name}: found class ${wrong}, expected 0 … ${data.classes - 1}`);
  }
}

/** @throws SAMPLES_EMPTY, TABLE_INVALID, CONFIG_INVALID */
export function checkData(model: TrainableModel, data: TrainingData, options: TrainingOptions): void {
  const { program } = model;
  for (const key of ['window', 'features', 'classes'] as const) {
    if (program[key] !== data[key]) refuse(key, data[key], `${program[key]}, what the model was built for`);
  }
  const local = localBatchSize(options);
  if (program.batch !== local) refuse('batchSize / workers', local, `${program.batch}, what the model was built for`);
  checkSamples('training samples', data.train, data, options.batchSize);
  checkSamples('validation samples', data.validation, data, 1);
}
