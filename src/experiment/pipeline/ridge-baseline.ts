import { fitRidge, ridgeForecasts, summarise } from '../../baselines/index.js';
import { formatCount, invariant } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Services } from '../services.js';
import { chooseSamples } from './baseline.js';
import type { Prepared } from './prepare.js';

interface RidgeResult {
  readonly samples: number;
  readonly parameters: number;
  /** [test rows], of the standardised label */
  readonly outputs: Float32Array;
}

type RidgeConfig = Exclude<ExperimentConfig['baselines']['ridgeRegression'], false>;

/** Ridge regression of the standardised label on the window's summary (last, mean, deviation and slope of every feature). */
export async function runRidge(
  { data, testRows }: Prepared,
  { alpha, maxSamples }: RidgeConfig,
  seed: number,
  services: Services,
): Promise<RidgeResult> {
  const { values, features, window, train } = data;
  const { targets } = train;
  invariant(targets !== undefined, 'a ridge regression forecasts numbers');
  const chosen = chooseSamples(train.rows.length, maxSamples, [seed, 'ridge regression samples']);
  const rows = chosen === null ? train.rows : Int32Array.from(chosen, (i) => train.rows[i]);
  const wanted = chosen === null ? targets : Float32Array.from(chosen, (i) => targets[i]);
  const model = await fitRidge(summarise(values, features, window, rows), wanted, { alpha }, services);
  return {
    samples: rows.length,
    parameters: model.coefficients.length + 1,
    outputs: ridgeForecasts(model, summarise(values, features, window, testRows)),
  };
}

export const describeRidge = ({ samples }: RidgeResult): string =>
  `Ridge regression: ${formatCount(samples)} samples, the minimum by the normal equations.`;
