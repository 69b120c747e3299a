import { type BacktestResult, runBacktest } from '../../backtest/index.js';
import {
  applyScaler,
  buildPanel,
  isMarketFamily,
  offerOf,
  type Panel,
  resolveFeatureSet,
  type SourceOffer,
  sampleRows,
} from '../../features/index.js';
import { BarFlag, type BarMatrix, rulebookByName } from '../../market/index.js';
import {
  equalWeightOnce,
  type IndexForecasts,
  marketTiming,
  PriceHistory,
  withRiskControls,
} from '../../portfolio/index.js';
import { predict } from '../../training/index.js';
import { CandlenetError, formatDay } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Services } from '../services.js';
import { executionOf } from './execution.js';
import { type FeaturePlan, featurePlan } from './feature-plan.js';
import { probabilityColumns } from './forecast.js';
import { indexMarket } from './index-market.js';
import type { Prepared } from './prepare.js';

/** The index itself, in or out by the network's forecasts of it. */
export interface TimedMarket {
  /** Null where the index cannot be forecast or traded. */
  readonly result: BacktestResult | null;
  /** How it was done, or why it was not. */
  readonly note: string;
}

/** What only a company has: the index has none of it, whatever the store holds. */
const NOT_OF_AN_INDEX = { fundamentals: null, valuations: null, news: null };

/**
 * Market timing: the network trained on stocks is shown windows of the index's own bars, by the stocks' scaler, and the
 * index is held from the next open while P(buy) > P(sell) and left while it is below. Columns an index does not have stand
 * at their training mean. It trades as a fund on the index would, in fractions, at the configuration's commission and
 * half-spread; a fund pays no stamp duty.
 * @throws INTERRUPTED, RUNTIME_FAILED
 */
export async function timeMarket(
  prepared: Prepared,
  config: ExperimentConfig,
  onnx: Uint8Array,
  services: Services,
): Promise<TimedMarket> {
  const { bars, instrument } = indexMarket(prepared.benchmark, prepared.bars.dates);
  const { dates } = bars;
  const { test } = prepared.fold;
  const shown = indexPanel(prepared, config, bars);
  if (shown === null) {
    return { result: null, note: `Market timing is off: ${instrument.name} has none of the network’s columns.` };
  }
  const { panel, absent } = shown;
  const range = { from: dates[test.first - 1], to: dates[test.last] };
  const everyDay = new Uint8Array(dates.length).fill(1);
  const { rows } = sampleRows(panel, everyDay, null, prepared.data.window, range);
  if (rows.length === 0) {
    return { result: null, note: `Market timing is off: no window of ${instrument.name} is whole in the test period.` };
  }
  if (!(bars.open[test.first] > 0)) {
    const day = formatDay(dates[test.first]);
    return { result: null, note: `Market timing is off: ${instrument.name} has no open on ${day}.` };
  }
  const { workers, provider } = config.training;
  const data = { ...prepared.data, values: panel.values };
  const probabilities = await predict(onnx, data, rows, { workers, provider, signal: services.signal });
  const forecasts: IndexForecasts = {
    date: Int32Array.from(rows, (row) => dates[row]),
    ...probabilityColumns(probabilities, rows.length, prepared.labels.classNames),
  };
  const { costs } = executionOf(config, prepared.store, null);
  const result = runBacktest({
    bars,
    instruments: [instrument],
    rulebook: rulebookByName('frictionless'),
    costs: { ...costs, impactCoefficient: 0 },
    initialCapital: config.backtest.capital,
    from: dates[test.first],
    to: dates[test.last],
    policy: withRiskControls(equalWeightOnce({ name: 'market timing', symbols: [instrument.symbol] }), {
      controls: [marketTiming(forecasts)],
      prices: new PriceHistory(bars, { unusableFlags: BarFlag.MISRECORDED }),
    }),
  });
  return { result, note: describe(instrument.name, panel.columns.length, absent, rows.length) };
}

function describe(index: string, columns: number, absent: readonly string[], days: number): string {
  const missing =
    absent.length === 0
      ? ''
      : `; ${absent.length} of its ${columns} columns an index does not have and stand at their training mean`;
  return (
    `Market timing: the network, trained on stocks, forecasts ${index} from windows of its own bars on ${days} days${missing}. In while P(buy) is ` +
    'above P(sell), out while it is below, from the next open; traded as a fund on the index, in fractions, at the commission and half-spread of the run, ' +
    'without stamp duty and without interest on cash.'
  );
}

interface IndexPanel {
  readonly panel: Panel;
  /** Columns that an index does not have. */
  readonly absent: readonly string[];
}

/** The columns of the network over the index, standardised as the stocks' were; what the index lacks is 0, the mean. */
function indexPanel(prepared: Prepared, config: ExperimentConfig, bars: BarMatrix): IndexPanel | null {
  const { columns } = prepared.panel;
  const tables = { macro: prepared.macro, ...NOT_OF_AN_INDEX };
  const { featureSet, families } = featurePlan(config);
  // A column across instruments has no meaning for one.
  const plan: FeaturePlan = { featureSet, families: families.filter((family) => !isMarketFamily(family)) };
  if (!hasColumns(plan, offerOf(bars, tables))) return null;
  const raw = buildPanel(bars, { ...plan, tables, rulebook: prepared.store.manifest.rulebook });
  const width = raw.columns.length;
  const at = columns.map(({ name }) => raw.columns.findIndex((column) => column.name === name));
  const values = new Float32Array(new SharedArrayBuffer(4 * bars.dates.length * columns.length)).fill(Number.NaN);
  for (let row = 0; row < bars.dates.length; row++) {
    for (const [k, from] of at.entries()) {
      if (from >= 0) values[row * columns.length + k] = raw.values[row * width + from];
    }
  }
  const { panel } = applyScaler({ ...raw, columns, values }, prepared.scaler, {
    clipSigma: config.features.clipSigma,
    inPlace: true,
  });
  return { panel, absent: columns.filter((_, k) => at[k] < 0).map(({ name }) => name) };
}

function hasColumns({ featureSet, families }: FeaturePlan, offer: SourceOffer): boolean {
  try {
    return resolveFeatureSet(featureSet, offer, families).columns.length > 0;
  } catch (error) {
    // The stocks had some of these columns, so what is refused here is a set of which nothing is left.
    if (error instanceof CandlenetError && error.code === 'CONFIG_INVALID') return false;
    throw error;
  }
}
