import { choleskyInPlace, choleskySolve } from '../stats/index.js';
import { CandlenetError, type ProgressSink, silentProgress } from '../util/index.js';
import { columnMoments } from './column-moments.js';
import { type Design, startOf } from './design.js';

export interface RidgeOptions {
  /** Strength of the L2 penalty on the coefficients of standardised columns, scikit-learn's alpha; above 0. */
  readonly alpha: number;
}

/** A fitted model, for raw features: the standardisation is folded into the coefficients. */
export interface RidgeModel {
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** Samples between two looks at the signal. */
const STRIDE = 2000;

function check(design: Design, targets: Float32Array, { alpha }: RidgeOptions): void {
  if (design.rows.length === 0) {
    throw new CandlenetError('SAMPLES_EMPTY', 'ridge regression: found no samples, expected at least one');
  }
  if (targets.length !== design.rows.length) {
    const found = `${design.rows.length} samples but ${targets.length} targets`;
    throw new CandlenetError('TABLE_INVALID', `ridge regression: found ${found}, expected one target a sample`);
  }
  if (!(alpha > 0 && Number.isFinite(alpha))) {
    throw new CandlenetError('CONFIG_INVALID', `ridge.alpha: found ${alpha}, expected a number above 0`);
  }
}

/**
 * Ridge regression (Hoerl and Kennard 1970) on standardised columns: minimises Σ (target − intercept − x·β)² + α·‖β‖² by
 * the normal equations, every sum in double precision and in the order of the samples. Equals scikit-learn's
 * StandardScaler followed by Ridge. Gives the thread back every few thousand samples.
 * @throws SAMPLES_EMPTY, TABLE_INVALID, CONFIG_INVALID; INTERRUPTED; TRAINING_DIVERGED when a feature or target is not finite
 */
export async function fitRidge(
  design: Design,
  targets: Float32Array,
  options: RidgeOptions,
  { progress = silentProgress, signal }: { readonly progress?: ProgressSink; readonly signal?: AbortSignal } = {},
): Promise<RidgeModel> {
  check(design, targets, options);
  const { values, width, rows } = design;
  const { mean, inverseDeviation } = columnMoments(design);
  const centre = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  if (![...mean, centre].every(Number.isFinite)) {
    throw new CandlenetError('TRAINING_DIVERGED', 'ridge regression: found features or targets that are not finite');
  }
  const gram = new Float64Array(width * width);
  const moment = new Float64Array(width);
  const x = new Float64Array(width);
  const task = progress.start('Ridge regression', rows.length, 'samples');
  try {
    for (let i = 0; i < rows.length; i++) {
      if (i % STRIDE === 0) {
        task.update(i);
        await new Promise((resolve) => setImmediate(resolve));
        if (signal?.aborted) throw new CandlenetError('INTERRUPTED', 'stopped while fitting the ridge regression');
      }
      const start = startOf(design, i);
      for (let j = 0; j < width; j++) x[j] = (values[start + j] - mean[j]) * inverseDeviation[j];
      const target = targets[i] - centre;
      for (let j = 0; j < width; j++) {
        const own = x[j];
        moment[j] += own * target;
        const row = j * width;
        for (let k = 0; k <= j; k++) gram[row + k] += own * x[k];
      }
    }
  } finally {
    task.end();
  }
  for (let j = 0; j < width; j++) gram[j * width + j] += options.alpha;
  choleskyInPlace(gram, width);
  choleskySolve(gram, width, moment);
  const coefficients = moment.map((value, j) => value * inverseDeviation[j]);
  const intercept = centre - coefficients.reduce((sum, value, j) => sum + value * mean[j], 0);
  return { coefficients, intercept };
}

/** Forecast of every sample of a design, float32 [samples]. @throws TABLE_INVALID */
export function ridgeForecasts({ coefficients, intercept }: RidgeModel, design: Design): Float32Array {
  const { values, width, rows } = design;
  if (width !== coefficients.length) {
    throw new CandlenetError(
      'TABLE_INVALID',
      `ridge regression: found ${width} features, expected ${coefficients.length}`,
    );
  }
  return Float32Array.from(rows, (_, i) => {
    const start = startOf(design, i);
    let sum = intercept;
    for (let j = 0; j < width; j++) sum += values[start + j] * coefficients[j];
    return sum;
  });
}
