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
import type { BarMatrix } from '../../market/index.js';
import type { IndexForecasts } from '../../portfolio/index.js';
import { CandlenetError, concatenate } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Services } from '../services.js';
import { type FeaturePlan, featurePlan } from './feature-plan.js';
import { forecastColumns, meaningOf } from './forecast.js';
import { indexMarket } from './index-market.js';
import type { Prepared } from './prepare.js';
import { type Forecaster, forecastRows } from './subject/forecaster.js';

/** What a network trained on stocks says of the index itself. */
export interface ForecastIndex {
  /** Over the sessions the fold tests, and the close before its first; null where it can say nothing. */
  readonly forecasts: IndexForecasts | null;
  /** Columns of the network. */
  readonly columns: number;
  /** Those that an index does not have, which stand at their training mean. */
  readonly absent: readonly string[];
}

/** What only a company has: the index has none of it, whatever the store holds. */
const NOT_OF_AN_INDEX = { fundamentals: null, valuations: null, news: null };

/**
 * Shows the networks of a fold windows of the index's own bars, by the stocks' scaler: each session those that stood on it.
 * @throws INTERRUPTED, RUNTIME_FAILED
 */
export async function forecastIndex(
  prepared: Prepared,
  config: ExperimentConfig,
  forecaster: Forecaster,
  services: Services,
): Promise<ForecastIndex> {
  const { bars } = indexMarket(prepared.benchmark, prepared.bars.dates);
  const { dates } = bars;
  const columns = prepared.panel.columns.length;
  const shown = indexPanel(prepared, config, bars);
  if (shown === null) return { forecasts: null, columns, absent: prepared.panel.columns.map(({ name }) => name) };
  const { panel, absent } = shown;
  const everyDay = new Uint8Array(dates.length).fill(1);
  const rows = concatenate(
    Int32Array,
    prepared.fold.test.map(({ first, last }) => {
      const range = { from: dates[first - 1], to: dates[last] };
      return sampleRows(panel, everyDay, null, prepared.data.window, range).rows;
    }),
  );
  if (rows.length === 0) return { forecasts: null, columns, absent };
  const { workers, provider } = config.training;
  const data = { ...prepared.data, values: panel.values };
  const options = { workers, provider, signal: services.signal };
  const outputs = await forecastRows(forecaster, data, rows, dates.length, options);
  const forecasts: IndexForecasts = {
    date: Int32Array.from(rows, (row) => dates[row]),
    ...forecastColumns(outputs, rows.length, meaningOf(prepared)),
  };
  return { forecasts, columns, absent };
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
