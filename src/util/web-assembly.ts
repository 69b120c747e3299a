/** The part of WebAssembly's JavaScript interface used here; TypeScript declares it only together with the browser's. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}
/** Opaque; can be posted to a worker thread. */
export type WasmModule = object;

interface WasmInterface {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (options: { initial: number; maximum: number; shared: true }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: Record<string, Record<string, unknown>>,
  ) => { readonly exports: Record<string, unknown> };
}

export const wasm = (globalThis as unknown as { readonly WebAssembly: WasmInterface }).WebAssembly;
