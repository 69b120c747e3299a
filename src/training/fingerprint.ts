import { canonicalJson, sha256 } from '../util/index.js';
import type { InitialWeights, TrainableModel, TrainingData, TrainingOptions } from './types.js';

/** Changes when the arithmetic of the loop does: checkpoints made before then no longer fit. */
const LOOP_VERSION = 2;

/** What a checkpoint belongs to: the graph, every byte of the data, every option, and weights it went on from. SHA-256, hex. */
export function trainingFingerprint(
  model: TrainableModel,
  data: TrainingData,
  options: TrainingOptions,
  initial: InitialWeights | null = null,
): string {
  const { program } = model;
  const layout = { params: program.params, state: program.state, inputs: program.inputs, outputs: program.outputs };
  const shape = { window: data.window, features: data.features, classes: data.classes };
  return sha256(
    canonicalJson({ version: LOOP_VERSION, layout, shape, options }),
    program.model,
    data.values,
    data.train.rows,
    data.train.classes,
    data.train.targets ?? '',
    data.train.maxShift ?? '',
    data.validation.rows,
    data.validation.classes,
    data.validation.targets ?? '',
    ...(initial === null ? [] : [initial.params, initial.state]),
  );
}
