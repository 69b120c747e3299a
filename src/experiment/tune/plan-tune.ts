import { openMarketStore } from '../../market/index.js';
import { gridSize, rungsOf, spaceSize, spanOf } from '../../training/index.js';
import { formatDay } from '../../util/index.js';
import type { LoadedConfig } from '../config/load.js';
import { applyPreset, type Reduction } from '../config/presets.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { TuneConfig, TuneMetric } from '../config/tune-section.js';
import { prepareFolds } from '../pipeline/prepare.js';
import { judgedPeriod } from '../pipeline/split-plan.js';
import { openStudy } from '../pipeline/study.js';
import { measureNetwork, type NetworkSpeed } from '../plan/measure-network.js';
import { createStepTimes, type Services } from '../services.js';
import { searchSetup } from './candidates.js';
import { crossValidated, searchDays } from './search-days.js';

export interface TuneFoldPlan {
  readonly name: string;
  /** First and last day of training, validation and the block that judges. */
  readonly train: readonly [string, string];
  readonly validate: readonly [string, string];
  readonly test: readonly [string, string];
  readonly samples: { readonly train: number; readonly validation: number; readonly test: number };
}

/** What a search would do: exact counts, and an estimate of its time measured on this machine. */
export interface TunePlan {
  readonly name: string;
  readonly store: { readonly title: string; readonly contentHash: string };
  readonly method: TuneConfig['method'];
  readonly metric: TuneMetric;
  readonly space: TuneConfig['space'];
  /** Candidates there can be; null where a dimension is a real number, unless the method is a grid. */
  readonly size: number | null;
  readonly trials: number;
  readonly hours: number | null;
  readonly parallel: number;
  /** Folds after which the poor stop. */
  readonly rungs: readonly number[];
  readonly eta: number | null;
  readonly days: readonly [string, string];
  /** Days that judge a run: not read. */
  readonly unopened: readonly [string, string];
  readonly folds: readonly TuneFoldPlan[];
  readonly reductions: readonly Reduction[];
  readonly estimate: {
    /** Of one epoch of every fold, at the configuration's own settings. */
    readonly secondsPerEpoch: number;
    /** From stopping as early as patience and halving allow to every epoch of every fold; never more than `hours` allow. */
    readonly seconds: readonly [least: number, most: number];
  };
}

/** Does everything up to training, then trains a moment to measure the machine. */
export async function planTune(loaded: LoadedConfig, services: Services): Promise<TunePlan> {
  const { tune, space } = searchSetup(loaded);
  const { config, reductions } = applyPreset(loaded.config);
  const store = await openMarketStore(loaded.storePath);
  const days = searchDays(loaded.config, tune, formatDay(store.firstDay));
  const judged: ExperimentConfig = crossValidated(config, tune, days);
  const times = createStepTimes();
  const study = await openStudy(judged, store, services, times);
  const foldAt = prepareFolds(study, judged, services, times);
  const folds: TuneFoldPlan[] = [];
  const epochSeconds: number[] = [];
  let speed: NetworkSpeed | null = null;
  for (const [k, fold] of study.market.folds.entries()) {
    const prepared = await foldAt(k);
    if (speed === null) {
      const task = services.progress.start('Measuring this machine');
      speed = await measureNetwork(prepared, judged, services.signal);
      task.end();
    }
    const { dates } = study.market.bars;
    const between = ({ first, last }: { first: number; last: number }): [string, string] => [
      formatDay(dates[first]),
      formatDay(dates[last]),
    ];
    const { train, validation } = prepared.data;
    const samples = { train: train.rows.length, validation: validation.rows.length, test: prepared.testRows.length };
    const { name } = fold;
    folds.push({
      ...{
        name,
        train: between(spanOf(fold.train)),
        validate: between(fold.validate),
        test: between(spanOf(fold.test)),
      },
      samples,
    });
    const perEpoch = Math.min(config.training.samplesPerEpoch ?? samples.train, samples.train);
    epochSeconds.push(perEpoch / speed.trainingRate + samples.validation / speed.predictionRate);
  }
  const size = tune.method === 'grid' ? gridSize(space) : spaceSize(space);
  const trials = Math.min(tune.trials, size);
  return {
    name: config.name,
    store: { title: store.manifest.title, contentHash: store.manifest.contentHash },
    ...{ method: tune.method, metric: tune.metric, space: tune.space, size: Number.isFinite(size) ? size : null },
    ...{ trials, hours: tune.hours, parallel: tune.parallel, eta: tune.eta },
    rungs: tune.eta === null ? [] : rungsOf(tune.folds, tune.eta),
    ...{ days, unopened: judgedPeriod(config.split), folds, reductions },
    estimate: estimate(epochSeconds, times, trials, tune, config.training),
  };
}

function estimate(
  epochSeconds: readonly number[],
  times: ReturnType<typeof createStepTimes>,
  trials: number,
  { eta, hours }: TuneConfig,
  { maxEpochs, patience }: { maxEpochs: number; patience: number },
): TunePlan['estimate'] {
  const preparation = times.steps.reduce((sum, { seconds }) => sum + seconds, 0);
  const all = epochSeconds.reduce((sum, seconds) => sum + seconds, 0);
  const stoppedAtOnce = eta === null ? all : epochSeconds[0];
  const leastEpochs = Math.min(maxEpochs, 1 + patience);
  const least = preparation + leastEpochs * (all + (trials - 1) * stoppedAtOnce);
  const most = preparation + maxEpochs * trials * all;
  const limit = hours === null ? Number.POSITIVE_INFINITY : hours * 3600;
  return { secondsPerEpoch: all, seconds: [Math.min(least, limit), Math.min(most, limit + maxEpochs * all)] };
}
