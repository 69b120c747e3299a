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
    // Glorot and Bengio 2010, eq. 12 and 16: variance 2 / (fan in + fan out). torch.nn.init.xavier_uniform_ and _normal_.
    case 'xavier-uniform':
      fillUniform(values, 2 / (initializer.fanIn + initializer.fanOut), rng);
      return;
    case 'xavier-normal':
      fillNormal(values, 2 / (initializer.fanIn + initializer.fanOut), rng);
      return;
    // He et al. 2015, eq. 10: variance 2 / fan in, for rectified units. torch.nn.init.kaiming_uniform_ and _normal_.
    case 'he-uniform':
      fillUniform(values, 2 / initializer.fanIn, rng);
      return;
    case 'he-normal':
      fillNormal(values, 2 / initializer.fanIn, rng);
      return;
    case 'orthogonal': {
      const { rows, columns } = initializer;
      invariant(values.length === rows * columns, `orthogonal ${rows} × ${columns} for ${values.length} values`);
      values.set(orthogonal(rows, columns, rng));
    }
  }
}

/** Uniform on ±√(3 · variance). */
function fillUniform(values: Float32Array, variance: number, rng: Rng): void {
  const bound = Math.sqrt(3 * variance);
  for (let i = 0; i < values.length; i++) values[i] = bound * (2 * rng.uniform() - 1);
}

function fillNormal(values: Float32Array, variance: number, rng: Rng): void {
  const deviation = Math.sqrt(variance);
  for (let i = 0; i < values.length; i++) values[i] = deviation * rng.normal();
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
