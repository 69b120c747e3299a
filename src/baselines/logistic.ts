import { minimise } from '../stats/index.js';
import { CandlenetError } from '../util/index.js';
import { columnMoments } from './column-moments.js';
import type { Design } from './design.js';
import { accumulateLoss, MAX_CLASSES, softmaxOf, type Weights } from './logistic-objective.js';

export interface LogisticOptions {
  /** Inverse strength of the L2 penalty, scikit-learn's C. */
  readonly c: number;
  readonly maxIterations: number;
  /** Largest component of the gradient of the mean loss at which the fit counts as converged. */
  readonly tolerance: number;
}

export const DEFAULT_LOGISTIC: LogisticOptions = { c: 1, maxIterations: 200, tolerance: 1e-4 };

/** A fitted model, for raw features: the standardisation is folded into the coefficients. */
export interface LogisticModel {
  readonly classes: number;
  readonly width: number;
  /** [classes × width] */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  /** Mean cross-entropy plus penalty at the end. */
  readonly loss: number;
}

export type IterationListener = (iteration: number, loss: number, largestGradient: number) => void;

function check(design: Design, labels: Uint8Array, classes: number, options: LogisticOptions): void {
  if (design.rows.length === 0) {
    throw new CandlenetError('SAMPLES_EMPTY', 'logistic regression: found no samples, expected at least one');
  }
  if (labels.length !== design.rows.length) {
    const found = `${design.rows.length} samples but ${labels.length} classes`;
    throw new CandlenetError('TABLE_INVALID', `logistic regression: found ${found}, expected one class a sample`);
  }
  const wrong = labels.find((label) => label >= classes);
  if (wrong !== undefined) {
    throw new CandlenetError('TABLE_INVALID', `logistic regression: found class ${wrong}, expected 0 … ${classes - 1}`);
  }
  if (classes < 2 || classes > MAX_CLASSES) {
    throw new CandlenetError('CONFIG_INVALID', `logistic regression: found ${classes} classes, expected 2 or 3`);
  }
  if (!(options.c > 0)) {
    throw new CandlenetError('CONFIG_INVALID', `logistic.c: found ${options.c}, expected a number above 0`);
  }
}

/**
 * Multinomial logistic regression on standardised columns: minimises
 * mean cross-entropy + ‖coefficients‖² / (2 C n), intercepts free, by L-BFGS from zero, every sum in double precision
 * and in the order of the samples. Equals scikit-learn's StandardScaler followed by LogisticRegression.
 * Blocks the thread: `fitLogistic` does the same on a worker.
 * @param labels class of each sample
 * @throws SAMPLES_EMPTY, TABLE_INVALID, CONFIG_INVALID; TRAINING_DIVERGED when a feature is not finite
 */
export function fitLogisticSync(
  design: Design,
  labels: Uint8Array,
  classes: number,
  options: LogisticOptions,
  onIteration?: IterationListener,
): LogisticModel {
  check(design, labels, classes, options);
  const { width } = design;
  const count = design.rows.length;
  const { mean, inverseDeviation } = columnMoments(design);
  const odd = mean.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    throw new CandlenetError(
      'TRAINING_DIVERGED',
      `logistic regression: found values that are not finite in column ${odd}`,
    );
  }
  const size = width * MAX_CLASSES;
  const penalty = 1 / (options.c * count);
  const raw: Weights = { coefficients: new Float64Array(size), intercepts: new Float64Array(MAX_CLASSES) };
  const sums = new Float64Array(size);
  const residuals = new Float64Array(MAX_CLASSES);

  function unfold(x: Float64Array): void {
    for (let k = 0; k < MAX_CLASSES; k++) {
      raw.intercepts[k] = k < classes ? x[size + k] : Number.NEGATIVE_INFINITY;
      for (let j = 0; j < width; j++) {
        const coefficient = x[j * MAX_CLASSES + k] * inverseDeviation[j];
        raw.coefficients[j * MAX_CLASSES + k] = coefficient;
        raw.intercepts[k] -= coefficient * mean[j];
      }
    }
  }

  function objective(x: Float64Array, gradient: Float64Array): number {
    unfold(x);
    const loss = accumulateLoss(design, labels, raw, sums, residuals);
    let squares = 0;
    for (let j = 0; j < width; j++) {
      for (let k = 0; k < MAX_CLASSES; k++) {
        const i = j * MAX_CLASSES + k;
        squares += x[i] * x[i];
        gradient[i] = (inverseDeviation[j] * (sums[i] - mean[j] * residuals[k])) / count + penalty * x[i];
      }
    }
    for (let k = 0; k < MAX_CLASSES; k++) gradient[size + k] = residuals[k] / count;
    return loss / count + (penalty * squares) / 2;
  }

  const { maxIterations, tolerance } = options;
  const result = minimise(objective, new Float64Array(size + MAX_CLASSES), { maxIterations, tolerance, onIteration });
  unfold(result.x);
  const coefficients = new Float64Array(classes * width);
  for (let k = 0; k < classes; k++) {
    for (let j = 0; j < width; j++) coefficients[k * width + j] = raw.coefficients[j * MAX_CLASSES + k];
  }
  const { iterations, converged, value: loss } = result;
  return { classes, width, coefficients, intercepts: raw.intercepts.slice(0, classes), iterations, converged, loss };
}

/** Class probabilities of every sample of a design, float32 [samples × classes]. */
export function logisticProbabilities(model: LogisticModel, design: Design): Float32Array {
  const { classes, width } = model;
  if (design.width !== width) {
    throw new CandlenetError('TABLE_INVALID', `logistic regression: found ${design.width} features, expected ${width}`);
  }
  const weights: Weights = {
    coefficients: new Float64Array(width * MAX_CLASSES),
    intercepts: new Float64Array(MAX_CLASSES).fill(Number.NEGATIVE_INFINITY),
  };
  for (let k = 0; k < classes; k++) {
    weights.intercepts[k] = model.intercepts[k];
    for (let j = 0; j < width; j++) weights.coefficients[j * MAX_CLASSES + k] = model.coefficients[k * width + j];
  }
  const out = new Float32Array(design.rows.length * classes);
  const one = new Float64Array(MAX_CLASSES);
  for (let i = 0; i < design.rows.length; i++) {
    softmaxOf(design, i, weights, one);
    for (let k = 0; k < classes; k++) out[i * classes + k] = one[k];
  }
  return out;
}
