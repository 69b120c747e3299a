import {
  type BinnedSamples,
  binSamples,
  DEFAULT_BOOSTING,
  DEFAULT_FOREST,
  DEFAULT_LOGISTIC,
  DEFAULT_SVM,
  fitBoosting,
  fitForest,
  fitLogistic,
  fitRidge,
  fitSvm,
  SUMMARY_STATISTICS,
  type SummarisedWindows,
  summarise,
} from '../../baselines/index.js';
import { silentProgress, systemClock } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Prepared } from '../pipeline/prepare.js';
import { type Cost, cost, secondsOf, timesLonger } from './cost.js';
import { head } from './measure-network.js';

/** Samples of the trials: a second or two each. */
const TRIAL = { linear: 20_000, trees: 12_000, svm: 2000, exact: 800 };
const TRIAL_ITERATIONS = 3;
/** Gradient, hessian and count of one of 256 bins, in double precision and whole numbers. */
const BYTES_OF_BIN = 256 * 16;

type Baselines = ExperimentConfig['baselines'];
type Options<K extends keyof Baselines> = Exclude<Baselines[K], false>;

/** What a baseline is fitted on: a part of the first fold's samples, and how many there will be. */
interface Trial {
  readonly part: ReturnType<typeof head>;
  readonly source: SummarisedWindows;
  /** Columns of a sample. */
  readonly width: number;
  /** Samples of the whole fit. */
  readonly samples: number;
  readonly validation: number;
  readonly classes: number;
  readonly workers: number;
  readonly hooks: { readonly signal?: AbortSignal; readonly progress: typeof silentProgress };
}

/**
 * Time and memory of each baseline that is no network, from a moment's fit of it on a part of the training samples. Linear
 * models, histograms and Fourier features take time in proportion to the samples, trees n log n, an exact kernel n².
 */
export async function measureBaselines(
  prepared: Prepared,
  config: ExperimentConfig,
  signal?: AbortSignal,
): Promise<Cost[]> {
  const { data } = prepared;
  const { values, features, window, train, validation, classes } = data;
  const trialOf = (limit: number, { maxSamples }: { readonly maxSamples: number | null }): Trial => {
    const samples = Math.min(maxSamples ?? train.rows.length, train.rows.length);
    const part = head(train, Math.min(limit, samples));
    return {
      part,
      source: { values, features, window, rows: part.rows },
      width: features * SUMMARY_STATISTICS.length,
      samples,
      validation: validation.rows.length,
      classes,
      workers: config.training.workers,
      hooks: { signal, progress: silentProgress },
    };
  };
  const { logisticRegression, ridgeRegression, randomForest, gradientBoosting, svm } = config.baselines;
  if (prepared.target !== null) {
    if (ridgeRegression === false) return [];
    return [await measureRidge(ridgeRegression, trialOf(TRIAL.linear, ridgeRegression))];
  }
  const found: Cost[] = [];
  if (logisticRegression !== false) {
    found.push(await measureLogistic(logisticRegression, trialOf(TRIAL.linear, logisticRegression)));
  }
  if (randomForest !== false) found.push(await measureForest(randomForest, trialOf(TRIAL.trees, randomForest)));
  if (gradientBoosting !== false) {
    found.push(await measureBoosting(gradientBoosting, trialOf(TRIAL.trees, gradientBoosting)));
  }
  if (svm !== false) {
    const { samples } = trialOf(1, svm);
    found.push(await measureSvm(svm, trialOf(isExact(svm, samples) ? TRIAL.exact : TRIAL.svm, svm)));
  }
  return found;
}

const designBytes = ({ samples, width }: Trial) => samples * width * Float32Array.BYTES_PER_ELEMENT;
const designOf = ({ source: { values, features, window, rows } }: Trial) => summarise(values, features, window, rows);

async function measureRidge({ alpha }: Options<'ridgeRegression'>, trial: Trial): Promise<Cost> {
  const { part, samples, hooks } = trial;
  const taken = await secondsOf(() => fitRidge(designOf(trial), part.targets ?? new Float32Array(), { alpha }, hooks));
  return cost('baseline', 'ridge', (taken * samples) / part.rows.length, undefined, designBytes(trial));
}

async function measureLogistic(options: Options<'logisticRegression'>, trial: Trial): Promise<Cost> {
  const { part, samples, classes, workers, hooks } = trial;
  const design = designOf(trial);
  const { start, iteration } = await iterated((maxIterations) => {
    const settings = { ...DEFAULT_LOGISTIC, c: options.c, maxIterations };
    return fitLogistic(design, part.classes, classes, settings, workers, hooks);
  });
  const longer = samples / part.rows.length;
  const after = (share: number) => longer * (start + share * options.maxIterations * iteration);
  return cost('baseline', 'logistic', after(EARLY), after(1), designBytes(trial));
}

