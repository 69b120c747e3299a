import { existsSync, readFileSync } from 'node:fs';
import {
  DEFAULT_LOGISTIC,
  fitLogistic,
  type LogisticModel,
  logisticProbabilities,
  summarise,
} from '../../baselines/index.js';
import {
  canonicalJson,
  createRng,
  formatCount,
  type SeedPath,
  sha256,
  shuffle,
  writeFileAtomically,
} from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { fromLosslessJson, toLosslessJson } from '../json.js';
import type { Services } from '../services.js';
import type { Prepared } from './prepare.js';

export interface LogisticResult {
  readonly model: LogisticModel;
  readonly samples: number;
  readonly parameters: number;
  /** [test rows × classes] */
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
  const fingerprint = sha256(canonicalJson({ config, seed, window, features }), values, train.rows, train.classes);
  const model = readKept(keptAt, fingerprint) ?? (await fitModel());
  const kept: Kept = { fingerprint, digest: sha256(toLosslessJson(model)), model };
  writeFileAtomically(keptAt, toLosslessJson(kept));
  return {
    model,
    samples: chosen?.length ?? train.rows.length,
    parameters: model.coefficients.length + model.intercepts.length,
    probabilities: logisticProbabilities(model, summarise(values, features, window, prepared.testRows)),
  };
}

/** How the fit ended, for the report: a fit cut short is a weaker peer than it could be. */
export function describeFit({ model, samples }: LogisticResult): string {
  const end = model.converged ? 'converged' : 'stopped unconverged';
  return `Logistic regression: ${formatCount(samples)} samples, ${end} after ${model.iterations} iterations.`;
}

/** A fitted model with what it was fitted on, and a digest of its own numbers. */
interface Kept {
  readonly fingerprint: string;
  readonly digest: string;
  readonly model: LogisticModel;
}

/** The model kept by an earlier part of this run; null where there is none, or it is another's, or damaged. */
function readKept(path: string, fingerprint: string): LogisticModel | null {
  if (!existsSync(path)) return null;
  try {
    const kept = fromLosslessJson(readFileSync(path, 'utf8')) as Kept;
    const intact = kept.fingerprint === fingerprint && kept.digest === sha256(toLosslessJson(kept.model));
    return intact ? kept.model : null;
  } catch {
    return null;
  }
}

/** Positions of `limit` samples drawn without replacement, ascending; null for all. */
export function chooseSamples(count: number, limit: number | null, seed: SeedPath): Int32Array | null {
  if (limit === null || limit >= count) return null;
  const positions = Int32Array.from({ length: count }, (_, i) => i);
  return shuffle(positions, createRng(...seed))
    .slice(0, limit)
    .sort();
}
