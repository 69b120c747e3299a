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

/** A number has no classes and no probabilities. Smoothing and weights of classes are refused with the training's options. */
function checkNumber({ kind }: NumberLabel, { portfolio: { policy }, baselines }: ExperimentConfig): void {
  if (baselines.randomForest !== false) {
    const expected = `false: it knows classes, and a label of kind "${kind}" has none`;
    throw new CandlenetError('CONFIG_INVALID', `baselines.randomForest: found a forest, expected ${expected}`);
  }
  if (policy !== 'probability-weighted' && policy !== 'black-litterman') return;
  const expected = `a policy that needs no probabilities: a label of kind "${kind}" has none`;
  throw new CandlenetError('CONFIG_INVALID', `portfolio.policy: found "${policy}", expected ${expected}`);
}
