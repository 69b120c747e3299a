import type { SampleSource } from '../samples.js';
import type { MappedSamples, Separation, SeparationOptions } from './dual-descent.js';
import type { KernelMap, Standardisation } from './kernel-map.js';

type Next = Int32Array<SharedArrayBuffer>;

/** Maps all samples, block by block. */
export interface MapJob {
  readonly kind: 'map';
  readonly source: SampleSource;
  readonly standardisation: Standardisation;
  readonly map: KernelMap;
  /** [samples × stride] */
  readonly mapped: Float32Array<SharedArrayBuffer>;
  readonly stride: number;
  readonly next: Next;
}

/** Separates each class from the others, class by class. */
export interface SeparateJob {
  readonly kind: 'separate';
  readonly labels: Uint8Array;
  readonly classes: number;
  /** The kernel of the samples among themselves, [samples × samples], or what is linear: room for the weights of each class. */
  readonly mapped: Float32Array<SharedArrayBuffer> | readonly MappedSamples[];
  readonly options: SeparationOptions;
  readonly seed: number;
  readonly next: Next;
}

/** Works out decision values, block by block. */
export interface DecideJob {
  readonly kind: 'decide';
  readonly source: SampleSource;
  readonly standardisation: Standardisation;
  readonly map: KernelMap;
  /** [classes × size of the map] */
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
  /** [samples × classes] */
  readonly decisions: Float32Array<SharedArrayBuffer>;
  readonly next: Next;
}

export type SvmMessage = { readonly kind: 'separation'; readonly k: number; readonly separation: Separation };
