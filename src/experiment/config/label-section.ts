import { z } from 'zod';
import type { RegressionLoss } from '../../training/index.js';

const count = z.int().positive();

/** Sessions from entry to exit. */
const horizon = { horizonDays: count.default(5) };

/** Of every label with classes: 3, or 2, buy and sell, where a day between them is no sample. */
const everyClass = { ...horizon, classes: z.literal([2, 3]).default(3) };

export const labelSection = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('volatility'),
    ...everyClass,
    k: z.number().positive().default(0.5),
    volatilityDays: z.int().min(5).default(60),
  }),
  z.strictObject({
    kind: z.literal('threshold'),
    ...everyClass,
    theta: z.number().positive().default(0.02),
    /** Sell below minus this return; null is `theta`. */
    thetaSell: z.number().positive().nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('triple-barrier'),
    ...everyClass,
    k: z.number().positive().default(0.5),
    volatilityDays: z.int().min(5).default(60),
  }),
  z.strictObject({
    kind: z.literal('quantile'),
    ...everyClass,
    /** Share of the universe on the day that is buy, and that is sell. */
    share: z
      .number()
      .positive()
      .max(0.5)
      .default(1 / 3),
  }),
  z.strictObject({ kind: z.literal('return'), ...horizon }),
  z.strictObject({ kind: z.literal('rank'), ...horizon }),
]);

export type LabelConfig = z.output<typeof labelSection>;
/** A label that is a number, which a regression forecasts. */
export type NumberLabel = Extract<LabelConfig, { kind: 'return' | 'rank' }>;

export const isNumberLabel = (label: LabelConfig): label is NumberLabel =>
  label.kind === 'return' || label.kind === 'rank';

/** Returns have fat tails, ranks have none. */
const DEFAULT_LOSS: Readonly<Record<NumberLabel['kind'], RegressionLoss>> = { return: 'huber', rank: 'mse' };

/** The loss of a regression; undefined where the label has classes. @param wanted null for the label's own */
export const regressionLossOf = (label: LabelConfig, wanted: RegressionLoss | null): RegressionLoss | undefined =>
  isNumberLabel(label) ? (wanted ?? DEFAULT_LOSS[label.kind]) : undefined;
