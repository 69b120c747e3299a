import { existsSync, readFileSync } from 'node:fs';
import {
  DEFAULT_LOGISTIC,
  fitLogistic,
  type LogisticModel,
  logisticProbabilities,
  summarise,
} from '../../baselines/index.js';
import { createRng, type SeedPath, shuffle, writeFileAtomically } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { fromLosslessJson, toLosslessJson } from '../json.js';
import type { Services } from '../services.js';
import type { Prepared } from './prepare.js';

export interface LogisticResult {
  readonly model: LogisticModel;
  readonly samples: number;
  readonly parameters: number;
  /** [test rows × 3] */
  readonly probabilities: Float32Array;
}

type LogisticConfig = Exclude<ExperimentConfig['baselines']['logisticRegression'], false>;

/**
 * Multinomial logistic regression on the window's summary (last, mean, deviation and slope of every feature).
 * @param keptAt where the fitted model is kept, so that a resumed run need not fit it again
 */
export async function runLogistic(
  prepared: Prepared,
  config: LogisticConfig,
  seed: number,
  keptAt: string,
  services: Services,
): Promise<LogisticResult> {
  const { values, features, window, classes, train } = prepared.data;
  const chosen = chooseSamples(train.rows.length, config.maxSamples, [seed, 'logistic regression samples']);
  const fitModel = () => {
    const rows = chosen === null ? train.rows : Int32Array.from(chosen, (i) => train.rows[i]);
    const labels = chosen === null ? train.classes : Uint8Array.from(chosen, (i) => train.classes[i]);
    const options = { ...DEFAULT_LOGISTIC, c: config.c, maxIterations: config.maxIterations };
    return fitLogistic(summarise(values, features, window, rows), labels, classes, options, services);
  };
  const model = existsSync(keptAt)
    ? (fromLosslessJson(readFileSync(keptAt, 'utf8')) as LogisticModel)
    : await fitModel();
  writeFileAtomically(keptAt, toLosslessJson(model));
  return {
    model,
    samples: chosen?.length ?? train.rows.length,
    parameters: model.coefficients.length + model.intercepts.length,
    probabilities: logisticProbabilities(model, summarise(values, features, window, prepared.testRows)),
  };
}

/** Positions of `limit` samples drawn without replacement, ascending; null for all. */
function chooseSamples(count: number, limit: number | null, seed: SeedPath): Int32Array | null {
  if (limit === null || limit >= count) return null;
  const positions = Int32Array.from({ length: count }, (_, i) => i);
  return shuffle(positions, createRng(...seed))
    .slice(0, limit)
    .sort();
}
