import { type SampleSource, samplesBetween } from '../samples.js';

/** What a machine is linear in, all on standardised columns. */
export type KernelMap =
  | { readonly kind: 'linear' }
  /** √(2/D) cos(x·ω + φ), ω normal with variance 2γ: products of two approximate exp(−γ‖x − y‖²) (Rahimi and Recht 2007). */
  | {
      readonly kind: 'fourier';
      /** [width × components] */
      readonly directions: Float32Array<SharedArrayBuffer>;
      readonly phases: Float64Array<SharedArrayBuffer>;
    }
  /** exp(−γ‖x − y‖²) to each of these samples, [vectors × width]. */
  | { readonly kind: 'vectors'; readonly vectors: Float32Array<SharedArrayBuffer>; readonly gamma: number };

/** How columns are standardised: (x − mean) · inverseDeviation; a constant column becomes 0. */
export interface Standardisation {
  readonly mean: Float64Array;
  readonly inverseDeviation: Float64Array;
}

/** Samples worked on together. */
export const BLOCK = 256;

/** Standardised samples in single precision, [samples × width]. */
export function standardised(block: Float32Array, { mean, inverseDeviation }: Standardisation): Float32Array {
  const width = mean.length;
  return block.map((x, at) => (x - mean[at % width]) * inverseDeviation[at % width]);
}

/** Outputs of a map for samples of `width` columns. */
export function sizeOfMap(map: KernelMap, width: number): number {
  if (map.kind === 'linear') return width;
  return map.kind === 'fourier' ? map.phases.length : map.vectors.length / width;
}

/** Maps a standardised sample, which begins at `at` of `block`, into `out`. */
function mapOne(map: KernelMap, block: Float32Array, at: number, width: number, out: Float64Array): void {
  if (map.kind === 'linear') {
    for (let j = 0; j < width; j++) out[j] = block[at + j];
    return;
  }
  if (map.kind === 'fourier') {
    const { directions, phases } = map;
    const components = phases.length;
    const scale = Math.sqrt(2 / components);
    out.set(phases);
    for (let j = 0, from = 0; j < width; j++, from += components) {
      const x = block[at + j];
      for (let d = 0; d < components; d++) out[d] += x * directions[from + d];
    }
    for (let d = 0; d < components; d++) out[d] = scale * Math.cos(out[d]);
    return;
  }
  const { vectors, gamma } = map;
  for (let v = 0, from = 0; from < vectors.length; v++, from += width) {
    let distance = 0;
    for (let j = 0; j < width; j++) {
      const difference = block[at + j] - vectors[from + j];
      distance += difference * difference;
    }
    out[v] = Math.exp(-gamma * distance);
  }
}

/** Calls `use` with what each sample of a part is mapped to, one after another; the array is used again. */
export function mapSamples(
  source: SampleSource,
  standardisation: Standardisation,
  map: KernelMap,
  from: number,
  to: number,
  use: (sample: number, mapped: Float64Array) => void,
): void {
  const width = standardisation.mean.length;
  const block = standardised(samplesBetween(source, from, to), standardisation);
  const mapped = new Float64Array(sizeOfMap(map, width));
  for (let i = from, at = 0; i < to; i++, at += width) {
    mapOne(map, block, at, width, mapped);
    use(i, mapped);
  }
}
