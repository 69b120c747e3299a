import { z } from 'zod';

const count = z.int().positive();

/** What a member is trained with in place of the training's own augmentations; a key left out stays as it is there. */
const variant = z.strictObject({
  noise: z.strictObject({ sigma: z.number().positive() }).nullable().optional(),
  timeShift: z
    .strictObject({ maxSessions: z.int().min(1).max(255) })
    .nullable()
    .optional(),
  mixup: z.strictObject({ alpha: z.number().positive() }).nullable().optional(),
});

/** Several networks whose forecasts are averaged. */
export const ensembleSection = z.strictObject({
  members: z.int().min(2).max(50).default(5),
  /** In what members differ: their seed, an augmentation of the list below, or both. */
  vary: z
    .array(z.enum(['seed', 'augmentation']))
    .min(1)
    .default(['seed', 'augmentation']),
  /** Member i has variant i modulo their number. */
  variants: z
    .array(variant)
    .default([{}, { noise: { sigma: 0.05 } }, { timeShift: { maxSessions: 2 } }, { mixup: { alpha: 0.2 } }]),
  /** `validation` weighs by validation loss; `rolling` goes on from there with outcomes as they become known. */
  weighting: z.enum(['equal', 'validation', 'rolling']).default('rolling'),
  /** Nats of loss that make a weight e times smaller. */
  temperature: z.number().positive().default(0.02),
  /** Sessions after which an outcome counts half. */
  halfLifeDays: z.number().positive().default(63),
});

/** How networks learn on within a test. */
export const onlineSection = z.strictObject({
  /** `month`: at the first session of each; or every so many sessions. */
  every: z.union([z.literal('month'), count], 'expected month, or a number of sessions').default('month'),
  epochs: count.default(1),
  /** Constant. */
  learningRate: z.number().positive().default(0.0001),
  /** Share of an update's samples that is drawn from what was learnt before. */
  replayShare: z.number().min(0).lt(1).default(0.5),
});
