import { z } from 'zod';

/** A date as YYYY-MM-DD. Whether the store holds it is checked when the store is opened. */
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date as YYYY-MM-DD');
export const period = z
  .tuple([date, date], 'expected two dates, [from, to]')
  .refine(([from, to]) => from <= to, 'expected the first date not to be after the second');
const count = z.int().positive();

/** Sessions left out before each boundary, on top of the purge that the label's reach demands. */
const embargoDays = z.int().min(0).default(0);

const staticSection = z.strictObject({
  kind: z.literal('static').default('static'),
  train: period,
  validate: period,
  test: period,
  embargoDays,
});

const walkForwardSection = z.strictObject({
  kind: z.literal('walk-forward'),
  /** Days that are forecast, the first of them with a training before it. */
  test: period,
  /** Sessions learnt from before each test, validation included. */
  trainDays: count.default(252),
  /** The last of them, kept for early stopping. */
  validateDays: count.default(42),
  /** Sessions forecast before the next training. */
  testDays: count.default(63),
  /** Whether each training begins with the first one's sessions, so that it grows. */
  anchored: z.boolean().default(false),
  embargoDays,
});

const crossValidationSection = z.strictObject({
  kind: z.literal('cross-validation'),
  span: period,
  folds: z.int().min(2).default(5),
  /** `forward`: trained on earlier blocks alone. `k-fold`: on later ones too, which nobody could have traded. */
  order: z.enum(['forward', 'k-fold']).default('forward'),
  validateDays: count.default(63),
  embargoDays,
});

const combinatorialSection = z.strictObject({
  kind: z.literal('combinatorial'),
  span: period,
  groups: z.int().min(3).max(16).default(6),
  testGroups: z.int().min(1).default(2),
  validateDays: count.default(63),
  embargoDays,
});

export const splitSection = z.discriminatedUnion('kind', [
  staticSection,
  walkForwardSection,
  crossValidationSection,
  combinatorialSection,
]);

export type SplitConfig = z.output<typeof splitSection>;
export type StaticSplitConfig = z.output<typeof staticSection>;