/** Of a first iteration's time that is at least its own: small samples are measured with the start of threads around them. */
const LEAST_SHARE = 0.1;

/** Seconds of a fit's first iteration with all that starts it, and of each after. */
async function iterated(
  fitFor: (iterations: number) => Promise<unknown>,
): Promise<{ start: number; iteration: number }> {
  const start = await secondsOf(() => fitFor(1));
  const more = await secondsOf(() => fitFor(1 + TRIAL_ITERATIONS));
  return { start, iteration: Math.max(0, more - start) / TRIAL_ITERATIONS };
}

/** Share of the iterations allowed after which what stops by itself may be done. */
const EARLY = 0.2;

const binBytes = ({ samples, validation, width }: Trial) => (samples + validation) * width;

async function binned({ source, workers, hooks }: Trial): Promise<{ bins: BinnedSamples; taken: number }> {
  const began = systemClock.seconds();
  const bins = await binSamples(source, workers, hooks);
  return { bins, taken: systemClock.seconds() - began };
}

async function measureForest(options: Options<'randomForest'>, trial: Trial): Promise<Cost> {
  const { part, samples, classes, workers, hooks } = trial;
  const { maxSamples: _drawnBefore, ...growth } = options;
  const { bins, taken: binning } = await binned(trial);
  // A tree on each thread is a round; one alone is mostly the start of the threads.
  const { start, iteration } = await iterated((rounds) =>
    fitForest(bins, part.classes, classes, { ...DEFAULT_FOREST, ...growth, trees: rounds * workers }, workers, hooks),
  );
  const round = Math.max(iteration, LEAST_SHARE * start) * timesLonger(samples, part.rows.length);
  const whole = (binning * samples) / part.rows.length + start + round * Math.ceil(options.trees / workers);
  // Each thread has its draw of the samples and their order.
  const bytes = binBytes({ ...trial, validation: 0 }) + workers * samples * 2 * Int32Array.BYTES_PER_ELEMENT;
  return cost('baseline', 'random-forest', whole, whole, bytes);
}

async function measureBoosting(options: Options<'gradientBoosting'>, trial: Trial): Promise<Cost> {
  const { part, samples, validation, width, classes, workers, hooks } = trial;
  const { maxSamples: _drawnBefore, ...growth } = options;
  const { bins, taken: binning } = await binned(trial);
  const labelled = { binned: bins, labels: part.classes };
  const { start, iteration } = await iterated((iterations) => {
    const settings = { ...DEFAULT_BOOSTING, ...growth, iterations, patience: null };
    return fitBoosting(labelled, null, classes, settings, workers, hooks);
  });
  const fitted = samples / part.rows.length;
  const longer = (samples + validation) / part.rows.length;
  const after = (iterations: number) => binning * longer + (start + (iterations - 1) * iteration) * fitted;
  const least = options.patience === null ? options.iterations : Math.min(options.iterations, options.patience + 1);
  const outputs = classes === 2 ? 1 : classes;
  // Scores in double, two derivatives in single precision; a thread keeps the histograms of the leaves it may still split.
  const histograms = Math.min(workers, outputs) * options.maxLeaves * width * options.columnShare * BYTES_OF_BIN;
  const bytes = binBytes(trial) + outputs * (16 * samples + 8 * validation) + histograms;
  return cost('baseline', 'gradient-boosting', after(least), after(options.iterations), bytes);
}

const isExact = ({ kernel, exactUpTo }: Options<'svm'>, samples: number) => kernel === 'rbf' && samples <= exactUpTo;

async function measureSvm(options: Options<'svm'>, trial: Trial): Promise<Cost> {
  const { part, source, samples, width, classes, workers, hooks } = trial;
  const { maxSamples: _drawnBefore, ...settings } = options;
  const labelled = { source, labels: part.classes };
  const exact = isExact(options, samples);
  const fitFor = (maxIterations: number) =>
    fitSvm(
      labelled,
      labelled,
      classes,
      { ...DEFAULT_SVM, ...settings, exactUpTo: exact ? options.exactUpTo : 0, maxIterations },
      workers,
      hooks,
    );
  const longer = samples / part.rows.length;
  if (exact) {
    const whole = (await secondsOf(() => fitFor(options.maxIterations))) * longer ** 2;
    const kernelBytes = samples * samples * Float32Array.BYTES_PER_ELEMENT;
    return cost('baseline', 'svm', whole, whole, designBytes(trial) + kernelBytes);
  }
  const { start, iteration } = await iterated(fitFor);
  const after = (share: number) => (start + share * options.maxIterations * iteration) * longer;
  const size = options.kernel === 'linear' ? width : options.components;
  const bytes = designBytes(trial) + samples * size * Float32Array.BYTES_PER_ELEMENT;
  return cost('baseline', 'svm', after(EARLY), after(1), bytes);
}
