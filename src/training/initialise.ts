import type { Initializer, ParamSlot, StateSlot } from '../onnx/index.js';
import { createRng, invariant, type Rng } from '../util/index.js';

/** Initial parameters as one flat vector; each tensor draws from its own stream, named after it. */
export function initialParams(slots: readonly ParamSlot[], count: number, seed: number): Float32Array<ArrayBuffer> {
  const params = new Float32Array(count);
  for (const slot of slots) {
    const values = params.subarray(slot.offset, slot.offset + slot.size);
    fill(values, slot.initializer, createRng(seed, 'init', slot.name));
  }
  return params;
}

/** Running statistics before training. */
export function initialState(slots: readonly StateSlot[], count: number): Float32Array<ArrayBuffer> {
  const state = new Float32Array(count);
  for (const slot of slots) state.fill(slot.initial, slot.offset, slot.offset + slot.size);
  return state;
}

function fill(values: Float32Array, initializer: Initializer, rng: Rng): void {
  switch (initializer.kind) {
    case 'constant':
      values.fill(initializer.value);
      return;
    case 'xavier-uniform': {
      // Glorot and Bengio 2010, eq. 16.
      const bound = Math.sqrt(6 / (initializer.fanIn + initializer.fanOut));
      for (let i = 0; i < values.length; i++) values[i] = bound * (2 * rng.uniform() - 1);
      return;
    }
    case 'orthogonal': {
      const { rows, columns } = initializer;
      invariant(values.length === rows * columns, `orthogonal ${rows} × ${columns} for ${values.length} values`);
      values.set(orthogonal(rows, columns, rng));
    }
  }
}

/**
 * A random matrix [rows × columns] with orthonormal rows, or columns where these are fewer (Saxe et al. 2014), by
 * modified Gram-Schmidt on normal draws. Each vector is swept twice, which brings it to working precision
 * (Giraud, Langou and Rozložník 2005).
 */
export function orthogonal(rows: number, columns: number, rng: Rng): Float64Array {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors = Array.from({ length: count }, () => Float64Array.from({ length }, () => rng.normal()));
  for (let i = 0; i < count; i++) {
    for (let sweep = 0; sweep < 2; sweep++) {
      for (let j = 0; j < i; j++) subtractProjection(vectors[i], vectors[j]);
    }
    const norm = Math.sqrt(dot(vectors[i], vectors[i]));
    for (let k = 0; k < length; k++) vectors[i][k] /= norm;
  }
  const matrix = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) matrix[r * columns + c] = rows <= columns ? vectors[r][c] : vectors[c][r];
  }
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  const length = dot(vector, unit);
  for (let i = 0; i < vector.length; i++) vector[i] -= length * unit[i];
}
