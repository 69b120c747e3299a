import { type Design, startOf } from './design.js';

export interface ColumnMoments {
  readonly mean: Float64Array;
  /** 1 / population standard deviation; 0 for a constant column. */
  readonly inverseDeviation: Float64Array;
}

/** Relative spread below which a column counts as constant: float32 cannot tell its values apart. */
const CONSTANT = 1e-7;

/** Two passes, in double precision. */
export function columnMoments(design: Design): ColumnMoments {
  const { values, width, rows } = design;
  const mean = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) {
    const start = startOf(design, i);
    for (let j = 0; j < width; j++) mean[j] += values[start + j];
  }
  for (let j = 0; j < width; j++) mean[j] /= rows.length;
  for (let i = 0; i < rows.length; i++) {
    const start = startOf(design, i);
    for (let j = 0; j < width; j++) squares[j] += (values[start + j] - mean[j]) ** 2;
  }
  const inverseDeviation = squares.map((sum, j) => {
    const deviation = Math.sqrt(sum / rows.length);
    return deviation > CONSTANT * Math.abs(mean[j]) ? 1 / deviation : 0;
  });
  return { mean, inverseDeviation };
}
