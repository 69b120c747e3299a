import type { StrategyRecord } from '../../evaluation/index.js';
import type { MarketStore } from '../../market/index.js';
import type { ExplanationReport, PartsReport, ReportData, SensitivityReport } from '../../report/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { FittedStudy } from '../pipeline/join-folds.js';
import type { TradedStrategy } from '../pipeline/strategies.js';
import type { Services } from '../services.js';
import { judgeParts } from './judge-parts.js';
import { refitSensitivity } from './refit-sensitivity.js';
import { tradeSensitivity } from './trade-sensitivity.js';

/** What a run says beyond its totals: what the network goes by, where it knew, and what other choices would have given. */
export interface Insights {
  readonly explanation: ExplanationReport | null;
  readonly sensitivity: SensitivityReport | null;
  readonly parts: PartsReport;
  /** Strategies that the sensitivity judged on the test, other than the run's own, for the ledger of trials. */
  readonly tried: readonly Tried[];
}

interface Tried {
  readonly id: string;
  readonly role: 'baseline';
  readonly record: StrategyRecord;
}

/** @param folder for the checkpoints of what is trained again */
export async function gatherInsights(
  { studied, models, explanation }: FittedStudy,
  config: ExperimentConfig,
  strategies: readonly TradedStrategy[],
  store: MarketStore,
  folder: string,
  services: Services,
): Promise<Insights> {
  const record = (role: string) => strategies.find((strategy) => strategy.role === role)?.record ?? null;
  const [benchmark, universe] = [record('benchmark'), record('universe')];
  const [subject] = models;
  const traded =
    benchmark === null
      ? []
      : await tradeSensitivity(studied, config, subject.forecasts, { benchmark, universe }, services);
  const refits = await refitSensitivity(config, store, folder, universe, services);
  const costs = config.sensitivity?.costsBps ?? [];
  const usual = [...costs].sort((a, b) => a - b)[Math.floor(costs.length / 2)];
  const others = traded.filter(
    ({ rebalance, costBps }) => costBps === usual && rebalance !== config.portfolio.rebalance,
  );
  return {
    explanation,
    sensitivity: config.sensitivity && {
      traded: traded.map(({ record: _record, ...point }) => point),
      refits: refits.map(({ record: _record, ...point }) => point),
      budget: config.sensitivity.refit,
    },
    parts: judgeParts(studied, config, subject, strategies),
    tried: [
      ...others.map(({ rebalance, record }) => tried(`rebalanced ${rebalance}, at ${usual} bp`, record)),
      ...refits.map(({ trainYears, horizonDays, record }) =>
        tried(`trained on ${trainYears ?? 'all'} years, horizon ${horizonDays}`, record),
      ),
    ],
  };
}

const tried = (id: string, record: StrategyRecord): Tried => ({ id, role: 'baseline', record });

/** Their part of the report. */
export function insightsReport({ explanation, sensitivity, parts }: Insights): Partial<ReportData> {
  return { parts, ...(explanation && { explanation }), ...(sensitivity && { sensitivity }) };
}

/** Their part of `metrics.json`. The periods that a report is asked for are no part of what an experiment is. */
export function insightMetrics({ explanation, sensitivity, parts }: Insights) {
  const permutation = explanation?.permutation ?? null;
  const gradients = explanation?.gradients ?? null;
  return {
    months: parts.months,
    industries: parts.industries,
    industryContributions: parts.contributions ?? null,
    explanation: explanation && {
      fold: explanation.fold,
      permutation,
      integratedGradients: gradients && {
        samples: gradients.profile.samples,
        steps: gradients.steps,
        baseline: gradients.baseline,
        largestGap: gradients.profile.largestGap,
        meanGap: gradients.profile.meanGap,
      },
      attention: explanation.attention?.map(({ name, heads, steps, evenness }) => ({
        ...{ name, heads, steps },
        evenness: Array.from(evenness),
      })),
    },
    sensitivity,
  };
}
