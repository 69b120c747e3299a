/** Returns of `assets` over `periods`, row-major: a row a period, oldest first. */
export interface ReturnRows {
  readonly values: Float64Array;
  readonly periods: number;
  readonly assets: number;
}

export interface CovarianceEstimate {
  /** [n × n] row-major, per period of the returns. */
  readonly covariance: Float64Array;
  /** Share of the target in the mixture, 0 to 1; 0 for `sample` and `ewma`. */
  readonly shrinkage: number;
}

/** The rows in which no return is missing, in their order: a covariance over them is positive semidefinite. */
export function completeRows({ values, periods, assets }: ReturnRows): ReturnRows {
  const kept: number[] = [];
  for (let t = 0; t < periods; t++) {
    const row = values.subarray(t * assets, (t + 1) * assets);
    if (row.every(Number.isFinite)) kept.push(t);
  }
  const complete = new Float64Array(kept.length * assets);
  for (const [i, t] of kept.entries()) complete.set(values.subarray(t * assets, (t + 1) * assets), i * assets);
  return { values: complete, periods: kept.length, assets };
}

/** Returns less their column means. */
export function centredRows({ values, periods, assets }: ReturnRows): Float64Array {
  const means = new Float64Array(assets);
  for (let i = 0; i < values.length; i++) means[i % assets] += values[i];
  return Float64Array.from(values, (value, i) => value - means[i % assets] / periods);
}

/** Xᵀ X / divisor of centred rows. */
export function crossProduct(x: Float64Array, periods: number, assets: number, divisor: number): Float64Array {
  const out = new Float64Array(assets * assets);
  for (let t = 0; t < periods; t++) {
    const row = t * assets;
    for (let i = 0; i < assets; i++) {
      const value = x[row + i];
      for (let j = 0; j <= i; j++) out[i * assets + j] += value * x[row + j];
    }
  }
  for (let i = 0; i < assets; i++) {
    for (let j = 0; j <= i; j++) {
      out[i * assets + j] /= divisor;
      out[j * assets + i] = out[i * assets + j];
    }
  }
  return out;
}

export function sampleCovariance(rows: ReturnRows): Float64Array {
  return crossProduct(centredRows(rows), rows.periods, rows.assets, rows.periods - 1);
}

/**
 * Exponentially weighted: Σ w_t (r_t − m)(r_t − m)ᵀ with w_t ∝ 2^(−age / halfLife), Σ w_t = 1, m the weighted mean, without
 * a correction of bias (numpy.cov with `aweights` and `ddof=0`).
 */
export function weightedCovariance({ values, periods, assets }: ReturnRows, halfLife: number): Float64Array {
  const weights = Float64Array.from({ length: periods }, (_, t) => 2 ** ((t + 1 - periods) / halfLife));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const means = new Float64Array(assets);
  for (let i = 0; i < values.length; i++) means[i % assets] += (weights[Math.floor(i / assets)] / total) * values[i];
  const scaled = Float64Array.from(
    values,
    (value, i) => (value - means[i % assets]) * Math.sqrt(weights[Math.floor(i / assets)] / total),
  );
  return crossProduct(scaled, periods, assets, 1);
}
