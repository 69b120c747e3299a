/** How the rate falls from epoch to epoch. */
export type Schedule =
  | { readonly kind: 'constant' }
  | { readonly kind: 'step'; readonly everyEpochs: number; readonly factor: number }
  | { readonly kind: 'cosine'; readonly finalRate: number };

/** A linear rise of the rate from `startFactor` of it to all of it over the first steps, or epochs, of training. */
export interface WarmUp {
  readonly length: number;
  readonly unit: 'steps' | 'epochs';
  readonly startFactor: number;
}

/** A number for every parameter update: of an epoch, from 1, and the updates made before. Pure, so that a resumed training asks again. */
export type Rate = (epoch: number, update: number) => number;

export const constant =
  (rate: number): Rate =>
  () =>
    rate;

/** Falls by `factor` every so many epochs, as torch.optim.lr_scheduler.StepLR does. */
export const stepDecay =
  (rate: number, everyEpochs: number, factor: number): Rate =>
  (epoch) =>
    rate * factor ** Math.floor((epoch - 1) / everyEpochs);

/** Loshchilov and Hutter 2017, eq. 5, without restarts: torch.optim.lr_scheduler.CosineAnnealingLR, T_max = `epochs`. */
export const cosineDecay =
  (rate: number, finalRate: number, epochs: number): Rate =>
  (epoch) =>
    finalRate + ((rate - finalRate) * (1 + Math.cos((Math.PI * (epoch - 1)) / epochs))) / 2;

/** Rises from `startFactor` to 1 over `updates` updates: torch.optim.lr_scheduler.LinearLR, total_iters = `updates`. */
export const linearWarmUp =
  (startFactor: number, updates: number): Rate =>
  (_epoch, update) =>
    startFactor + (1 - startFactor) * Math.min(1, update / updates);

/** What torch.optim.lr_scheduler.ChainedScheduler makes of a rate and a factor. */
export const product =
  (rate: Rate, factor: Rate): Rate =>
  (epoch, update) =>
    rate(epoch, update) * factor(epoch, update);

interface ScheduleOptions {
  readonly learningRate: number;
  readonly schedule: Schedule;
  readonly maxEpochs: number;
  readonly warmUp?: WarmUp | null;
}

function scheduleOf({ learningRate, schedule, maxEpochs }: ScheduleOptions): Rate {
  switch (schedule.kind) {
    case 'constant':
      return constant(learningRate);
    case 'step':
      return stepDecay(learningRate, schedule.everyEpochs, schedule.factor);
    case 'cosine':
      return cosineDecay(learningRate, schedule.finalRate, maxEpochs);
  }
}

/** The configured rate: the schedule's, times the warm-up's factor. */
export function learningRate(options: ScheduleOptions, stepsPerEpoch: number): Rate {
  const { warmUp } = options;
  const schedule = scheduleOf(options);
  if (!warmUp) return schedule;
  const updates = warmUp.unit === 'steps' ? warmUp.length : warmUp.length * stepsPerEpoch;
  return product(schedule, linearWarmUp(warmUp.startFactor, updates));
}

/** The rate of every step of an epoch, counted from 1. */
export function learningRatesOf(epoch: number, stepsPerEpoch: number, options: ScheduleOptions): Float64Array {
  const rate = learningRate(options, stepsPerEpoch);
  const before = (epoch - 1) * stepsPerEpoch;
  return Float64Array.from({ length: stepsPerEpoch }, (_, step) => rate(epoch, before + step));
}
