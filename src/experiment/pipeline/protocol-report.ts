import { evaluateForecasts, evaluateStrategy, strategyRecord } from '../../evaluation/index.js';
import type { PathReport, ProtocolReport } from '../../report/index.js';
import { type FoldRange, spanOf } from '../../training/index.js';
import { createRng } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { SplitConfig } from '../config/split-section.js';
import { breathe, type Services } from '../services.js';
import type { Forecasts } from './forecast.js';
import { policyDesk } from './policies.js';
import { basisOf } from './risk-free.js';
import { isForward } from './split-plan.js';
import { backtestOf } from './strategies.js';
import type { Studied } from './study.js';

/** The protocol in one sentence. */
export function describeSplit(split: SplitConfig): string {
  switch (split.kind) {
    case 'static':
      return 'Static split';
    case 'walk-forward': {
      const { trainDays, validateDays, testDays, anchored } = split;
      const span = anchored ? `a training that grows from ${trainDays}` : `${trainDays}`;
      return `Walk-forward: ${span} sessions learnt from, the last ${validateDays} for early stopping, then ${testDays} forecast`;
    }
    case 'cross-validation':
      return `${split.folds}-fold purged cross-validation, ${split.order === 'forward' ? 'trained on earlier blocks alone' : 'trained on all other blocks'}`;
    case 'combinatorial':
      return `Combinatorial purged cross-validation: every choice of ${split.testGroups} of ${split.groups} blocks is a test`;
  }
}

/** What the report shows of the folds; undefined for a single one. */
export function protocolReport(
  { bars, folds }: Studied,
  config: ExperimentConfig,
  paths: readonly PathReport[],
): ProtocolReport | undefined {
  if (folds.length === 1) return undefined;
  const whole = spanOf(folds.flatMap(({ train, test }) => [...train, ...test]));
  const stretch = (kind: 'train' | 'validate' | 'test') => (range: FoldRange) => ({
    kind,
    from: range.first - whole.first,
    to: range.last - whole.first,
  });
  return {
    description: describeSplit(config.split),
    tradable: isForward(config.split),
    dates: bars.dates.slice(whole.first, whole.last + 1),
    folds: folds.map(({ name, train, validate, test }) => ({
      name,
      stretches: [...train.map(stretch('train')), stretch('validate')(validate), ...test.map(stretch('test'))],
    })),
    paths,
  };
}

/** The model's skill and its strategy's gain along each path of a protocol that tests sessions more than once. */
export async function judgePaths(
  studied: Studied,
  config: ExperimentConfig,
  paths: readonly Forecasts[],
  services: Services,
): Promise<PathReport[]> {
  if (paths.length < 2) return [];
  const desk = policyDesk(studied, config);
  const basis = basisOf(studied, config);
  const reports: PathReport[] = [];
  for (const [p, forecasts] of paths.entries()) {
    await breathe(services.signal);
    const { classification, signal } = evaluateForecasts(forecasts, config.label.horizonDays);
    const result = backtestOf(studied, config, desk.controlled(desk.fromForecasts(forecasts)));
    const record = strategyRecord(result, () => '');
    const rng = createRng(config.training.seed, 'sharpe interval', 'path', p);
    const { performance } = evaluateStrategy(record, { basis, benchmark: null, universe: null, rng });
    reports.push({
      accuracy: classification?.accuracy ?? Number.NaN,
      rankIc: signal.rankIc.mean,
      totalReturn: performance.totalReturn,
      sharpe: performance.sharpe,
    });
  }
  return reports;
}
