import { fileURLToPath } from 'node:url';
import { builtUrl, readInputFile } from '../../util/index.js';
import { type WasmMemory, type WasmModule, wasm } from './web-assembly.js';

/** Pointers are byte offsets into the shared memory, counts are floats and multiples of LANES. See assembly/index.ts. */
export interface Kernels {
  /** out ← scale · Σ_w slots; returns Σ out². */
  reduceGradients(
    out: number,
    slots: number,
    strideBytes: number,
    workers: number,
    count: number,
    scale: number,
  ): number;
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
  fillDropout(out: number, count: number, key: bigint, counter: bigint, keep: number): void;
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
