import { z } from 'zod';
import { SEARCH_METHODS } from '../../training/index.js';
import { period } from './split-section.js';

const count = z.int().positive();
const bounds = z.tuple([z.number(), z.number()], 'expected two numbers, [from, to]');
const wholeBounds = z.tuple([z.int(), z.int()], 'expected two whole numbers, [from, to]');
/** Values that a grid takes of a real number. */
const points = z.int().min(2).default(5);

const dimension = z.union(
  [
    z.strictObject({ float: bounds, points }),
    /** Even in the logarithm. */
    z.strictObject({ log: bounds, points }),
    z.strictObject({ int: wholeBounds, step: count.default(1), log: z.boolean().default(false) }),
    z.strictObject({ choice: z.array(z.unknown()).min(1) }),
  ],
  'expected { float: [from, to] }, { log: [from, to] } (points: of a grid), { int: [from, to] } (step, log) or { choice: [value, …] }',
);

export type DimensionConfig = z.output<typeof dimension>;

/** What a search for hyper-parameters minimises (log-loss) or maximises, mean over the folds. */
export const TUNE_METRICS = ['log-loss', 'accuracy', 'rank-ic'] as const;
export type TuneMetric = (typeof TUNE_METRICS)[number];

/** `candlenet tune`; a run does not look at it. */
export const tuneSection = z.strictObject({
  /** Configuration key, such as training.learningRate → the values it may take. */
  space: z
    .record(z.string(), dimension)
    .refine((space) => Object.keys(space).length > 0, 'expected at least one configuration key'),
  method: z.enum(SEARCH_METHODS).default('bayes'),
  /** Candidates; a grid ends earlier where it has fewer. */
  trials: count.default(30),
  /** No candidate is begun after so many hours of work, resumed ones together; null is no limit. */
  hours: z.number().positive().nullable().default(null),
  /** Blocks of the purged cross-validation, each forecast by a network of the blocks before it. */
  folds: z.int().min(2).default(5),
  /** Sessions at the end of each training, for early stopping. */
  validateDays: count.default(63),
  /** Days the search may see; null is all before the days that judge a run. */
  span: period.nullable().default(null),
  metric: z.enum(TUNE_METRICS).default('log-loss'),
  /** Candidates proposed together and trained side by side, each with `training.workers` threads. */
  parallel: z.int().min(1).max(64).default(1),
  /** Successive halving: after 1, eta, eta² … folds only the best 1/eta of all go on; null lets all. */
  eta: z.number().gt(1).nullable().default(3),
  /** Points of a Latin hypercube before `bayes` learns from results. */
  initial: z.int().min(2).default(8),
  seed: z.int().min(0).default(1),
});

export type TuneConfig = z.output<typeof tuneSection>;
