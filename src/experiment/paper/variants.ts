import { CandlenetError, formatDay } from '../../util/index.js';
import { parseConfig } from '../config/load.js';
import { PAPER_PERIODS } from '../config/paper-preset.js';
import type { ExperimentConfig, ExperimentInput } from '../config/schema.js';
import type { PaperBudget } from './budget.js';
import type { Variant } from './published.js';

/** An experiment of the paper: a column of Table 3, or the original with its leaks. */
export type PaperExperiment = Variant | 'as-written';

/** What hyper-parameters the search may move, and between which values: those the paper names. */
export interface Hyperparameters {
  readonly learningRate: number;
  readonly filters: readonly [number, number];
  readonly hidden: number;
  readonly dropout: number;
}

/** The paper's own optimum (4.2), which stands where no search is run. */
export const PUBLISHED_OPTIMUM: Hyperparameters = {
  learningRate: 0.001,
  filters: [96, 192],
  hidden: 384,
  dropout: 0.3,
};

/** "All regularisers" of section 4.2, as far as they are training's: label smoothing, mixup, FGSM examples, class weights. */
const REGULARISERS = {
  labelSmoothing: 0.1,
  mixup: { alpha: 0.2 },
  adversarial: { epsilon: 0.02, weight: 0.5 },
  classWeights: 'balanced',
} as const;

export interface PaperMarket {
  readonly index: string;
  readonly split: Extract<ExperimentInput['split'], { train: [string, string] }>;
  /** Held at a time. */
  readonly names: number;
  readonly seed: number;
  readonly workers: number;
}

/**
 * The configuration of an experiment of the paper, as the preset has it and the budget cuts it.
 * - original: section 3.2, with every baseline of Table 2;
 * - structural: the network of section 4.2;
 * - hyper-parameter: the network of 3.2 with searched hyper-parameters, cosine decay, batches of 96 and all regularisers;
 * - comprehensive: both, with an ensemble, monthly updates and risk control.
 */
export function configOf(
  experiment: PaperExperiment,
  market: PaperMarket,
  budget: PaperBudget,
  found: Hyperparameters = PUBLISHED_OPTIMUM,
): ExperimentConfig {
  const training = {
    seed: market.seed,
    workers: market.workers,
    samplesPerEpoch: budget.samplesPerEpoch,
    validationSamples: budget.validationSamples,
    maxEpochs: budget.maxEpochs,
    patience: budget.patience,
  };
  const tuned = {
    ...training,
    learningRate: found.learningRate,
    batchSize: 96,
    schedule: { kind: 'cosine', finalRate: 0 },
    ...REGULARISERS,
  } as const;
  const optimised = { name: 'cnn-lstm-optimised' } as const;
  const alone = {
    baselines: { logisticRegression: false as const },
    placebos: { shuffledLabels: false, majorityClass: true, randomPortfolios: 0 },
  };
  const common = {
    name: `paper-${experiment}`,
    preset: experiment === 'as-written' ? 'paper-as-written' : 'paper',
    market: { store: 'store', index: market.index },
    split: market.split,
    portfolio: { k: market.names },
  } as const;
  const input = {
    original: {
      ...common,
      training,
      baselines: baselinesOf(budget.baselines),
      placebos: { randomPortfolios: budget.randomPortfolios },
    },
    structural: { ...common, ...alone, model: optimised, training },
    'hyper-parameter': {
      ...common,
      ...alone,
      model: { filters: [...found.filters], hidden: found.hidden, dropout: found.dropout },
      training: tuned,
    },
    comprehensive: {
      ...common,
      ...alone,
      model: { ...optimised, dropout: found.dropout },
      training: tuned,
      risk: { stopLoss: {}, marketState: {}, correlation: { exposure: 0.7 } },
      ensemble: { members: budget.members },
      online: { every: budget.updateEvery },
    },
    'as-written': { ...common, ...alone, training },
  }[experiment];
  return parseConfig(input, `the paper’s ${experiment} experiment`);
}

/** Every model of Table 2, and boosting, which it lacks. */
function baselinesOf({ maxSamples, trees, svmSamples }: PaperBudget['baselines']): ExperimentInput['baselines'] {
  return {
    logisticRegression: { maxSamples },
    randomForest: { maxSamples, trees },
    gradientBoosting: { maxSamples, iterations: trees },
    svm: { maxSamples: svmSamples },
    cnn: {},
    lstm: {},
  };
}

/** The last `share` of the days before the test, which the search sees. */
export function searchSpan(calendar: Int32Array, { test }: PaperMarket['split'], share: number): [string, string] {
  const before = calendar.filter((day) => formatDay(day) < test[0]);
  return [formatDay(before[Math.floor(before.length * (1 - share))]), formatDay(before[before.length - 1])];
}

/**
 * The paper's periods where the store spans them; else the same shares of what it spans, which is said.
 * @throws CONFIG_INVALID for a store too short to be split
 */
export function splitOf(calendar: Int32Array): {
  readonly split: PaperMarket['split'];
  readonly reduction: string | null;
} {
  const day = (index: number) => formatDay(calendar[index]);
  const last = calendar.length - 1;
  const spans = calendar.length > 0 && day(0) <= '2010-01-08' && day(last) >= '2023-12-25';
  if (spans) return { split: PAPER_PERIODS, reduction: null };
  if (calendar.length < 300) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `store: found ${calendar.length} sessions, expected 300 or more to train, validate and test`,
    );
  }
  // 2,675 of 3,401 sessions train in the paper, 243 validate and 484 test.
  const [train, validate] = [0.787, 0.858].map((share) => Math.floor(share * calendar.length));
  const period = (from: number, to: number): [string, string] => [day(from), day(to)];
  const split = {
    kind: 'static' as const,
    train: period(0, train - 1),
    validate: period(train, validate - 1),
    test: period(validate, last),
  };
  return {
    split,
    reduction: `The store spans ${day(0)} … ${day(last)}, not the paper’s 2010 … 2023: training, validation and test are the same shares of it.`,
  };
}
