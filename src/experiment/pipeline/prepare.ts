import {
  applyScaler,
  buildPanel,
  type CountedLabelSet,
  columnCoverage,
  type FeatureTables,
  fitScaler,
  type OmittedColumn,
  offerOf,
  type Panel,
  resolveFeatureSet,
  rowsWithin,
  type SampleCounts,
  type Scaler,
  sampleRows,
  selectColumns,
  shiftableSessions,
} from '../../features/index.js';
import {
  type BarMatrix,
  type BenchmarkSeries,
  type CorporateAction,
  type Instrument,
  type MarketStore,
  type Screening,
  screenUniverse,
  universeMask,
} from '../../market/index.js';
import { type Fold, type FoldRange, staticSplit, type TrainingData } from '../../training/index.js';
import { CandlenetError, type Day, formatDay, type ProgressSink, parseDay, silentProgress } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { breathe, createStepTimes, type Services, type StepTimes } from '../services.js';
import { featurePlan } from './feature-plan.js';
import { readFeatureTables } from './feature-tables.js';
import { makeLabels } from './labels.js';

/** What features, masks and labels are made from, as known on a day. */
export interface MarketInputs extends Required<FeatureTables> {
  readonly store: MarketStore;
  readonly bars: BarMatrix;
  readonly instruments: readonly Instrument[];
  /** Null where the store states none. */
  readonly actions: readonly CorporateAction[] | null;
  /** [S × D], 1 where the symbol belonged to the index on the day and screening left it in. */
  readonly universe: Uint8Array;
  /** Null where the configuration screens nothing. */
  readonly screening: Screening | null;
}

/** The market as known at the end of the test period. */
export interface MarketView extends MarketInputs {
  readonly benchmark: BenchmarkSeries;
  readonly fold: Fold;
}

/** Everything a model needs, and the counts of what was left out on the way. */
export interface Prepared extends MarketView {
  /** Standardised by the training fold. */
  readonly panel: Panel;
  readonly scaler: Scaler;
  readonly labels: CountedLabelSet;
  readonly omitted: readonly OmittedColumn[];
  readonly clippedShare: number;
  readonly data: TrainingData;
  /** Every row of the test period that a forecast can be made on, labelled or not. */
  readonly testRows: Int32Array;
  readonly counts: { readonly train: SampleCounts; readonly validation: SampleCounts; readonly test: SampleCounts };
}

/**
 * Reads the market as of the last test day and cuts it into its periods.
 * @throws STORE_INVALID, DATE_OUT_OF_STORE, INDEX_UNKNOWN, UNIVERSE_EMPTY
 */
export async function readMarket(config: ExperimentConfig, store: MarketStore): Promise<MarketView> {
  const key = (period: readonly [string, string], name: string) =>
    [parseDay(period[0], `split.${name}`), parseDay(period[1], `split.${name}`)] as const;
  const periods = {
    train: key(config.split.train, 'train'),
    validate: key(config.split.validate, 'validate'),
    test: key(config.split.test, 'test'),
  };
  const calendar = await store.readCalendar({ asOf: store.lastDay });
  const purging = { reachDays: 1 + config.label.horizonDays, embargoDays: config.split.embargoDays };
  const [fold] = staticSplit(periods, purging)(calendar);
  const asOf = calendar[fold.test.last];
  const inputs = await readInputs(config, store, asOf);
  const benchmark = await store.readBenchmark(config.market.index, { asOf });
  return { ...inputs, benchmark: checkBenchmark(benchmark, calendar, fold, store.dir), fold };
}

/** Reads all that features, masks and labels are made from. @throws what `readMarket` throws */
export async function readInputs(config: ExperimentConfig, store: MarketStore, asOf: Day): Promise<MarketInputs> {
  const bars = await store.readBars({ asOf });
  const members = universeMask(await store.readMembers({ asOf }), config.market.index, bars);
  const instruments = await store.readInstruments({ asOf });
  const screening = config.screening === null ? null : screenUniverse(members, bars, instruments, config.screening);
  if (screening?.after === 0) {
    throw new CandlenetError(
      'UNIVERSE_EMPTY',
      `universe ${config.market.index}: screening left none of its ${screening.before} stock-days, expected some`,
    );
  }
  return {
    store,
    bars,
    instruments,
    actions: await store.readActions({ asOf }),
    ...(await readFeatureTables(store, asOf, config.features.groups)),
    universe: screening?.mask ?? members,
    screening,
  };
}

/** Every feature of the configuration as it is before columns are chosen and scaled. @throws CONFIG_INVALID */
export function rawPanel(config: ExperimentConfig, inputs: MarketInputs, progress: ProgressSink): Panel {
  const { bars, universe, store } = inputs;
  const { rulebook } = store.manifest;
  return buildPanel(bars, { ...featurePlan(config), tables: inputs, universe, rulebook, progress });
}

