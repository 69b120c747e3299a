import { z } from 'zod';
import { period } from './split-section.js';

const count = z.int().positive();

/** How much worse the network forecasts when columns are dealt to the wrong samples. */
const permutation = z.strictObject({
  /** What is dealt together: the columns of a group, each column by itself, or both in turn. */
  by: z.enum(['group', 'feature', 'both']).default('group'),
  /** Which samples: of validation, so that the test is not mined for what to leave out; or of the test. */
  on: z.enum(['validation', 'test']).default('validation'),
  repeats: z.int().min(1).max(100).default(3),
  /** Whole days, evenly spread; null is all. */
  maxSamples: count.nullable().default(5000),
});

const integratedGradients = z.strictObject({
  /** Of the test, evenly spread. */
  samples: count.default(512),
  /** Nodes along the path from the training mean to the sample. */
  steps: z.int().min(1).max(1000).default(32),
});

/** What the last fold's network goes by. */
export const explainSection = z.strictObject({
  /** null is off. */
  permutation: permutation.nullable().prefault({}),
  /** null is off. */
  integratedGradients: integratedGradients.nullable().default(null),
  /** Where each head of self-attention looks, over the samples of the integrated gradients; only some networks have it. */
  attention: z.boolean().default(false),
});

const rebalance = z.union(
  [z.enum(['daily', 'weekly', 'monthly']), count],
  'expected daily, weekly, monthly or a number of sessions',
);

/** The result for other choices. Costs and rebalancing trade the forecasts again; the rest trains again. */
export const sensitivitySection = z.strictObject({
  /** One-way, basis points of every amount traded, as the only cost. */
  costsBps: z.array(z.number().min(0).max(10_000)).default([0, 5, 10, 15, 20, 25, 30]),
  rebalance: z.array(rebalance).default(['daily', 'weekly', 'monthly']),
  /** Years of training before each test, validation included under a walk-forward; each trains the network again. */
  trainYears: z.array(z.number().positive()).default([]),
  /** Sessions of the label; each trains the network again. With trainYears, every pair of the two. */
  horizons: z.array(count).default([]),
  /** What each of those trainings may spend at most. */
  refit: z
    .strictObject({ maxEpochs: count.default(5), samplesPerEpoch: count.nullable().default(100_000) })
    .prefault({}),
});

/** A stretch of days judged by itself. */
const namedPeriod = z.strictObject({ name: z.string().min(1).max(60), span: period });

/** The special periods of Shen & Zhuo (2026), 3.3: the crash, the trade war, the pandemic. */
export const periodsSection = z.array(namedPeriod).default([
  { name: 'crash', span: ['2015-01-01', '2015-12-31'] },
  { name: 'trade-war', span: ['2018-01-01', '2018-12-31'] },
  { name: 'pandemic', span: ['2020-01-01', '2020-12-31'] },
]);
