import type { TrainingOptions } from '../../training/index.js';
import { formatCount } from '../../util/index.js';
import { regressionLossOf } from '../config/label-section.js';
import type { ExperimentConfig } from '../config/schema.js';

type TrainingConfig = ExperimentConfig['training'];
type Augmentation = Pick<TrainingOptions, 'mixup' | 'noise' | 'timeShift'>;

/** A number as a person writes it: 0.001, 1e-8. */
const plain = (value: number) => String(value);
const percent = (share: number) => `${plain(Number((100 * share).toPrecision(6)))} %`;
const counted = (count: number, one: string) => `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`;

function describeOptimiser(optimiser: TrainingConfig['optimiser']): string {
  const decay = (weightDecay: number, decayed: 'all' | 'kernels') =>
    weightDecay === 0
      ? ''
      : `, weight decay ${plain(weightDecay)} on ${decayed === 'all' ? 'all parameters' : 'kernels only'}`;
  if (optimiser.kind === 'sgd') {
    const { momentum, nesterov, weightDecay, decayed } = optimiser;
    const moving =
      momentum === 0 ? 'without momentum' : `with ${nesterov ? 'Nesterov ' : ''}momentum ${plain(momentum)}`;
    return `SGD ${moving}${decay(weightDecay, decayed)}`;
  }
  const { beta1, beta2, epsilon } = optimiser;
  const moments = `(β ${plain(beta1)} and ${plain(beta2)}, ε ${plain(epsilon)})`;
  if (optimiser.kind === 'adam') return `Adam ${moments}`;
  return `AdamW ${moments}${decay(optimiser.weightDecay, optimiser.decayed)}`;
}

function describeFall(schedule: TrainingConfig['schedule'], maxEpochs: number): string {
  switch (schedule.kind) {
    case 'constant':
      return '';
    case 'step':
      return `, times ${plain(schedule.factor)} every ${counted(schedule.everyEpochs, 'epoch')}`;
    case 'cosine':
      return `, along a cosine to ${plain(schedule.finalRate)} over ${counted(maxEpochs, 'epoch')}`;
  }
}

function describeRate({ learningRate, schedule, warmUp, maxEpochs }: TrainingConfig): string {
  const rise = warmUp
    ? `, rising from ${percent(warmUp.startFactor)} of it over the first ${counted(warmUp.length, warmUp.unit.slice(0, -1))}`
    : '';
  return `rate ${plain(learningRate)}${describeFall(schedule, maxEpochs)}${rise}`;
}

const LOSSES = {
  mse: 'mean squared error of the standardised label',
  huber: 'Huber’s loss (δ 1) of the standardised label',
} as const;

function augmentations({ mixup, noise, timeShift }: Augmentation): (string | null)[] {
  return [
    mixup ? `mixup with α ${plain(mixup.alpha)}` : null,
    noise ? `normal noise of ${plain(noise.sigma)} deviations on the inputs` : null,
    timeShift ? `windows up to ${counted(timeShift.maxSessions, 'session')} earlier` : null,
  ];
}

/** The augmentations of a training in words; empty where there are none. */
export const describeAugmentation = (training: Augmentation): string =>
  augmentations(training)
    .filter((part) => part !== null)
    .join('; ');

/** How the network was trained, in words for the report: the optimiser, the rate, and every option that is on. */
export function describeTraining({ training, label }: Pick<ExperimentConfig, 'training' | 'label'>): string {
  const { batchSize, clipNorm, labelSmoothing, classWeights, adversarial } = training;
  const loss = regressionLossOf(label, training.loss);
  const parts = [
    loss === undefined ? null : LOSSES[loss],
    `${describeOptimiser(training.optimiser)}, ${describeRate(training)}`,
    `batches of ${formatCount(batchSize)}`,
    clipNorm === null ? null : `gradient clipped to norm ${plain(clipNorm)}`,
    labelSmoothing === 0 ? null : `label smoothing ${plain(labelSmoothing)}`,
    classWeights === 'balanced' ? 'balanced class weights' : null,
    Array.isArray(classWeights)
      ? `class weights ${classWeights.map(plain).join(' : ')} (${classWeights.length === 2 ? 'buy : sell' : 'buy : hold : sell'})`
      : null,
    ...augmentations(training),
    adversarial
      ? `fast-gradient-sign examples of ${plain(adversarial.epsilon)} deviations with weight ${plain(adversarial.weight)}`
      : null,
  ];
  return parts.filter((part) => part !== null).join('; ');
}