/** Every test session, and the one before, needs the index's close: the strategy is measured against it day by day. */
function checkBenchmark(
  benchmark: BenchmarkSeries,
  calendar: Int32Array,
  { test }: Fold,
  where: string,
): BenchmarkSeries {
  const closes = new Map(Array.from(benchmark.dates, (date, i) => [date, benchmark.close[i]]));
  for (let t = test.first - 1; t <= test.last; t++) {
    const close = t < 0 ? undefined : closes.get(calendar[t]);
    if (close !== undefined && close > 0) continue;
    const day = t < 0 ? `a session before ${formatDay(calendar[0])}` : formatDay(calendar[t]);
    throw new CandlenetError(
      'STORE_INVALID',
      `${where}: the benchmark ${benchmark.index} has no close for ${day}, expected one on each test session and on the one before`,
    );
  }
  return benchmark;
}

const dayRange = (dates: Int32Array, { first, last }: FoldRange) => ({ from: dates[first], to: dates[last] });

/**
 * Market → panel → samples. The scaler and the choice of columns see training rows of the universe only.
 * @throws what `readMarket` throws; SAMPLES_EMPTY naming the split
 */
export async function prepare(
  config: ExperimentConfig,
  store: MarketStore,
  services: Services = { progress: silentProgress },
  times: StepTimes = createStepTimes(),
): Promise<Prepared> {
  const task = services.progress.start('Reading the market');
  const market = await times.time('read the market', () => readMarket(config, store));
  task.end(describeMarket(market));
  const { bars, universe, fold } = market;
  const { window, maxMissing, clipSigma } = config.features;

  const raw = await times.time('features', async () => {
    await breathe(services.signal);
    return rawPanel(config, market, services.progress);
  });
  const training = rowsWithin(raw, universe, dayRange(bars.dates, fold.train));
  const { featureSet, families } = featurePlan(config);
  const omitted = [...resolveFeatureSet(featureSet, offerOf(bars, market), families).omitted];
  await breathe(services.signal);
  const selected = await times.time('labels, scaling and samples', () => {
    const sparse = columnCoverage(raw, training).filter(({ missingShare }) => missingShare > maxMissing);
    for (const { name, missingShare } of sparse) {
      omitted.push({ name, reason: `${(100 * missingShare).toFixed(1)} % missing in training, more than maxMissing` });
    }
    const dropped = new Set(sparse.map(({ name }) => name));
    return selectColumns(
      raw,
      raw.columns.map(({ name }) => name).filter((name) => !dropped.has(name)),
    );
  });
  return times.time('labels, scaling and samples', () => {
    const labels = makeLabels(bars, config.label, universe);
    const scaler = fitScaler(selected, training);
    const scaled = applyScaler(selected, scaler, { clipSigma, inPlace: true });
    const cut = (range: FoldRange, labelled: boolean, name: string) => {
      const samples = sampleRows(selected, universe, labelled ? labels : null, window, dayRange(bars.dates, range));
      if (samples.rows.length === 0) throw samplesEmpty(name, bars.dates, range, samples.counts);
      return samples;
    };
    const train = cut(fold.train, true, 'train');
    const validation = cut(fold.validate, true, 'validate');
    const test = cut(fold.test, false, 'test');
    const { timeShift } = config.training;
    const maxShift = timeShift ? shiftableSessions(selected, train.rows, window, timeShift.maxSessions) : undefined;
    return {
      ...market,
      panel: scaled.panel,
      scaler,
      labels,
      omitted,
      clippedShare: scaled.clipped / Math.max(1, scaled.panel.values.length),
      data: {
        values: scaled.panel.values,
        features: scaled.panel.columns.length,
        window,
        classes: labels.classNames.length,
        train: { rows: train.rows, classes: train.classes, maxShift },
        validation,
      },
      testRows: test.rows,
      counts: { train: train.counts, validation: validation.counts, test: test.counts },
    };
  });
}

function describeMarket({ bars, fold }: MarketView): string {
  const { dates, symbols } = bars;
  return `${symbols.length} stocks, ${formatDay(dates[0])} … ${formatDay(dates[fold.test.last])}`;
}

function samplesEmpty(name: string, dates: Int32Array, range: FoldRange, counts: SampleCounts): CandlenetError {
  const reasons = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');
  const span = `${formatDay(dates[range.first])} … ${formatDay(dates[range.last])}`;
  return new CandlenetError('SAMPLES_EMPTY', `split.${name}: no usable sample in ${span} (${reasons}), expected some`);
}
