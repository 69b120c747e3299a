import { isNumberLabel } from './label-section.js';
import type { ExperimentConfig } from './schema.js';

/** One value that a preset changed, for the report. */
export interface Reduction {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

interface Override {
  readonly key: string;
  readonly get: (config: ExperimentConfig) => unknown;
  readonly set: (config: ExperimentConfig) => void;
}

/** `quick` keeps the whole path and the whole test period; it spends less on fitting. */
const QUICK: readonly Override[] = [
  {
    key: 'training.samplesPerEpoch',
    get: (config) => config.training.samplesPerEpoch,
    set: (config) => {
      config.training.samplesPerEpoch = Math.min(config.training.samplesPerEpoch ?? 30_000, 30_000);
    },
  },
  {
    key: 'training.maxEpochs',
    get: (config) => config.training.maxEpochs,
    set: (config) => {
      config.training.maxEpochs = Math.min(config.training.maxEpochs, 2);
    },
  },
  {
    key: 'baselines.logisticRegression.maxSamples',
    get: ({ baselines, label }) =>
      baselines.logisticRegression === false || isNumberLabel(label) ? false : baselines.logisticRegression.maxSamples,
    set: ({ baselines, label }) => {
      if (baselines.logisticRegression === false || isNumberLabel(label)) return;
      baselines.logisticRegression.maxSamples = Math.min(baselines.logisticRegression.maxSamples ?? 30_000, 30_000);
      baselines.logisticRegression.maxIterations = Math.min(baselines.logisticRegression.maxIterations, 30);
    },
  },
  {
    key: 'baselines.ridgeRegression.maxSamples',
    get: ({ baselines, label }) =>
      baselines.ridgeRegression === false || !isNumberLabel(label) ? false : baselines.ridgeRegression.maxSamples,
    set: ({ baselines, label }) => {
      if (baselines.ridgeRegression === false || !isNumberLabel(label)) return;
      baselines.ridgeRegression.maxSamples = Math.min(baselines.ridgeRegression.maxSamples ?? 30_000, 30_000);
    },
  },
  {
    key: 'baselines.randomForest.maxSamples',
    get: ({ baselines }) => (baselines.randomForest === false ? false : baselines.randomForest.maxSamples),
    set: ({ baselines: { randomForest } }) => {
      if (randomForest !== false) randomForest.maxSamples = Math.min(randomForest.maxSamples ?? 30_000, 30_000);
    },
  },
  {
    key: 'baselines.gradientBoosting.maxSamples',
    get: ({ baselines }) => (baselines.gradientBoosting === false ? false : baselines.gradientBoosting.maxSamples),
    set: ({ baselines: { gradientBoosting } }) => {
      if (gradientBoosting === false) return;
      gradientBoosting.maxSamples = Math.min(gradientBoosting.maxSamples ?? 30_000, 30_000);
    },
  },
  {
    key: 'baselines.svm.maxSamples',
    get: ({ baselines }) => (baselines.svm === false ? false : baselines.svm.maxSamples),
    set: ({ baselines: { svm } }) => {
      if (svm !== false) svm.maxSamples = Math.min(svm.maxSamples ?? 10_000, 10_000);
    },
  },
  {
    key: 'placebos.randomPortfolios',
    get: (config) => config.placebos.randomPortfolios,
    set: (config) => {
      config.placebos.randomPortfolios = Math.min(config.placebos.randomPortfolios, 5);
    },
  },
  {
    key: 'explain.permutation',
    get: ({ explain }) => (explain.permutation === null ? 'off' : 'on'),
    set: ({ explain }) => {
      explain.permutation = null;
    },
  },
];

const show = (value: unknown) => (value === null ? 'all' : String(value));

/** Applies the preset `quick` to a copy where the configuration names it, and lists what it changed. */
export function applyPreset(config: ExperimentConfig): { config: ExperimentConfig; reductions: readonly Reduction[] } {
  const copy = structuredClone(config);
  if (![copy.preset].flat().includes('quick')) return { config: copy, reductions: [] };
  const reductions: Reduction[] = [];
  for (const override of QUICK) {
    const from = show(override.get(copy));
    override.set(copy);
    const to = show(override.get(copy));
    if (from !== to) reductions.push({ key: override.key, from, to });
  }
  return { config: copy, reductions };
}
