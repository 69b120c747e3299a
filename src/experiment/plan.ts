import { openMarketStore } from '../market/index.js';
import { spanOf } from '../training/index.js';
import { formatDay } from '../util/index.js';
import type { LoadedConfig } from './config/load.js';
import { applyPreset, type Reduction } from './config/presets.js';
import type { ExperimentConfig } from './config/schema.js';
import { checkNetwork } from './pipeline/network.js';
import { type Prepared, prepare } from './pipeline/prepare.js';
import { fitTargetScale, type TargetScale } from './pipeline/target-scale.js';
import { backtestCosts } from './plan/backtest-costs.js';
import { type Cost, cost } from './plan/cost.js';
import { explanationCosts } from './plan/explanation-costs.js';
import { measureBaselines } from './plan/measure-baselines.js';
import { measureNetwork, type NetworkSpeed } from './plan/measure-network.js';
import { placeboCost, refitsCost, secondsOfEpoch, trainingCost, updatesCost } from './plan/training-costs.js';
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
    /**
     * From stopping as early as patience allows to `maxEpochs`. Measures, the report and the files, which take seconds, are
     * not in it.
     */
    readonly seconds: readonly [least: number, most: number];
    /** What they are made of, in the order of a run. */
    readonly parts: readonly Cost[];
    readonly peakMemoryBytes: number;
  };
}

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
  const speed = await measureNetwork(prepared, config, services.signal);
  const parts = [
    cost('preparation', 'reading, features and samples', preparation),
    ...(await measuredParts(prepared, config, speed, preparation, services)),
  ];
  task.end();
  const { data, testRows, folds } = prepared;
  const all = data.train.rows.length;
  const { samplesPerEpoch, maxEpochs, patience } = config.training;
  const total = (k: 0 | 1) => parts.reduce((sum, { seconds }) => sum + seconds[k], 0);
  return {
    name: config.name,
    store: { path: store.dir, title: store.manifest.title, contentHash: store.manifest.contentHash },
    universe: `members of ${config.market.index} on each day, ${prepared.bars.symbols.length} stocks over time`,
    features: { count: data.features, names: prepared.panel.columns.map(({ name }) => name) },
    leftOut: prepared.omitted,
    window: data.window,
    folds: folds.length,
    splits: [
      planned(prepared, 'train', data.train),
      planned(prepared, 'validate', data.validation),
      planned(prepared, 'test', { rows: testRows, classes: null }),
    ],
    model: { name: config.model.name, parameters: speed.parameters },
    training: { samplesPerEpoch: Math.min(samplesPerEpoch ?? all, all), maxEpochs, patience },
    reductions,
    estimate: {
      trainingSamplesPerSecond: speed.trainingRate,
      secondsPerEpoch: secondsOfEpoch(prepared, samplesPerEpoch, speed),
      seconds: [total(0), total(1)],
      parts,
      // One after the other: the largest of them counts.
      peakMemoryBytes:
        peakMemoryBytes() + config.training.workers * WORKER_BYTES + Math.max(...parts.map(({ bytes }) => bytes)),
    },
  };
}

/** Everything after the samples are made: trainings, baselines, explanations, back-tests. */
async function measuredParts(
  prepared: Prepared,
  config: ExperimentConfig,
  speed: NetworkSpeed,
  preparation: number,
  { signal }: Services,
): Promise<Cost[]> {
  const networks = config.ensemble?.members ?? 1;
  const trainings = Array.from({ length: networks }, (_, m) =>
    trainingCost(networks === 1 ? 'the network' : `network ${m + 1}`, prepared, config, speed),
  );
  const peers: Cost[] = [];
  for (const name of ['cnn', 'lstm'] as const) {
    const model = config.baselines[name];
    if (model === false) continue;
    const own = { ...config, model };
    peers.push(trainingCost(name, prepared, own, await measureNetwork(prepared, own, signal, PEER_BATCHES)));
  }
  const baselines = (await measureBaselines(prepared, config, signal)).map((one) => overFolds(one, prepared));
  const shuffled = config.placebos.shuffledLabels ? [placeboCost(prepared, config, speed)] : [];
  const models = 1 + peers.length + baselines.length + shuffled.length;
  return [
    ...trainings,
    ...updatesCost(prepared, config, speed),
    ...baselines,
    ...peers,
    ...shuffled,
    ...explanationCosts(prepared, config, speed),
    ...backtestCosts(prepared, config, models),
    ...refitsCost(prepared, config, speed, preparation),
  ];
}

/** Batches of the trial of a network that is compared with. */
const PEER_BATCHES = 30;

const overFolds = ({ kind, name, seconds: [least, most], bytes }: Cost, { folds }: Prepared): Cost =>
  cost(kind, name, folds.length * least, folds.length * most, bytes);

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
