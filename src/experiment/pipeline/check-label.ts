import { CandlenetError } from '../../util/index.js';
import { isNumberLabel, type NumberLabel } from '../config/label-section.js';
import type { ExperimentConfig } from '../config/schema.js';

/** Refuses what does not go with the label. @throws CONFIG_INVALID */
export function checkLabel(config: ExperimentConfig): void {
  const { label, training } = config;
  if (isNumberLabel(label)) {
    checkNumber(label, config);
    return;
  }
  const { classWeights, loss } = training;
  if (loss !== null) {
    const expected = `null: a label of kind "${label.kind}" has classes, whose loss is the cross-entropy`;
    throw new CandlenetError('CONFIG_INVALID', `training.loss: found "${loss}", expected ${expected}`);
  }
  if (Array.isArray(classWeights) && classWeights.length !== label.classes) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `training.classWeights: found ${classWeights.length} numbers, expected ${label.classes}, one a class of the label`,
    );
  }
}

const refuse = (key: string, found: string, expected: string): never => {
  throw new CandlenetError('CONFIG_INVALID', `${key}: found ${found}, expected ${expected}`);
};

/**
 * A number has no classes and no probabilities. Smoothing and weights of classes are refused with the training's options.
 */
function checkNumber({ kind }: NumberLabel, config: ExperimentConfig): void {
  const { policy } = config.portfolio;
  const number = `a label of kind "${kind}" is a number`;
  if (policy === 'probability-weighted' || policy === 'black-litterman') {
    refuse('portfolio.policy', `"${policy}"`, `a policy that needs no probabilities: ${number}`);
  }
  for (const key of ['randomForest', 'gradientBoosting', 'svm'] as const) {
    if (config.baselines[key] !== false) refuse(`baselines.${key}`, 'a model of classes', `false: ${number}`);
  }
}
