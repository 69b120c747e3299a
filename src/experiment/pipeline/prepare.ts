import {
  applyScaler,
  columnCoverage,
  type DateRange,
  fitScaler,
  type OmittedColumn,
  type Panel,
  rowsWithin,
  type SampleCounts,
  type Samples,
  type Scaler,
  sampleRows,
  scaleColumns,
  selectColumns,
  shiftableSessions,
} from '../../features/index.js';
import type { MarketStore } from '../../market/index.js';
import {
  type Fold,
  type FoldRange,
  joinSampleSets,
  spanOf,
  type TrainingData,
  takeSamples,
} from '../../training/index.js';
import { CandlenetError, createRng, formatDay, silentProgress } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { breathe, createStepTimes, type Services, type StepTimes } from '../services.js';
import { chooseSamples } from './choose-samples.js';
import { openStudy, type Studied, type Study } from './study.js';
import { fitTargetScale, standardised, type TargetScale } from './target-scale.js';

/** Everything the models of one fold need, and the counts of what was left out on the way. */
export interface Prepared extends Studied {
  /** Standardised by the training fold. */
  readonly panel: Panel;
  readonly scaler: Scaler;
  readonly data: TrainingData;
  /** By the training samples; null where the label has classes. */
  readonly target: TargetScale | null;
}

/**
 * Market → panel → samples of a protocol of one fold, or of the first fold of several.
 * @throws what `openStudy` and `prepareFold` throw
 */
export async function prepare(
  config: ExperimentConfig,
  store: MarketStore,
  services: Services = { progress: silentProgress },
  times: StepTimes = createStepTimes(),
): Promise<Prepared> {
  const study = await openStudy(config, store, services, times);
  return prepareFolds(study, config, services, times)(0);
}

/**
 * The folds of a study one after the other. With several they share one panel's memory: a fold is good until the next is
 * asked for, and the last one is kept. A single fold is standardised in place of the study's own panel.
 */
export function prepareFolds(
  study: Study,
  config: ExperimentConfig,
  services: Services,
  times: StepTimes,
): (k: number) => Promise<Prepared> {
  const { folds } = study.market;
  const shared = folds.length === 1 ? null : new Float32Array(new SharedArrayBuffer(study.raw.values.byteLength));
  let last: { readonly k: number; readonly prepared: Prepared } | null = null;
  return async (k) => {
    if (last?.k === k) return last.prepared;
    await breathe(services.signal);
    const prepared = await times.time('labels, scaling and samples', () =>
      prepareFold(study, config, folds[k], shared),
    );
    last = { k, prepared };
    return prepared;
  };
}

/**
 * Cuts a fold out of the study. The scaler and the choice of columns see training rows of the universe only.
 * @param into memory for the standardised panel; null standardises the study's panel in place
 * @throws SAMPLES_EMPTY naming the split
 */
function prepareFold(
  { market, raw, labels, omitted }: Study,
  config: ExperimentConfig,
  fold: Fold,
  into: Float32Array<SharedArrayBuffer> | null,
): Prepared {
  const { bars, universe } = market;
  const { window, maxMissing, clipSigma } = config.features;
  const training = config.asWritten?.wholeSampleScaler ? universe : rowsOf(raw, universe, bars.dates, fold.train);
  const columnGaps = columnCoverage(raw, training);
  const sparse = columnGaps.filter(({ missingShare }) => missingShare > maxMissing);
  const dropped = new Set(sparse.map(({ name }) => name));
  const names = raw.columns.map(({ name }) => name).filter((name) => !dropped.has(name));

  const standardise = (): { panel: Panel; scaler: Scaler } => {
    if (into === null) {
      const selected = selectColumns(raw, names);
      const scaler = fitScaler(selected, training);
      return { scaler, panel: applyScaler(selected, scaler, { clipSigma, inPlace: true }).panel };
    }
    const scaler = scalerOf(fitScaler(raw, training), names);
    const { first, last } = spanOf([...fold.train, fold.validate, ...fold.test]);
    const reach = window - 1 + longestShift(config);
    const sessions = { start: Math.max(0, first - reach), end: last + 1 };
    return { scaler, panel: scaleColumns(raw, scaler, { clipSigma, sessions, into }) };
  };
  const { panel, scaler } = standardise();

  const cut = (ranges: readonly FoldRange[], labelled: boolean, name: string) => {
    const parts = ranges.map((range) =>
      sampleRows(panel, universe, labelled ? labels : null, window, dayRange(bars.dates, range)),
    );
    const samples = parts.length === 1 ? parts[0] : joinSamples(parts);
    if (samples.rows.length === 0) throw samplesEmpty(name, bars.dates, spanOf(ranges), samples.counts);
    return samples;
  };
  const train = cut(fold.train, true, 'train');
  const validation = drawn(cut([fold.validate], true, 'validate'), config);
  const test = cut(fold.test, false, 'test');
  const target = train.targets ? fitTargetScale(train.targets) : null;
  const targetsOf = ({ targets }: Samples) => target && targets && { targets: standardised(targets, target) };
  const shift = longestShift(config);
  const maxShift = shift > 0 ? shiftableSessions(panel, train.rows, window, shift) : undefined;
  return {
    ...market,
    fold,
    panel,
    scaler,
    labels,
    window,
    columns: panel.columns,
    columnGaps,
    omitted: [...omitted, ...sparse.map(omittedAsSparse)],
    data: {
      values: panel.values,
      features: panel.columns.length,
      window,
      classes: target === null ? labels.classNames.length : 1,
      train: { rows: train.rows, classes: train.classes, maxShift, ...targetsOf(train) },
      validation: { ...validation, ...targetsOf(validation) },
    },
    target,
    testRows: test.rows,
    samples: { train: train.rows.length, validation: validation.rows.length },
    counts: { train: train.counts, validation: validation.counts, test: test.counts },
  };
}

