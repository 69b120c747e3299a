import type { ForecastTable } from '../../backtest/index.js';
import { applyScaler, sampleRows, selectColumns } from '../../features/index.js';
import type { ModelMetadata } from '../../onnx/index.js';
import { predict } from '../../training/index.js';
import { CandlenetError, type Day, formatDay } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { forecastColumns } from '../pipeline/forecast.js';
import { type MarketInputs, rawPanel } from '../pipeline/market-inputs.js';
import type { Services } from '../services.js';

/** A deployed model with what it was deployed with. */
export interface DeployedModel {
  readonly onnx: Uint8Array;
  readonly metadata: ModelMetadata;
  readonly source: string;
}

/**
 * A deployed model's forecasts after the close of one day, for every member of the universe whose window is whole. Nothing
 * is fitted: columns, scaler and network are the model's own, so that a day of its test period comes out the same bits.
 * @throws MODEL_INVALID where the store cannot give the model's columns; SAMPLES_EMPTY
 */
export async function forecastDay(
  inputs: MarketInputs,
  day: Day,
  { onnx, metadata, source }: DeployedModel,
  config: ExperimentConfig,
  services: Services,
): Promise<ForecastTable> {
  const { bars, universe } = inputs;
  const raw = await rawPanel(config, inputs, services.progress);
  const missing = metadata.features.find((name) => !raw.columns.some((column) => column.name === name));
  if (missing !== undefined) {
    throw new CandlenetError(
      'MODEL_INVALID',
      `${source}: it takes the column "${missing}", which the store does not give; expected a store like the run’s`,
    );
  }
  const selected = selectColumns(raw, metadata.features);
  const { mean, std, clip } = metadata.scaler;
  const scaler = { columns: metadata.features, mean, std, count: [], constant: [], empty: [] };
  const { panel } = applyScaler(selected, scaler, { clipSigma: clip, inPlace: true });
  const { rows, counts } = sampleRows(panel, universe, null, metadata.window, { from: day, to: day });
  if (rows.length === 0) {
    const reasons = Object.entries(counts).flatMap(([reason, count]) => (count > 0 ? [`${reason} ${count}`] : []));
    throw new CandlenetError(
      'SAMPLES_EMPTY',
      `signals of ${formatDay(day)}: found no stock to forecast (${reasons.join(', ')}), expected some`,
    );
  }
  const data = {
    values: panel.values,
    features: panel.columns.length,
    window: metadata.window,
    classes: metadata.target ? 1 : metadata.classes.length,
  };
  const { workers, provider } = config.training;
  const outputs = await predict(onnx, data, rows, { workers, provider, ...services });
  const days = bars.dates.length;
  return {
    length: rows.length,
    date: Int32Array.from(rows, (row) => bars.dates[row % days]),
    symbol: Array.from(rows, (row) => bars.symbols[Math.floor(row / days)]),
    ...forecastColumns(outputs, rows.length, { classNames: metadata.classes, target: metadata.target ?? null }),
  };
}
