import { CandlenetError } from '../util/index.js';
import { localBatchSize, refuse } from './check-options.js';
import type { InitialWeights, SampleSet, TrainableModel, TrainingData, TrainingOptions } from './types.js';

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
  if (data.classes === 1) {
    checkTargets(name, samples);
    return;
  }
  const wrong = classes.find((label) => label >= data.classes);
  if (wrong !== undefined) {
    throw new CandlenetError('TABLE_INVALID', `${name}: found class ${wrong}, expected 0 … ${data.classes - 1}`);
  }
}

function checkTargets(name: string, { rows, targets }: SampleSet): void {
  if (targets?.length !== rows.length) {
    const found = targets ? `${targets.length} targets` : 'no targets';
    throw new CandlenetError('TABLE_INVALID', `${name}: found ${rows.length} rows but ${found}, expected one a sample`);
  }
  const wrong = targets.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const problem = `${name}: found the target ${targets[wrong]} of sample ${wrong}, expected a finite number`;
    throw new CandlenetError('TABLE_INVALID', problem);
  }
}

/** Whether windows moved back as far as `maxShift` says still lie in the panel. */
function checkShifts({ rows, maxShift }: SampleSet, data: TrainingData): void {
  if (!maxShift || maxShift.length !== rows.length) {
    const found = maxShift ? `${maxShift.length} of them for ${rows.length} samples` : 'none';
    const problem = `training samples: maxShift, which training.timeShift needs: found ${found}, expected one a sample`;
    throw new CandlenetError('TABLE_INVALID', problem);
  }
  checkRows(
    rows.map((row, i) => row - maxShift[i]),
    data,
  );
}

/** @throws SAMPLES_EMPTY, TABLE_INVALID, CONFIG_INVALID */
export function checkData(model: TrainableModel, data: TrainingData, options: TrainingOptions): void {
  const { program } = model;
  for (const key of ['window', 'features', 'classes'] as const) {
    if (program[key] !== data[key]) refuse(key, data[key], `${program[key]}, what the model was built for`);
  }
  if ((data.classes === 1) !== (options.loss !== undefined)) {
    refuse(
      'loss',
      options.loss ?? null,
      data.classes === 1 ? 'one of mse, huber, for a network of one output' : 'none: the samples have classes',
    );
  }
  const local = localBatchSize(options);
  if (program.batch !== local) refuse('batchSize / workers', local, `${program.batch}, what the model was built for`);
  checkSamples('training samples', data.train, data, options.batchSize);
  checkSamples('validation samples', data.validation, data, 1);
  if (options.timeShift) checkShifts(data.train, data);
  const { classWeights } = options;
  if (Array.isArray(classWeights) && classWeights.length !== data.classes) {
    refuse('classWeights', classWeights, `${data.classes} numbers, one a class`);
  }
}

/** @throws GRAPH_INVALID where weights to go on from are another network's; TRAINING_DIVERGED where they are not finite */
export function checkInitial({ program }: TrainableModel, { params, state }: InitialWeights): void {
  if (params.length !== program.paramCount || state.length !== program.stateCount) {
    const found = `${params.length} parameters and ${state.length} running statistics`;
    const expected = `${program.paramCount} and ${program.stateCount}, as the model has`;
    throw new CandlenetError('GRAPH_INVALID', `weights to go on from: found ${found}, expected ${expected}`);
  }
  if (![params, state].every((values) => values.every(Number.isFinite))) {
    throw new CandlenetError('TRAINING_DIVERGED', 'weights to go on from: found a value that is not finite');
  }
}
