import type {
  ColumnCoverage,
  CountedLabelSet,
  FeatureColumn,
  OmittedColumn,
  Panel,
  SampleCounts,
} from '../../features/index.js';
import { offerOf, resolveFeatureSet } from '../../features/index.js';
import type { BenchmarkSeries, MarketStore } from '../../market/index.js';
import { type Fold, type FoldRange, spanOf } from '../../training/index.js';
import { CandlenetError, formatDay, silentProgress } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { breathe, createStepTimes, type Services, type StepTimes } from '../services.js';
import { featurePlan } from './feature-plan.js';
import { makeLabels } from './labels.js';
import { type MarketInputs, rawPanel, readInputs } from './market-inputs.js';
import { type RiskFree, readRiskFree } from './risk-free.js';
import { splitterOf } from './split-plan.js';

/** The market as known at the end of what is tested, and how the protocol cuts it. */
export interface MarketView extends MarketInputs {
  readonly benchmark: BenchmarkSeries;
  readonly folds: readonly Fold[];
  /** Over the sessions of `period`. */
  readonly riskFree: RiskFree;
  /** From the first session that a fold tests to the last. */
  readonly period: FoldRange;
}

/** What trading and judging need of the samples, the folds of a protocol taken together. */
export interface Studied extends MarketView {
  readonly labels: CountedLabelSet;
  readonly window: number;
  /** The fold whose training is described: the last. */
  readonly fold: Fold;
  /** Inputs of the last fold's models. */
  readonly columns: readonly FeatureColumn[];
  readonly omitted: readonly OmittedColumn[];
  /** Of every column the store allows, on training rows of the universe, before those with too much missing are left out. */
  readonly columnGaps: readonly ColumnCoverage[];
  /** Every tested row that a forecast can be made on, labelled or not, by date, then symbol. */
  readonly testRows: Int32Array;
  /** Of the last fold. */
  readonly samples: { readonly train: number; readonly validation: number };
  /** Training and validation of the last fold; tests of all. */
  readonly counts: { readonly train: SampleCounts; readonly validation: SampleCounts; readonly test: SampleCounts };
}

/** A market with every feature and label, before it is cut into folds. */
export interface Study {
  readonly market: MarketView;
  /** As it is before columns are chosen and scaled. */
  readonly raw: Panel;
  readonly labels: CountedLabelSet;
  /** What the store cannot give. */
  readonly omitted: readonly OmittedColumn[];
}

/**
 * Reads the market as of the last day tested, and builds its features and labels.
 * @throws STORE_INVALID, DATE_OUT_OF_STORE, INDEX_UNKNOWN, UNIVERSE_EMPTY, CONFIG_INVALID
 */
export async function openStudy(
  config: ExperimentConfig,
  store: MarketStore,
  services: Services = { progress: silentProgress },
  times: StepTimes = createStepTimes(),
): Promise<Study> {
  const task = services.progress.start('Reading the market');
  const market = await times.time('read the market', () => readMarket(config, store, services));
  const { bars, universe, period } = market;
  const span = `${formatDay(bars.dates[0])} … ${formatDay(bars.dates[period.last])}`;
  task.end(`${bars.symbols.length} stocks, ${span}`);
  const raw = await times.time('features', async () => {
    await breathe(services.signal);
    return rawPanel(config, market, services.progress);
  });
  const { featureSet, families } = featurePlan(config);
  const { omitted } = resolveFeatureSet(featureSet, offerOf(bars, market), families);
  await breathe(services.signal);
  const labels = await times.time('labels, scaling and samples', () => makeLabels(bars, config.label, universe));
  return { market, raw, labels, omitted };
}

/** Reads the market as of the last day tested and lays out its folds. @throws what `openStudy` throws */
async function readMarket(config: ExperimentConfig, store: MarketStore, services: Services): Promise<MarketView> {
  const calendar = await store.readCalendar({ asOf: store.lastDay });
  const folds = splitterOf(config)(calendar);
  const period = spanOf(folds.flatMap(({ test }) => test));
  const asOf = calendar[period.last];
  const inputs = await readInputs(config, store, asOf, services);
  const benchmark = await store.readBenchmark(config.market.index, { asOf });
  return {
    ...inputs,
    benchmark: checkBenchmark(benchmark, calendar, period, store.dir),
    riskFree: await readRiskFree(store, calendar.slice(period.first - 1, period.last + 1)),
    folds,
    period,
  };
}

/** Every test session, and the one before, needs the index's close: the strategy is measured against it day by day. */
function checkBenchmark(
  benchmark: BenchmarkSeries,
  calendar: Int32Array,
  { first, last }: FoldRange,
  where: string,
): BenchmarkSeries {
  const closes = new Map(Array.from(benchmark.dates, (date, i) => [date, benchmark.close[i]]));
  for (let t = first - 1; t <= last; t++) {
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
