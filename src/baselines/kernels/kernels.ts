import { fileURLToPath } from 'node:url';
import { builtUrl, CandlenetError, readInputFile, type WasmMemory, type WasmModule, wasm } from '../../util/index.js';

/** A byte offset into the kernels' memory. */
export type Pointer = number;

/** Samples are float32 [rows × width] with a width that is a multiple of 4. See assembly/. */
export interface Kernels {
  /** sums ← sums + Σ rows, [width] doubles. */
  addColumns(x: Pointer, rows: number, width: number, sums: Pointer): void;
  /** sums ← sums + Σ (rows − mean)². */
  addSquares(x: Pointer, rows: number, width: number, mean: Pointer, sums: Pointer): void;
  /** x ← (x − mean) · inverseDeviation. */
  standardise(x: Pointer, rows: number, width: number, mean: Pointer, inverseDeviation: Pointer): void;
  /** Of three classes, padded to four doubles a row; an even number of rows. Weights are doubles [3 × width]. */
  logits(x: Pointer, rows: number, width: number, weights: Pointer, intercepts: Pointer, out: Pointer): void;
  /** Logits to probabilities. */
  softmax(rows: number, out: Pointer): void;
  /** Logits to residuals, probability − one-hot class; adds them to `sums` [3]; returns Σ cross-entropy. */
  residuals(rows: number, labels: Pointer, out: Pointer, sums: Pointer): number;
  /** gradient ← gradient + Σ residual · x, doubles [3 × width]; rows in fours. */
  addGradient(x: Pointer, rows: number, width: number, residual: Pointer, gradient: Pointer): void;
  /** Σ w · x, w in doubles. */
  dot(w: Pointer, x: Pointer, width: number): number;
  /** w ← w + factor · x, w in doubles. */
  addScaled(w: Pointer, x: Pointer, width: number, factor: number): void;
  squaredNorm(x: Pointer, width: number): number;
  /** out[v] = ‖x − vectors[v]‖², floats. */
  squaredDistances(x: Pointer, vectors: Pointer, count: number, width: number, out: Pointer): void;
  /** out = scale · cos(phases + x · directions), floats [rows × components]; rows in fours, components and directions in panels of eight. */
  project(
    x: Pointer,
    rows: number,
    width: number,
    panels: Pointer,
    phases: Pointer,
    components: number,
    scale: number,
    out: Pointer,
  ): void;
}

const PAGE_BYTES = 65_536;
/** What the module declares as its maximum (scripts/build.mjs): all that 32 bits reach. */
const MOST_BYTES = 65_536 * PAGE_BYTES;
const LINE_BYTES = 64;

let compiled: WasmModule | undefined;

export function bindKernels(memory: WasmMemory): Kernels {
  if (compiled === undefined) {
    const path = fileURLToPath(builtUrl(import.meta.url, './kernels.wasm'));
    compiled = new wasm.Module(readInputFile(path, 'the kernels of the baselines'));
  }
  return new wasm.Instance(compiled, { env: { memory } }).exports as unknown as Kernels;
}

/** @throws RUNTIME_FAILED where they would need more than the kernels reach */
export function createKernelMemory(bytes: number): WasmMemory {
  if (bytes > MOST_BYTES) {
    const found = `found ${(bytes / 2 ** 30).toFixed(1)} GiB of samples, expected at most 4 GiB: take fewer samples`;
    throw new CandlenetError('RUNTIME_FAILED', `memory of the baselines: ${found}`);
  }
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return new wasm.Memory({ initial: pages, maximum: pages, shared: true });
}

/** Hands out places one after another, each at the start of a cache line, behind the module's own constants. */
export class Places {
  bytes = PAGE_BYTES;

  take(bytes: number): Pointer {
    const at = this.bytes;
    this.bytes += Math.ceil(bytes / LINE_BYTES) * LINE_BYTES;
    return at;
  }
}

/** A width that the kernels take: the columns behind the last are 0. */
export const paddedTo = (width: number, unit: number) => Math.ceil(width / unit) * unit;