/** Sessions that a training window may end earlier at most, in any training of the configuration. */
export function longestShift({ training, ensemble }: ExperimentConfig): number {
  const variants = ensemble?.vary.includes('augmentation') ? ensemble.variants : [];
  return Math.max(0, ...[training, ...variants].map(({ timeShift }) => timeShift?.maxSessions ?? 0));
}

export const dayRange = (dates: Int32Array, { first, last }: FoldRange): DateRange => ({
  from: dates[first],
  to: dates[last],
});

function rowsOf(panel: Panel, universe: Uint8Array, dates: Int32Array, ranges: readonly FoldRange[]): Uint8Array {
  const [mask, ...others] = ranges.map((range) => rowsWithin(panel, universe, dayRange(dates, range)));
  for (const other of others) for (let row = 0; row < mask.length; row++) mask[row] |= other[row];
  return mask;
}

/** The scaler of some of the columns: each is fitted by itself. */
function scalerOf(scaler: Scaler, names: readonly string[]): Scaler {
  const kept = names.map((name) => scaler.columns.indexOf(name));
  const of = (numbers: readonly number[]) => kept.map((k) => numbers[k]);
  const still = (list: readonly string[]) => list.filter((name) => names.includes(name));
  return {
    columns: names,
    mean: of(scaler.mean),
    std: of(scaler.std),
    count: of(scaler.count),
    constant: still(scaler.constant),
    empty: still(scaler.empty),
  };
}

/** Validation samples, or as many of them as the training takes. */
function drawn(samples: Samples, { training: { validationSamples, seed } }: ExperimentConfig): Samples {
  const chosen = chooseSamples(samples.rows.length, validationSamples, createRng(seed, 'validation samples'));
  if (chosen === null) return samples;
  return { ...samples, ...takeSamples(samples, chosen) };
}

/** Samples of several ranges, in the order of the ranges. */
const joinSamples = (parts: readonly Samples[]): Samples => ({
  ...joinSampleSets(parts),
  counts: sumCounts(parts.map(({ counts }) => counts)),
});

export function sumCounts(counts: readonly SampleCounts[]): SampleCounts {
  const sum = { ...counts[0] };
  for (const other of counts.slice(1)) {
    for (const key of Object.keys(sum) as (keyof SampleCounts)[]) sum[key] += other[key];
  }
  return sum;
}

function omittedAsSparse({ name, missingShare }: { name: string; missingShare: number }): OmittedColumn {
  return { name, reason: `${(100 * missingShare).toFixed(1)} % missing in training, more than maxMissing` };
}

function samplesEmpty(name: string, dates: Int32Array, range: FoldRange, counts: SampleCounts): CandlenetError {
  const reasons = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');
  const span = `${formatDay(dates[range.first])} … ${formatDay(dates[range.last])}`;
  return new CandlenetError('SAMPLES_EMPTY', `split.${name}: no usable sample in ${span} (${reasons}), expected some`);
}
