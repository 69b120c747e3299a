import { formatCount } from '../../util/index.js';

/** How much the baselines that are no networks see, and grow. */
export interface BaselineBudget {
  /** Training samples; null is all of them. */
  readonly maxSamples: number | null;
  /** Of the forest, and rounds of boosting. */
  readonly trees: number;
  readonly svmSamples: number;
}

/** How much of the paper's work is done; what is cut is printed beside the tables. */
export interface PaperBudget {
  /** Training samples an epoch; null is all of them. */
  readonly samplesPerEpoch: number | null;
  /** Validation samples after each; null is all of them. */
  readonly validationSamples: number | null;
  readonly maxEpochs: number;
  readonly patience: number;
  /** Candidates of the hyper-parameter search; 0 takes the paper's own optimum. */
  readonly trials: number;
  /** Share of the days before the test that the search sees, the latest. */
  readonly searchDays: number;
  /** Sessions between updates of the network that learns on (step of its walk forward), or once a month. */
  readonly updateEvery: 'month' | number;
  /** Networks of the ensemble. */
  readonly members: number;
  readonly randomPortfolios: number;
  readonly baselines: BaselineBudget;
}

/** Of the support vector machine: by Fourier features, whose number rather than the samples' limits what it can learn. */
const SVM_SAMPLES = 100_000;

/** All of it, as the paper has it. */
const FULL: PaperBudget = {
  samplesPerEpoch: null,
  validationSamples: null,
  maxEpochs: 200,
  patience: 10,
  trials: 100,
  searchDays: 1,
  updateEvery: 'month',
  members: 5,
  randomPortfolios: 20,
  baselines: baselines(null, 300),
};

/** From the least to the whole; a budget takes the last that it has the time for. */
const LEVELS: readonly PaperBudget[] = [
  {
    ...FULL,
    samplesPerEpoch: 30_000,
    validationSamples: 10_000,
    maxEpochs: 2,
    patience: 2,
    trials: 0,
    updateEvery: 242,
    members: 2,
    randomPortfolios: 5,
    baselines: baselines(30_000, 50),
  },
  {
    ...FULL,
    samplesPerEpoch: 60_000,
    validationSamples: 10_000,
    maxEpochs: 5,
    patience: 2,
    trials: 4,
    searchDays: 0.4,
    members: 2,
    baselines: baselines(60_000, 100),
  },
  {
    ...FULL,
    samplesPerEpoch: 90_000,
    validationSamples: 15_000,
    maxEpochs: 6,
    patience: 2,
    trials: 6,
    searchDays: 0.5,
    members: 3,
    baselines: baselines(90_000, 100),
  },
  {
    ...FULL,
    samplesPerEpoch: 120_000,
    validationSamples: 20_000,
    maxEpochs: 8,
    patience: 3,
    trials: 8,
    searchDays: 0.5,
    members: 3,
    baselines: baselines(120_000, 100),
  },
  {
    ...FULL,
    samplesPerEpoch: 250_000,
    validationSamples: 40_000,
    maxEpochs: 12,
    patience: 3,
    trials: 12,
    searchDays: 0.6,
    members: 3,
    baselines: baselines(250_000, 200),
  },
  { ...FULL, maxEpochs: 15, patience: 4, trials: 16, searchDays: 0.8, members: 3 },
  { ...FULL, maxEpochs: 40, patience: 6, trials: 30 },
  FULL,
];

function baselines(maxSamples: number | null, trees: number): BaselineBudget {
  return { maxSamples, trees, svmSamples: Math.min(maxSamples ?? SVM_SAMPLES, SVM_SAMPLES) };
}

/** What the machine does, measured, and what there is to do. */
export interface PaperWork {
  /** Training, validation and test samples of the original experiment. */
  readonly samples: number;
  readonly validation: number;
  readonly test: number;
  /** The original network's, a second. */
  readonly samplesPerSecond: number;
  /** Reading, features, back-tests and reports of one experiment. */
  readonly secondsBeside: number;
}

