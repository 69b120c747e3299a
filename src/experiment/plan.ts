import { DEFAULT_LOGISTIC, fitLogistic, fitRidge, summarise } from '../baselines/index.js';
import { openMarketStore } from '../market/index.js';
import { planUpdates, predict, type SampleSet, spanOf, train } from '../training/index.js';
import { formatDay, silentProgress, systemClock } from '../util/index.js';
import type { LoadedConfig } from './config/load.js';
import { applyPreset, type Reduction } from './config/presets.js';
import type { ExperimentConfig } from './config/schema.js';
import { checkNetwork, metadataOf, trainableModel, trainingOptionsOf } from './pipeline/network.js';
import { type Prepared, prepare } from './pipeline/prepare.js';
import { fitTargetScale, type TargetScale } from './pipeline/target-scale.js';
import { createStepTimes, peakMemoryBytes, type Services } from './services.js';

/** What a run would do: exact counts, and an estimate of its time and memory measured on this machine. */
export interface ExperimentPlan {
  readonly name: string;
  readonly store: { readonly path: string; readonly title: string; readonly contentHash: string };
  readonly universe: string;
  readonly features: { readonly count: number; readonly names: readonly string[] };
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly window: number;
  /** Trainings of the protocol; samples are those of the first. */
  readonly folds: number;
  readonly splits: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly sessions: number;
    readonly purgedSessions: number;
    readonly samples: number;
    /** Share of each class of the label, in the order buy, hold, sell; null where the plan must not look. */
    readonly classShares: Readonly<Record<string, number>> | null;
    /** Of a label that is a number; null where it has classes, or the plan must not look. */
    readonly target: { readonly mean: number; readonly deviation: number } | null;
  }[];
  readonly model: { readonly name: string; readonly parameters: number };
  readonly training: { readonly samplesPerEpoch: number; readonly maxEpochs: number; readonly patience: number };
  readonly reductions: readonly Reduction[];
  readonly estimate: {
    readonly trainingSamplesPerSecond: number;
    readonly secondsPerEpoch: number;
    /** From stopping as early as patience allows to `maxEpochs`; the placebo's training and all else included. */
    readonly seconds: readonly [least: number, most: number];
    readonly peakMemoryBytes: number;
  };
}

/** Batches trained to measure the machine: a second or two. */
const TRIAL_BATCHES = 60;
const TRIAL_ROWS = 4096;
const TRIAL_LINEAR_ROWS = 20_000;
/** ONNX Runtime's arena and weights in one worker, seen on the paper's network. */
const WORKER_BYTES = 160 * 2 ** 20;

/** Does everything up to training, then trains a moment to measure the machine. Opens no test label. */
export async function planExperiment(loaded: LoadedConfig, services: Services): Promise<ExperimentPlan> {
  const { config, reductions } = applyPreset(loaded.config);
  checkNetwork(config);
  const store = await openMarketStore(loaded.storePath);
  const times = createStepTimes();
  const prepared = await prepare(config, store, services, times);
  const preparation = times.steps.reduce((sum, { seconds }) => sum + seconds, 0);
  const task = services.progress.start('Measuring this machine');
  const speed = await measureSpeed(prepared, config, services.signal);
  task.end();
  const { data, testRows } = prepared;
  const samplesPerEpoch = Math.min(config.training.samplesPerEpoch ?? data.train.rows.length, data.train.rows.length);
  const epoch = samplesPerEpoch / speed.trainingRate + data.validation.rows.length / speed.predictionRate;
  const { maxEpochs, patience } = config.training;
  const shuffled = config.placebos.shuffledLabels;
  const networks = config.ensemble?.members ?? 1;
  const leastEpochs = Math.min(maxEpochs, 1 + patience) * networks + (shuffled ? 1 : 0);
  const mostEpochs = maxEpochs * (networks + (shuffled ? 1 : 0));
  const folds = prepared.folds.length;
  const eachFold = speed.linearSeconds + (3 * testRows.length) / speed.predictionRate;
  const rest = preparation + folds * (eachFold + networks * onlineSeconds(prepared, config, speed));
  return {
    name: config.name,
    store: { path: store.dir, title: store.manifest.title, contentHash: store.manifest.contentHash },
    universe: `members of ${config.market.index} on each day, ${prepared.bars.symbols.length} stocks over time`,
    features: { count: data.features, names: prepared.panel.columns.map(({ name }) => name) },
    leftOut: prepared.omitted,
    window: data.window,
    folds,
    splits: [
      planned(prepared, 'train', data.train),
      planned(prepared, 'validate', data.validation),
      planned(prepared, 'test', { rows: testRows, classes: null }),
    ],
    model: { name: config.model.name, parameters: speed.parameters },
    training: { samplesPerEpoch, maxEpochs, patience },
    reductions,
    estimate: {
      trainingSamplesPerSecond: speed.trainingRate,
      secondsPerEpoch: epoch,
      seconds: [rest + folds * leastEpochs * epoch, rest + folds * mostEpochs * epoch],
      peakMemoryBytes: peakMemoryBytes() + config.training.workers * WORKER_BYTES + linearBytes(prepared, config),
    },
  };
}

