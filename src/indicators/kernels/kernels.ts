import { fileURLToPath } from 'node:url';
import { builtUrl, readInputFile } from '../../util/index.js';

/** A byte offset into the kernels' memory. */
export type Column = number;

/**
 * TA-Lib's functions over columns, each with the bits of its stepped form; see assembly/. Outputs before their first value
 * are NaN. `work` is WORK_COLUMNS columns of scratch, `stride` bytes apart.
 */
export interface Kernels {
  allFinite(x: Column, bars: number): number;
  sma(x: Column, out: Column, bars: number, period: number): void;
  ema(x: Column, out: Column, bars: number, period: number): void;
  wma(x: Column, out: Column, bars: number, period: number): void;
  /** DEMA, TEMA and TRIX of one period share their means. */
  nested(x: Column, dema: Column, tema: Column, trix: Column, bars: number, period: number): void;
  kama(x: Column, out: Column, bars: number, period: number): void;
  macd(
    x: Column,
    line: Column,
    smoothed: Column,
    histogram: Column,
    bars: number,
    fast: number,
    slow: number,
    signal: number,
  ): void;
  bbands(
    x: Column,
    upper: Column,
    middle: Column,
    lower: Column,
    bars: number,
    period: number,
    deviationsUp: number,
    deviationsDown: number,
  ): void;
  rsi(x: Column, out: Column, bars: number, period: number, work: Column): void;
  roc(x: Column, out: Column, bars: number, period: number): void;
  mom(x: Column, out: Column, bars: number, period: number): void;
  stoch(
    high: Column,
    low: Column,
    close: Column,
    k: Column,
    d: Column,
    bars: number,
    fastK: number,
    slowK: number,
    slowD: number,
    work: Column,
    stride: number,
  ): void;
  willr(
    high: Column,
    low: Column,
    close: Column,
    out: Column,
    bars: number,
    period: number,
    work: Column,
    stride: number,
  ): void;
  aroonosc(high: Column, low: Column, out: Column, bars: number, period: number, work: Column, stride: number): void;
  cci(high: Column, low: Column, close: Column, out: Column, bars: number, period: number, work: Column): void;
  atr(high: Column, low: Column, close: Column, out: Column, bars: number, period: number): void;
  directional(
    high: Column,
    low: Column,
    close: Column,
    plus: Column,
    minus: Column,
    adx: Column,
    bars: number,
    period: number,
    work: Column,
  ): void;
  ultosc(
    high: Column,
    low: Column,
    close: Column,
    out: Column,
    bars: number,
    short: number,
    medium: number,
    long: number,
    work: Column,
    stride: number,
  ): void;
  obv(close: Column, volume: Column, out: Column, bars: number): void;
  adosc(
    high: Column,
    low: Column,
    close: Column,
    volume: Column,
    out: Column,
    bars: number,
    fast: number,
    slow: number,
  ): void;
  mfi(
    high: Column,
    low: Column,
    close: Column,
    volume: Column,
    out: Column,
    bars: number,
    period: number,
    work: Column,
    stride: number,
  ): void;
}

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of WebAssembly's JavaScript interface used here; TypeScript declares it only together with the browser's. */
interface WasmInterface {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Kernels & { readonly memory: Memory } };
}

let instance: InstanceType<WasmInterface['Instance']>['exports'] | undefined;

/** This thread's kernels. */
function loaded() {
  if (instance === undefined) {
    const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WasmInterface }).WebAssembly;
    const path = fileURLToPath(builtUrl(import.meta.url, './kernels.wasm'));
    instance = new Instance(new Module(readInputFile(path, 'the kernels of the indicators'))).exports;
  }
  return instance;
}

const PAGE_BYTES = 65_536;
/** What the module declares as its maximum (scripts/build.mjs): 1 GiB. */
const MOST_BYTES = 16_384 * PAGE_BYTES;
/** Columns begin here, behind the module's own few constants. */
const FIRST = PAGE_BYTES;
/** Columns of scratch that a kernel may use. */
const WORK_COLUMNS = 3;

/** Columns of `bars` doubles in the kernels' memory; the next call of `columnsOf` takes them back. */
export interface Columns {
  readonly kernels: Kernels;
  readonly bars: number;
  readonly stride: number;
  readonly work: Column;
  /** Column `index` of those asked for. */
  column(index: number): Column;
  /** A view of it. */
  values(index: number): Float64Array;
}

/** @returns null where they would need more than the kernels' memory may grow to */
export function columnsOf(bars: number, count: number): Columns | null {
  const kernels = loaded();
  // Loops over pairs touch one double behind the last.
  const stride = ((bars + 2) & ~1) * Float64Array.BYTES_PER_ELEMENT;
  const needed = FIRST + (WORK_COLUMNS + count) * stride;
  if (needed > MOST_BYTES) return null;
  const missing = needed - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / PAGE_BYTES));
  const { buffer } = kernels.memory;
  const column = (index: number) => FIRST + (WORK_COLUMNS + index) * stride;
  return {
    kernels,
    bars,
    stride,
    work: FIRST,
    column,
    values: (index) => new Float64Array(buffer, column(index), bars),
  };
}