/** Cost of a training sample against the original network's, measured on the paper's windows of 20 × 86. */
const COST = {
  cnn: 0.6,
  /** Without pooling before it: four times the steps. */
  lstm: 3.5,
  optimised: 3,
  /** A second pass for the adversarial example. */
  adversarial: 2,
  /** Of a sample that is only predicted. */
  prediction: 0.27,
  logisticRegression: 1,
  svm: 2.4,
  /** Forest and boosting, by tree. */
  tree: 0.03,
} as const;
/** Folds of a candidate, many of which are stopped early; its networks, larger on average, see adversarial examples too. */
const SEARCH_PASSES = 2;
const CANDIDATE_COST = 1.5 * COST.adversarial;
/** Half of an update's samples are replayed. */
const REPLAYED = 2;
const SESSIONS_OF_TEST = 484;
const MONTH = 21;

/** Seconds that the whole of a budget takes, if early stopping comes `patience` epochs after the third. */
export function secondsOf(budget: PaperBudget, work: PaperWork): number {
  const atMost = (limit: number | null, all: number) => Math.min(limit ?? all, all);
  const validation = COST.prediction * atMost(budget.validationSamples, work.validation);
  const epoch = atMost(budget.samplesPerEpoch, work.samples) + validation;
  const epochs = Math.min(budget.maxEpochs, budget.patience + 3);
  const member = COST.optimised * COST.adversarial;
  const trainings =
    2 + // original, and its shuffled-label placebo
    COST.cnn +
    COST.lstm +
    COST.optimised + // structural
    COST.adversarial + // hyper-parameter
    member * budget.members + // comprehensive
    1 + // as written
    budget.trials * SEARCH_PASSES * CANDIDATE_COST;
  const every = budget.updateEvery === 'month' ? MONTH : budget.updateEvery;
  const updates = Math.floor((SESSIONS_OF_TEST - 1) / every);
  const learnt = REPLAYED * work.test * ((updates * every) / SESSIONS_OF_TEST);
  const learning = budget.members * (member * learnt + updates * COST.optimised * validation);
  const { maxSamples, trees, svmSamples } = budget.baselines;
  const drawn = atMost(maxSamples, work.samples);
  const baselines =
    (COST.logisticRegression + 2 * trees * COST.tree) * drawn + COST.svm * Math.min(svmSamples, work.samples);
  return (epoch * epochs * trainings + learning + baselines) / work.samplesPerSecond + EXPERIMENTS * work.secondsBeside;
}
const EXPERIMENTS = 5;

export interface ChosenBudget {
  readonly budget: PaperBudget;
  readonly seconds: number;
  /** What is less than the paper's, in words. */
  readonly reductions: readonly string[];
}

/** The most that fits into the hours; the least of all where not even that does, which the estimate then shows. */
export function fitBudget(hours: number | 'quick', work: PaperWork): ChosenBudget {
  const fitting = hours === 'quick' ? [] : LEVELS.filter((level) => secondsOf(level, work) <= hours * 3600);
  const budget = fitting.at(-1) ?? LEVELS[0];
  return { budget, seconds: secondsOf(budget, work), reductions: reductionsOf(budget, work) };
}

function reductionsOf(budget: PaperBudget, { samples }: PaperWork): string[] {
  const lines: string[] = [];
  const cut = (name: string, value: number, full: number) => {
    if (value < full) lines.push(`${name}: ${formatCount(value)} instead of ${formatCount(full)}.`);
  };
  cut('Training samples an epoch', Math.min(budget.samplesPerEpoch ?? samples, samples), samples);
  if (budget.validationSamples !== null) {
    lines.push(`Validation samples after an epoch: at most ${formatCount(budget.validationSamples)} instead of all.`);
  }
  cut('Epochs at most', budget.maxEpochs, FULL.maxEpochs);
  cut('Epochs without a better one before stopping', budget.patience, FULL.patience);
  if (budget.trials === 0) lines.push('Hyper-parameters: the paper’s own optimum, no search.');
  else {
    cut('Candidates of the search', budget.trials, FULL.trials);
    if (budget.searchDays < 1) {
      lines.push(`Days of the search: the last ${Math.round(budget.searchDays * 100)} % of those before the test.`);
    }
  }
  if (budget.updateEvery !== FULL.updateEvery) {
    lines.push(`Updates of the network that learns on: every ${budget.updateEvery} sessions instead of every month.`);
  }
  cut('Networks of the ensemble', budget.members, FULL.members);
  cut(
    'Training samples of baselines that are no networks',
    Math.min(budget.baselines.maxSamples ?? samples, samples),
    samples,
  );
  cut('Trees of the forest, rounds of boosting', budget.baselines.trees, FULL.baselines.trees);
  cut('Random portfolios', budget.randomPortfolios, FULL.randomPortfolios);
  return lines;
}
