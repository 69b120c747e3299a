import { bindKernels, createKernelMemory, type Kernels, Places, type Pointer, paddedTo } from '../kernels/kernels.js';
import { type SampleSource, samplesBetween } from '../samples.js';
import { type KernelMap, type Standardisation, sizeOfMap } from './kernel-map.js';

/** Samples worked on together. */
export const BLOCK = 256;

/** Components that the projection works out side by side. */
export const PANEL = 8;

/** Floats between two mapped samples, as the kernels want them; those behind the last output of the map say nothing. */
export const strideOfMap = (map: KernelMap, width: number) => paddedTo(sizeOfMap(map, width), PANEL);

/**
 * Maps samples, and asks linear separations in what they are mapped to; one thread's, in kernels.
 * @param weights of each class [classes × size of the map]; none where samples are only mapped
 */
export class Mapper {
  /** Outputs of the map. */
  readonly size: number;
  readonly #map: KernelMap;
  readonly #columns: number;
  readonly #width: number;
  readonly #stride: number;
  readonly #kernels: Kernels;
  readonly #x: Float32Array;
  readonly #out: Float32Array;
  readonly #at: Record<'x' | 'mean' | 'inverse' | 'given' | 'phases' | 'weights' | 'out', Pointer>;

  constructor(standardisation: Standardisation, map: KernelMap, weights: Float64Array = new Float64Array(0)) {
    const columns = standardisation.mean.length;
    const width = paddedTo(columns, 4);
    const stride = strideOfMap(map, columns);
    const size = sizeOfMap(map, columns);
    const classes = weights.length / size;
    const places = new Places();
    const at = {
      x: places.take(BLOCK * width * 4),
      mean: places.take(width * 8),
      inverse: places.take(width * 8),
      given: places.take(map.kind === 'linear' ? 0 : stride * width * 4),
      phases: places.take(stride * 4),
      weights: places.take(classes * stride * 8),
      out: places.take(BLOCK * stride * 4),
    };
    const memory = createKernelMemory(places.bytes);
    const { buffer } = memory;
    const floats = (from: Pointer, count: number) => new Float32Array(buffer, from, count);
    new Float64Array(buffer, at.mean, columns).set(standardisation.mean);
    new Float64Array(buffer, at.inverse, columns).set(standardisation.inverseDeviation);
    const given = floats(at.given, map.kind === 'linear' ? 0 : stride * width);
    if (map.kind === 'fourier') {
      fillPanels(given, map.directions, columns, width, size);
      floats(at.phases, size).set(map.phases);
    } else if (map.kind === 'vectors') spread(map.vectors, columns, given, width);
    const placed = new Float64Array(buffer, at.weights, classes * stride);
    for (let k = 0; k < classes; k++) placed.set(weights.subarray(k * size, (k + 1) * size), k * stride);
    this.size = size;
    this.#map = map;
    this.#columns = columns;
    this.#width = width;
    this.#stride = stride;
    this.#kernels = bindKernels(memory);
    this.#x = floats(at.x, BLOCK * width);
    this.#out = floats(at.out, BLOCK * stride);
    this.#at = at;
  }

  /** Up to BLOCK samples, mapped: float32 [samples × strideOfMap], of which `size` count; the array is used again. */
  map(source: SampleSource, from: number, to: number): Float32Array {
    const kernels = this.#kernels;
    const { x, mean, inverse, given, phases, out } = this.#at;
    const rows = to - from;
    spread(samplesBetween(source, from, to), this.#columns, this.#x, this.#width);
    kernels.standardise(x, rows, this.#width, mean, inverse);
    if (this.#map.kind === 'fourier') {
      const scale = Math.sqrt(2 / this.size);
      kernels.project(x, paddedTo(rows, 4), this.#width, given, phases, this.#stride, scale, out);
    } else {
      for (let i = 0; i < rows; i++) this.#mapOne(i);
    }
    return this.#out;
  }

  /** Σ weights · mapped, of a class and sample of the block that was mapped last. */
  score(k: number, i: number): number {
    return this.#kernels.dot(
      this.#at.weights + k * this.#stride * 8,
      this.#at.out + i * this.#stride * 4,
      this.#stride,
    );
  }

  #mapOne(i: number): void {
    const out = this.#out.subarray(i * this.#stride, i * this.#stride + this.size);
    if (this.#map.kind !== 'vectors') {
      out.set(this.#x.subarray(i * this.#width, i * this.#width + this.size));
      return;
    }
    const { x, given, out: to } = this.#at;
    const width = this.#width;
    this.#kernels.squaredDistances(x + i * width * 4, given, this.size, width, to + i * this.#stride * 4);
    const { gamma } = this.#map;
    for (let v = 0; v < this.size; v++) out[v] = Math.exp(-gamma * out[v]);
  }
}

/** Rows of `columns` floats with the padding that the kernels want behind each. */
function spread(samples: Float32Array, columns: number, target: Float32Array, width: number): void {
  if (columns === width) target.set(samples);
  else {
    for (let from = 0, at = 0; from < samples.length; from += columns, at += width) {
      target.set(samples.subarray(from, from + columns), at);
    }
  }
}

/** Directions [columns × size] in panels of eight components, [size / 8 × width × 8]. */
function fillPanels(target: Float32Array, directions: Float32Array, columns: number, width: number, size: number) {
  for (let d = 0; d < size; d++) {
    const panel = Math.floor(d / PANEL) * width * PANEL + (d % PANEL);
    for (let j = 0; j < columns; j++) target[panel + j * PANEL] = directions[j * size + d];
  }
}
