import { z } from 'zod';
import { VALUE_RATIOS } from '../../portfolio/index.js';

const count = z.int().positive();
const share = z.number().gt(0).max(1);
const exposure = z.number().min(0).max(1);

const momentum = z
  .strictObject({ lookbackDays: count.default(252), skipDays: z.int().min(0).default(21) })
  .refine(({ lookbackDays, skipDays }) => skipDays < lookbackDays, {
    path: ['skipDays'],
    message: 'expected fewer sessions than lookbackDays',
  });

/** Of the policies that optimise. */
const optimiser = z.strictObject({
  /** Daily returns behind the covariance. */
  lookbackDays: z.int().min(2).default(252),
  covariance: z.enum(['sample', 'ewma', 'ledoit-wolf', 'constant-correlation', 'oas']).default('ledoit-wolf'),
  /** γ of μᵀ w − (γ / 2) wᵀ Σ w: mean-variance and black-litterman. */
  riskAversion: z.number().positive().default(5),
  /** Information coefficient that turns scores into expected returns. */
  ic: z.number().positive().default(0.05),
  /** black-litterman: uncertainty of the prior relative to Σ. */
  tau: z.number().positive().default(0.05),
  /** Weights of the market or the index: by capitalisation as disclosed, by money traded, a stand-in, or all equal. */
  marketWeights: z.enum(['capitalisation', 'traded-value', 'equal']).default('traded-value'),
  /** index-enhancement: tracking error a year, largest |w − benchmark| of a name, and of an industry (0: neutral). */
  trackingError: z.number().positive().default(0.05),
  maxActive: share.default(0.02),
  industryDeviation: z.number().min(0).max(1).default(0),
});

/** Strategies that no model stands behind, to compare with; false leaves one out. */
const strategies = z.strictObject({
  /** The highest return from lookbackDays to skipDays sessions ago. */
  momentum: z.union([z.literal(false), momentum]).prefault({}),
  /** The lowest return of the last sessions. */
  meanReversion: z.union([z.literal(false), z.strictObject({ lookbackDays: count.default(5) })]).prefault({}),
  /** The lowest deviation of daily returns. */
  lowVolatility: z.union([z.literal(false), z.strictObject({ days: z.int().min(2).default(60) })]).prefault({}),
  /** The most fundamentals for the price; only where the store has daily ratios. */
  value: z
    .union([
      z.literal(false),
      z.strictObject({ ratio: z.enum(VALUE_RATIOS).default('pb'), staleDays: count.default(30) }),
    ])
    .prefault({}),
  /** The index itself, in or out by the network's forecasts of it. */
  marketTiming: z.boolean().default(true),
});

export const portfolioSection = z.strictObject({
  /** How forecasts become weights of the k names with the highest P(buy) − P(sell); index-enhancement takes them all. */
  policy: z
    .enum([
      'top-k',
      'probability-weighted',
      'capitalisation-weighted',
      'minimum-variance',
      'mean-variance',
      'risk-parity',
      'black-litterman',
      'index-enhancement',
    ])
    .default('top-k'),
  k: count.default(50),
  /** At the last close of the week or month, or every n sessions. */
  rebalance: z
    .union([z.enum(['daily', 'weekly', 'monthly']), count], 'expected daily, weekly, monthly or a number of sessions')
    .default('weekly'),
  /**
   * What capitalisation-weighted goes by: the shares last disclosed at the close (`store`), or a stand-in: the mean money
   * traded over 60 sessions.
   */
  capitalisation: z.enum(['store', 'traded-value']).default('store'),
  /** Limits of one name, of one industry, and of one rebalancing's one-way turnover; null is none. */
  maxWeight: share.nullable().default(null),
  maxIndustryWeight: share.nullable().default(null),
  maxTurnover: share.nullable().default(null),
  optimiser: optimiser.prefault({}),
  strategies: strategies.prefault({}),
});

const stopLoss = z
  .strictObject({
    reference: z.enum(['peak', 'entry']).default('peak'),
    /** Distance: multiple · usual volatility · √horizonDays, scaled by usual over current volatility within maxRatio. */
    multiple: z.number().positive().default(2),
    horizonDays: count.default(10),
    days: z.int().min(2).default(20),
    longDays: z.int().min(2).default(120),
    maxRatio: z.number().min(1).max(100).default(2),
    direction: z.enum(['tighter', 'wider']).default('tighter'),
    cooldownDays: z.int().min(0).default(10),
  })
  .refine(({ days, longDays }) => longDays >= days, {
    path: ['longDays'],
    message: 'expected no fewer sessions than days',
  });

const marketState = z.strictObject({
  bull: exposure.default(1),
  volatile: exposure.default(0.7),
  bear: exposure.default(0.4),
  /** Closes in a row for which a state must stand before it counts. */
  confirmDays: count.default(5),
  /** Trailing return of the benchmark over so many sessions, above bullAbove or below bearBelow. */
  lookbackDays: count.default(60),
  bullAbove: z.number().default(0.05),
  bearBelow: z.number().default(-0.05),
});

const correlation = z.strictObject({
  threshold: z.number().min(-1).max(1).default(0.6),
  days: z.int().min(5).default(60),
  /** 1 alerts and cuts nothing. */
  exposure: z.number().min(0.01).max(1).default(1),
});

const drawdown = z
  .strictObject({
    threshold: z.number().min(0.001).max(1).default(0.1),
    exposure: exposure.default(0.5),
    /** null is half the threshold. */
    release: z.number().min(0).max(1).nullable().default(null),
    maxSessions: count.default(40),
  })
  .refine(({ threshold, release }) => (release ?? 0) <= threshold, {
    path: ['release'],
    message: 'expected no more than threshold',
  });

const volatilityTarget = z.strictObject({
  /** A year. */
  target: z.number().positive().default(0.2),
  days: z.int().min(5).default(60),
  step: z.number().min(0.001).max(1).default(0.1),
});

/** Controls over every strategy that chooses among stocks; null is off. */
export const riskSection = z.strictObject({
  stopLoss: stopLoss.nullable().default(null),
  marketState: marketState.nullable().default(null),
  correlation: correlation.nullable().default(null),
  drawdown: drawdown.nullable().default(null),
  volatilityTarget: volatilityTarget.nullable().default(null),
});
