import { fileURLToPath } from 'node:url';
import { builtUrl, readInputFile, type WasmMemory, type WasmModule, wasm } from '../../util/index.js';

/** Pointers are byte offsets into the shared memory, counts are floats. See assembly/. */
export interface Kernels {
  /** out ← scale · Σ_w slots; returns Σ out². The count is a multiple of LANES. */
  reduceGradients(
    out: number,
    slots: number,
    strideBytes: number,
    workers: number,
    count: number,
    scale: number,
  ): number;
  /** The count is a multiple of LANES. */
  adam(
    params: number,
    first: number,
    second: number,
    gradients: number,
    count: number,
    clip: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    oneMinusBeta2: number,
    stepSize: number,
    rootCorrection: number,
    epsilon: number,
  ): void;
  /** The count is a multiple of LANES. */
  sgd(
    params: number,
    velocity: number,
    gradients: number,
    count: number,
    momentum: number,
    nesterov: boolean,
    rate: number,
  ): void;
  /** x ← factor · x, for any count. */
  scale(x: number, count: number, factor: number): void;
  /** y ← y + factor · x, for any count. */
  addScaled(y: number, x: number, count: number, factor: number): void;
  /** out ← weight · a + (1 − weight) · b, for any count. */
  mix(out: number, a: number, b: number, count: number, weight: number): void;
  /** The count is a multiple of LANES; half as many positions of the stream are read, from `counter` on. */
  fillDropout(out: number, count: number, key: bigint, counter: bigint, keep: number): void;
  /** Likewise, with `counter` a multiple of 4. */
  addNormal(out: number, count: number, key: bigint, counter: bigint, deviation: number): void;
}

/** Floats of one cache line: slices and counts are multiples of it. */
export const LANES = 16;

const PAGE_BYTES = 65_536;
/** What the module declares as its maximum (scripts/build.mjs): 1 GiB. */
const MAXIMUM_PAGES = 16_384;

export function compileKernels(): WasmModule {
  const path = fileURLToPath(builtUrl(import.meta.url, './kernels.wasm'));
  return new wasm.Module(readInputFile(path, 'the WebAssembly kernels'));
}

export function createSharedMemory(bytes: number): WasmMemory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  if (pages > MAXIMUM_PAGES) throw new RangeError(`shared memory: ${bytes} bytes asked for, the kernels reach 1 GiB`);
  return new wasm.Memory({ initial: pages, maximum: pages, shared: true });
}

export function bindKernels(module: WasmModule, memory: WasmMemory): Kernels {
  return new wasm.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