/** Time of one network's updates within a test, each with a validation and three forecasts of the test in all. */
function onlineSeconds(
  { bars, fold, labels, data, testRows }: Prepared,
  { online }: ExperimentConfig,
  speed: Speed,
): number {
  if (online === null) return 0;
  const { every, epochs, replayShare } = online;
  const updates = planUpdates(bars.dates, fold, every, labels.reachDays).reduce(
    (n, chain) => n + chain.updates.length,
    0,
  );
  const learnt = (epochs * testRows.length) / (1 - replayShare);
  const forecast = 3 * testRows.length + updates * epochs * data.validation.rows.length;
  return learnt / speed.trainingRate + forecast / speed.predictionRate;
}

function planned(
  { fold, bars, labels, target }: Prepared,
  name: 'train' | 'validate' | 'test',
  {
    rows,
    classes,
    targets,
  }: { readonly rows: Int32Array; readonly classes: Uint8Array | null; readonly targets?: Float32Array },
): ExperimentPlan['splits'][number] {
  const { first, last } = name === 'validate' ? fold.validate : spanOf(fold[name]);
  return {
    name,
    from: formatDay(bars.dates[first]),
    to: formatDay(bars.dates[last]),
    sessions: last - first + 1,
    purgedSessions: name === 'test' ? 0 : fold.purged[name],
    samples: rows.length,
    target: target && targets ? spreadOf(targets, target) : null,
    classShares:
      target !== null || classes === null
        ? null
        : Object.fromEntries(
            labels.classNames.map((name, k) => [
              name,
              classes.reduce((n, c) => n + (c === k ? 1 : 0), 0) / rows.length,
            ]),
          ),
  };
}

/** In the units of the label. */
function spreadOf(targets: Float32Array, { mean, std }: TargetScale): { mean: number; deviation: number } {
  const own = fitTargetScale(targets);
  return { mean: mean + std * own.mean, deviation: std * own.std };
}

interface Speed {
  readonly parameters: number;
  readonly trainingRate: number;
  readonly predictionRate: number;
  readonly linearSeconds: number;
}

const head = ({ rows, classes, targets, maxShift }: SampleSet, count: number): SampleSet => ({
  rows: rows.slice(0, count),
  classes: classes.slice(0, count),
  ...(targets && { targets: targets.slice(0, count) }),
  maxShift: maxShift?.slice(0, count),
});

/** Trains, predicts and fits a moment. */
export async function measureSpeed(prepared: Prepared, config: ExperimentConfig, signal?: AbortSignal): Promise<Speed> {
  const { data, testRows } = prepared;
  const quiet = { progress: silentProgress, signal };
  const model = trainableModel(config, data, metadataOf(prepared, config));
  const options = trainingOptionsOf(config);
  const samples = Math.min(TRIAL_BATCHES * options.batchSize, data.train.rows.length);
  const trial = { ...data, train: head(data.train, samples), validation: head(data.validation, 1) };
  const trained = await train(model, trial, { ...options, maxEpochs: 1, samplesPerEpoch: null }, quiet);
  const [{ samples: trainedSamples, seconds }] = trained.history;

  const rows = testRows.slice(0, TRIAL_ROWS);
  const onnx = model.inference(trained.params, trained.state);
  const began = systemClock.seconds();
  await predict(onnx, data, rows, { workers: options.workers, ...quiet });
  const predictionRate = rows.length / (systemClock.seconds() - began);
  return {
    parameters: model.program.paramCount,
    trainingRate: trainedSamples / seconds,
    predictionRate,
    linearSeconds: await linearSeconds(prepared, config, signal),
  };
}

/** Of the linear baseline that the label has. */
function linearSamples({ data, target }: Prepared, config: ExperimentConfig): number {
  const { logisticRegression, ridgeRegression } = config.baselines;
  const linear = target === null ? logisticRegression : ridgeRegression;
  if (linear === false) return 0;
  return Math.min(linear.maxSamples ?? data.train.rows.length, data.train.rows.length);
}

function linearBytes(prepared: Prepared, config: ExperimentConfig): number {
  return linearSamples(prepared, config) * prepared.data.features * 4 * Float32Array.BYTES_PER_ELEMENT;
}

/** Time of a full fit, from a few iterations on a part: both scale it in proportion. The normal equations take one pass. */
async function linearSeconds(prepared: Prepared, config: ExperimentConfig, signal?: AbortSignal): Promise<number> {
  const { logisticRegression, ridgeRegression } = config.baselines;
  const { values, features, window, classes, train: all } = prepared.data;
  const part = head(all, Math.min(TRIAL_LINEAR_ROWS, all.rows.length));
  const whole = linearSamples(prepared, config) / part.rows.length;
  const began = systemClock.seconds();
  if (part.targets) {
    if (ridgeRegression === false) return 0;
    await fitRidge(summarise(values, features, window, part.rows), part.targets, ridgeRegression, { signal });
    return (systemClock.seconds() - began) * whole;
  }
  if (logisticRegression === false) return 0;
  const iterations = 3;
  const design = summarise(values, features, window, part.rows);
  const options = { ...DEFAULT_LOGISTIC, c: logisticRegression.c, maxIterations: iterations };
  await fitLogistic(design, part.classes, classes, options, config.training.workers, { signal });
  return ((systemClock.seconds() - began) / iterations) * logisticRegression.maxIterations * whole;
}
