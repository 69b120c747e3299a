import type { ColumnMoments } from './column-moments.js';
import type { RowLeader } from './row-team.js';
import { MAX_CLASSES, Pass, type SharedRows } from './shared-rows.js';

/** On the raw features: the standardisation is folded in. Coefficients class by class [3 × width]. */
export interface Weights {
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
}

/**
 * Mean cross-entropy + ‖coefficients‖² / (2 C n) of standardised columns, intercepts free. A point is the coefficients class by
 * class, then the intercepts: [3 × width + 3].
 */
export class LogisticObjective {
  readonly #rows: SharedRows;
  readonly #leader: RowLeader;
  readonly #moments: ColumnMoments;
  readonly #classes: number;
  readonly #penalty: number;

  constructor(rows: SharedRows, leader: RowLeader, moments: ColumnMoments, classes: number, c: number) {
    this.#rows = rows;
    this.#leader = leader;
    this.#moments = moments;
    this.#classes = classes;
    this.#penalty = 1 / (c * rows.design.rows.length);
  }

  get size(): number {
    return MAX_CLASSES * (this.#rows.design.width + 1);
  }

  weightsAt(point: Float64Array): Weights {
    const { width } = this.#rows.design;
    const { mean, inverseDeviation } = this.#moments;
    const coefficients = new Float64Array(MAX_CLASSES * width);
    const intercepts = new Float64Array(MAX_CLASSES);
    for (let k = 0; k < MAX_CLASSES; k++) {
      intercepts[k] = k < this.#classes ? point[MAX_CLASSES * width + k] : Number.NEGATIVE_INFINITY;
      for (let j = 0, i = k * width; j < width; j++, i++) {
        coefficients[i] = point[i] * inverseDeviation[j];
        intercepts[k] -= coefficients[i] * mean[j];
      }
    }
    return { coefficients, intercepts };
  }

  /** Value at a point; writes the gradient there into `gradient`. One pass over the samples. */
  at(point: Float64Array, gradient: Float64Array): number {
    const { design, places } = this.#rows;
    const { mean, inverseDeviation } = this.#moments;
    const { width, rows } = design;
    placeWeights(this.#rows, this.weightsAt(point));
    const sums = this.#leader.run(Pass.LOSS, MAX_CLASSES * places.width + MAX_CLASSES + 1);
    const [residuals, loss] = [MAX_CLASSES * places.width, MAX_CLASSES * places.width + MAX_CLASSES];
    let squares = 0;
    for (let k = 0; k < MAX_CLASSES; k++) {
      const residual = sums[residuals + k];
      for (let j = 0, i = k * width, at = k * places.width; j < width; j++, i++, at++) {
        squares += point[i] * point[i];
        gradient[i] = (inverseDeviation[j] * (sums[at] - mean[j] * residual)) / rows.length + this.#penalty * point[i];
      }
      gradient[MAX_CLASSES * width + k] = residual / rows.length;
    }
    return sums[loss] / rows.length + (this.#penalty * squares) / 2;
  }
}

/** Lays weights where the kernels read them. */
export function placeWeights({ design, memory, places }: SharedRows, { coefficients, intercepts }: Weights): void {
  const { width } = design;
  const padded = new Float64Array(memory.buffer, places.weights, MAX_CLASSES * places.width);
  for (let k = 0; k < MAX_CLASSES; k++) {
    padded.set(coefficients.subarray(k * width, (k + 1) * width), k * places.width);
  }
  new Float64Array(memory.buffer, places.intercepts, MAX_CLASSES).set(intercepts);
}
