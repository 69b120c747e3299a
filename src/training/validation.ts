import { pearson } from '../stats/index.js';
import { classificationLoss } from './classification-loss.js';
import { regressionLoss } from './regression-loss.js';
import type { EpochRecord, TrainingData, TrainingOptions } from './types.js';

type Validation = Pick<EpochRecord, 'validationLoss' | 'validationAccuracy' | 'validationCorrelation'>;

/** How far the outputs [samples × classes] are from what the validation samples are labelled. */
export function validationOf(
  outputs: Float32Array,
  { validation, classes }: Pick<TrainingData, 'validation' | 'classes'>,
  { loss: kind }: Pick<TrainingOptions, 'loss'>,
): Validation {
  const { targets } = validation;
  if (kind === undefined || targets === undefined) {
    const { loss, accuracy } = classificationLoss(outputs, validation.classes, classes);
    return { validationLoss: loss, validationAccuracy: accuracy };
  }
  const correlation = pearson(Float64Array.from(outputs), Float64Array.from(targets));
  return {
    validationLoss: regressionLoss(outputs, targets, kind),
    validationAccuracy: null,
    validationCorrelation: Number.isNaN(correlation) ? null : correlation,
  };
}
