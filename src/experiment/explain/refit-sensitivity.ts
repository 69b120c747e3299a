import { join } from 'node:path';
import { evaluateForecasts, evaluateStrategy, type StrategyRecord, strategyRecord } from '../../evaluation/index.js';
import type { MarketStore } from '../../market/index.js';
import type { RefitPoint } from '../../report/index.js';
import { addMonths, CandlenetError, formatDay, parseDay } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { SplitConfig } from '../config/split-section.js';
import { fitFolds } from '../pipeline/fit-folds.js';
import { runPolicy } from '../pipeline/policies.js';
import { basisOf } from '../pipeline/risk-free.js';
import { backtestOf } from '../pipeline/strategies.js';
import { openStudy } from '../pipeline/study.js';
import { createStepTimes, type Services, titled } from '../services.js';

export interface Refit extends RefitPoint {
  readonly record: StrategyRecord;
}

/** One choice of what is trained on: null is the run's own. */
interface Choice {
  readonly trainYears: number | null;
  readonly horizonDays: number;
}

/** Every pair of the training windows and horizons asked for; empty where neither is. */
export function choicesOf({ sensitivity, label }: ExperimentConfig): Choice[] {
  if (sensitivity === null) return [];
  const { trainYears, horizons } = sensitivity;
  if (trainYears.length + horizons.length === 0) return [];
  const windows = trainYears.length > 0 ? trainYears : [null];
  const lengths = horizons.length > 0 ? horizons : [label.horizonDays];
  return windows.flatMap((years) => lengths.map((horizonDays) => ({ trainYears: years, horizonDays })));
}

/** Refuses what cannot be refitted, before any data is read. @throws CONFIG_INVALID */
export function checkRefits(config: ExperimentConfig): void {
  for (const { trainYears } of choicesOf(config)) if (trainYears !== null) shortened(config, trainYears);
}

/**
 * Trains the network again for each choice of training window and horizon, on the sensitivity's own budget, and judges it
 * as the run judges its own: on the same test days, by forecasts and by one back-test. Stopped, it goes on with the
 * training it was in.
 * @param folder for checkpoints, which are of no use afterwards
 * @throws SAMPLES_EMPTY naming the split, INTERRUPTED, RUNTIME_FAILED
 */
export async function refitSensitivity(
  config: ExperimentConfig,
  store: MarketStore,
  folder: string,
  universe: StrategyRecord | null,
  services: Services,
): Promise<Refit[]> {
  const choices = choicesOf(config);
  const refits: Refit[] = [];
  for (const [k, choice] of choices.entries()) {
    const changed = refitConfig(config, choice);
    const progress = titled(services.progress, `Sensitivity ${k + 1} of ${choices.length}`);
    const own = { ...services, progress };
    const times = createStepTimes();
    const study = await openStudy(changed, store, own, times);
    const place = join(folder, `${choice.trainYears ?? 'own'}-years-${choice.horizonDays}-days`);
    const { studied, models } = await fitFolds(study, changed, place, own, times);
    const [{ forecasts }] = models;
    const { classification, signal } = evaluateForecasts(forecasts, choice.horizonDays);
    const record = strategyRecord(backtestOf(studied, changed, runPolicy(studied, changed, forecasts)), () => '');
    const basis = basisOf(studied, config);
    const { performance, versusUniverse } = evaluateStrategy(record, { basis, benchmark: null, universe });
    refits.push({
      ...choice,
      trainSamples: studied.samples.train,
      accuracy: classification?.accuracy ?? Number.NaN,
      majorityRate: classification?.majorityRate ?? Number.NaN,
      rankIc: signal.rankIc.mean,
      rankIcT: signal.rankIc.t,
      annualisedReturn: performance.annualisedReturn,
      excessOverUniverse: versusUniverse?.excessReturn ?? null,
      sharpe: performance.sharpe,
      record,
    });
  }
  return refits;
}

/** One network alone, without updates, on the sensitivity's budget. */
function refitConfig(config: ExperimentConfig, { trainYears, horizonDays }: Choice): ExperimentConfig {
  const { training, portfolio, label, placebos, baselines } = config;
  const { maxEpochs, samplesPerEpoch } = config.sensitivity?.refit ?? training;
  const least = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.min(a, b));
  const off = Object.fromEntries(Object.keys(baselines).map((name) => [name, false]));
  return {
    ...config,
    label: { ...label, horizonDays },
    split: trainYears === null ? config.split : shortened(config, trainYears),
    training: {
      ...training,
      maxEpochs: Math.min(training.maxEpochs, maxEpochs),
      samplesPerEpoch: least(training.samplesPerEpoch, samplesPerEpoch),
    },
    baselines: off as ExperimentConfig['baselines'],
    placebos: { ...placebos, majorityClass: false, shuffledLabels: false, randomPortfolios: 0 },
    portfolio: { ...portfolio, strategies: { ...portfolio.strategies, marketTiming: false } },
    explain: { permutation: null, integratedGradients: null, attention: false },
    sensitivity: null,
    ensemble: null,
    online: null,
  };
}

/** The split with so many years of training before each test. @throws CONFIG_INVALID where a protocol has no such length */
function shortened({ split, backtest }: ExperimentConfig, years: number): SplitConfig {
  if (split.kind === 'walk-forward') {
    const trainDays = Math.round(years * backtest.sessionsPerYear);
    if (trainDays > split.validateDays) return { ...split, trainDays };
    throw refused(years, `more than the ${split.validateDays} sessions of split.validateDays`);
  }
  if (split.kind !== 'static') throw refused(years, `a split of kind static or walk-forward, found ${split.kind}`);
  const [from, to] = split.train.map((date) => parseDay(date, 'split.train'));
  const start = Math.max(from, addMonths(to, -Math.round(12 * years)) + 1);
  return { ...split, train: [formatDay(start), split.train[1]] };
}

const refused = (years: number, expected: string) =>
  new CandlenetError('CONFIG_INVALID', `sensitivity.trainYears: found ${years}, expected ${expected}`);
