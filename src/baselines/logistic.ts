import { minimise } from '../stats/index.js';
import { CandlenetError } from '../util/index.js';
import { momentsOf } from './column-moments.js';
import type { Design } from './design.js';
import { LogisticObjective, placeWeights } from './logistic-objective.js';
import { RowLeader } from './row-team.js';
import { BLOCK, LOGITS, MAX_CLASSES, RowWorker, type SharedRows, shareRows } from './shared-rows.js';

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

/** @throws SAMPLES_EMPTY, TABLE_INVALID, CONFIG_INVALID */
export function checkLogistic(design: Design, labels: Uint8Array, classes: number, options: LogisticOptions): void {
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
 * and in a fixed order. Equals scikit-learn's StandardScaler followed by LogisticRegression.
 * Blocks the thread: `fitLogistic` does the same, to the bit, on threads of its own.
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
  checkLogistic(design, labels, classes, options);
  return leadFit(shareRows(design, labels, 1), classes, options, onIteration);
}

/** The fit, on the thread that leads the others. @throws TRAINING_DIVERGED */
export function leadFit(
  rows: SharedRows,
  classes: number,
  options: LogisticOptions,
  onIteration?: IterationListener,
): LogisticModel {
  const { width } = rows.design;
  const leader = new RowLeader(rows);
  const moments = momentsOf(rows, leader);
  const odd = moments.mean.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    throw new CandlenetError(
      'TRAINING_DIVERGED',
      `logistic regression: found values that are not finite in column ${odd}`,
    );
  }
  const objective = new LogisticObjective(rows, leader, moments, classes, options.c);
  const { maxIterations, tolerance } = options;
  const result = minimise((point, gradient) => objective.at(point, gradient), new Float64Array(objective.size), {
    ...{ maxIterations, tolerance, onIteration },
  });
  leader.end();
  const { coefficients, intercepts } = objective.weightsAt(result.x);
  const { iterations, converged, value: loss } = result;
  return {
    ...{ classes, width, iterations, converged, loss },
    coefficients: coefficients.slice(0, classes * width),
    intercepts: intercepts.slice(0, classes),
  };
}

/** Class probabilities of every sample of a design, float32 [samples × classes]. @throws TABLE_INVALID */
export function logisticProbabilities(model: LogisticModel, design: Design): Float32Array {
  const { classes, width } = model;
  if (design.width !== width) {
    throw new CandlenetError('TABLE_INVALID', `logistic regression: found ${design.width} features, expected ${width}`);
  }
  const coefficients = new Float64Array(width * MAX_CLASSES);
  coefficients.set(model.coefficients);
  const intercepts = new Float64Array(MAX_CLASSES).fill(Number.NEGATIVE_INFINITY);
  intercepts.set(model.intercepts);
  const rows = shareRows(design, new Uint8Array(0), 1);
  placeWeights(rows, { coefficients, intercepts });
  const worker = new RowWorker(rows, 0);
  const count = design.rows.length;
  const out = new Float32Array(count * classes);
  for (let from = 0; from < count; from += BLOCK) {
    const to = Math.min(count, from + BLOCK);
    const block = worker.probabilities(from, to);
    for (let i = from, at = 0; i < to; i++, at += LOGITS) {
      for (let k = 0; k < classes; k++) out[i * classes + k] = block[at + k];
    }
  }
  return out;
}
