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

/** Standardised samples in single precision, [samples × width]. */
export function standardised(samples: Float32Array, { mean, inverseDeviation }: Standardisation): Float32Array {
  const width = mean.length;
  const out = new Float32Array(samples.length);
  for (let at = 0; at < out.length; at += width) {
    for (let j = 0; j < width; j++) out[at + j] = (samples[at + j] - mean[j]) * inverseDeviation[j];
  }
  return out;
}

/** Outputs of a map for samples of `width` columns. */
export function sizeOfMap(map: KernelMap, width: number): number {
  if (map.kind === 'linear') return width;
  return map.kind === 'fourier' ? map.phases.length : map.vectors.length / width;
}
