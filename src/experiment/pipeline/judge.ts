import {
  evaluateForecasts,
  evaluateStrategy,
  type ForecastMeasures,
  marketRegimes,
  measuresByRegime,
  type RegimeMeasures,
  type StrategyMeasures,
} from '../../evaluation/index.js';
import { bayesAccuracy, type SyntheticTruth } from '../../market/index.js';
import type { BayesBound, LimitsReport, PathReport } from '../../report/index.js';
import { createRng, invariant } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { type AttributionResult, attribute } from './attribution.js';
import type { RiskComparison } from './compare-risk.js';
import type { FittedModel } from './models.js';
import { basisOf } from './risk-free.js';
import { type ScoreSheet, scoreSheets } from './score-sheets.js';
import { type Significance, significanceOf } from './significance.js';
import type { TradedStrategy } from './strategies.js';
import type { Studied } from './study.js';
import type { SubjectVerdict } from './subject/judge-subject.js';

/** Everything measured about a run. */
export interface Verdicts {
  readonly models: readonly (FittedModel & { readonly measures: ForecastMeasures })[];
  readonly strategies: readonly (TradedStrategy & { readonly measures: StrategyMeasures })[];
  readonly regimes: readonly RegimeMeasures[];
  readonly bayes: BayesBound | null;
  /** Break-even cost and capacity; null where they were not asked for. */
  readonly limits: LimitsReport | null;
  /** Null where no risk control is on. */
  readonly risk: RiskComparison | null;
  /** Empty where the protocol tests each session once. */
  readonly paths: readonly PathReport[];
  readonly subject: SubjectVerdict;
  readonly significance: Significance;
  /** Null without an index. */
  readonly attribution: AttributionResult | null;
  /** Of every model that ranks stocks. */
  readonly scoreSheets: readonly ScoreSheet[];
}

export async function judge(
  prepared: Studied,
  config: ExperimentConfig,
  models: readonly FittedModel[],
  strategies: readonly TradedStrategy[],
  risk: RiskComparison | null,
  limits: LimitsReport | null,
  paths: readonly PathReport[],
  subjectVerdict: SubjectVerdict,
): Promise<Verdicts> {
  const { horizonDays } = config.label;
  const basis = basisOf(prepared, config);
  const pick = (role: string) => strategies.find((strategy) => strategy.role === role)?.record ?? null;
  const benchmark = pick('benchmark');
  const universe = pick('universe');
  const subject = pick('subject');
  invariant(benchmark !== null && subject !== null, 'a run has a strategy and a benchmark');
  return {
    models: models.map((model) => ({ ...model, measures: evaluateForecasts(model.forecasts, horizonDays) })),
    strategies: strategies.map((strategy) => ({
      ...strategy,
      measures: evaluateStrategy(strategy.record, {
        basis,
        benchmark: strategy.role === 'benchmark' ? null : benchmark,
        universe: strategy.role === 'universe' ? null : universe,
        rng: createRng(config.training.seed, 'sharpe interval', strategy.id),
      }),
    })),
    regimes: measuresByRegime(
      models[0].forecasts,
      horizonDays,
      subject,
      benchmark,
      marketRegimes(prepared.benchmark.dates, prepared.benchmark.close),
    ),
    bayes: await bayesBound(prepared, config),
    risk,
    limits,
    paths,
    subject: subjectVerdict,
    significance: significanceOf(config, models, strategies, basis),
    attribution: await attribute(prepared, config, strategies),
    scoreSheets: scoreSheets(prepared, config, models),
  };
}

/**
 * An upper bound on what any model can reach on these very test samples: the forecast of someone who knows the
 * generator's state. Null for a real market, and where the configuration's label or window is not the one that the
 * generator's truth refers to, or its features do not show what the signal is made of.
 */
async function bayesBound(prepared: Studied, config: ExperimentConfig): Promise<BayesBound | null> {
  const truth = await prepared.store.readTruth(prepared.bars);
  if (truth === null || !refersTo(truth, config)) return null;
  const { testRows, labels, bars } = prepared;
  const days = bars.dates.length;
  const signal = evaluateForecasts(
    {
      length: testRows.length,
      date: Int32Array.from(testRows, (row) => bars.dates[row % days]),
      pBuy: Float32Array.from(testRows, (row) => truth.expectedReturn[row]),
      pHold: new Float32Array(testRows.length),
      pSell: new Float32Array(testRows.length),
      label: Uint8Array.from(testRows, (row) => labels.classes[row]),
      forwardReturn: Float32Array.from(testRows, (row) => labels.forwardReturn[row]),
    },
    config.label.horizonDays,
  ).signal;
  return { accuracy: bayesAccuracy(truth, testRows, labels.classes), rankIc: signal.rankIc.mean };
}

function refersTo(truth: SyntheticTruth, { label, features }: ExperimentConfig): boolean {
  return (
    features.window >= truth.windowDays &&
    features.groups.some((name) => name === 'price-volume' || name === 'paper' || name === 'full') &&
    label.kind === 'volatility' &&
    label.classes === 3 &&
    label.horizonDays === truth.horizonDays &&
    label.k === truth.labelK &&
    label.volatilityDays === truth.labelVolatilityDays
  );
}
