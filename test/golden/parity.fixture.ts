import { readFileSync } from 'node:fs';
import type { ModelOptions } from '../../src/models/index.js';
import type { ParamSlot, StateSlot } from '../../src/onnx/index.js';

export const NETWORKS = ['cnn', 'lstm', 'cnn-lstm', 'cnn-lstm-optimised'] as const;
export type NetworkName = (typeof NETWORKS)[number];

/** Values by parameter, or by running statistic. */
export type Tensors = Readonly<Record<string, readonly number[]>>;

/** What bench/peers/torch_parity.py and torch_training.py say of a network beside their own figures. */
export interface NetworkVectors {
  readonly source: string;
  readonly shape: {
    readonly batch: number;
    readonly window: number;
    readonly features: number;
    readonly classes: number;
  };
  readonly options: ModelOptions;
}

export const readVectors = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), 'utf8')) as T;

export const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));

/** The largest distance between two arrays; infinite where their lengths differ. */
export const distance = (found: ArrayLike<number>, expected: readonly number[]): number =>
  expected.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - found[i])),
    found.length === expected.length ? 0 : Number.POSITIVE_INFINITY,
  );

/** Tensors end to end, as the slots lay them. */
export function flat(slots: readonly (ParamSlot | StateSlot)[], values: Tensors): Float32Array {
  const result = new Float32Array(slots.reduce((sum, { size }) => sum + size, 0));
  for (const { name, offset } of slots) result.set(values[name], offset);
  return result;
}
