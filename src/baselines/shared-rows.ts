import type { WasmMemory } from '../util/index.js';
import { type Design, startOf } from './design.js';
import { bindKernels, createKernelMemory, type Kernels, Places, type Pointer, paddedTo } from './kernels/kernels.js';

/** Samples copied and worked on together: they fit into a processor's second-level cache. */
export const BLOCK = 32;

/** The kernels carry three classes side by side; with two, the third has probability 0 throughout. */
export const MAX_CLASSES = 3;
/** Doubles of a sample's logits: three classes and a spare. */
export const LOGITS = 4;

/** A chunk's sums are kept apart until all are added in their order, so that the bits do not depend on who worked them out. */
const LEAST_CHUNK = 512;
const MOST_CHUNKS = 256;

/** Where what the threads of a fit share lies in the kernels' memory; pure numbers. */
export interface RowPlaces {
  /** Columns with those of padding. */
  readonly width: number;
  readonly chunkRows: number;
  readonly chunks: number;
  /** Sums of each chunk, one behind the other. */
  readonly sums: Pointer;
  readonly sumsBytes: number;
  /** Doubles [width]. */
  readonly mean: Pointer;
  /** Doubles [3 × width] and [3]. */
  readonly weights: Pointer;
  readonly intercepts: Pointer;
  /** Of each thread: a block of samples, their logits and classes. */
  readonly blocks: readonly Block[];
  readonly bytes: number;
}

interface Block {
  readonly x: Pointer;
  readonly logits: Pointer;
  readonly labels: Pointer;
}

/** Indices into `SharedRows.control`: the round and its pass, the next chunk to take, how many are done. */
export const Control = { ROUND: 0, PASS: 1, NEXT: 2, DONE: 3 } as const;

/** Samples, and the memory that threads work on them in. Can be posted to a thread. */
export interface SharedRows {
  readonly design: Design;
  readonly labels: Uint8Array;
  readonly memory: WasmMemory;
  readonly places: RowPlaces;
  readonly control: Int32Array<SharedArrayBuffer>;
}

function placesFor(columns: number, count: number, threads: number): RowPlaces {
  const width = paddedTo(columns, 4);
  const chunkRows = Math.max(LEAST_CHUNK, paddedTo(Math.ceil(count / MOST_CHUNKS), BLOCK));
  const chunks = Math.ceil(count / chunkRows);
  const places = new Places();
  const sumsBytes = paddedTo((MAX_CLASSES * width + LOGITS) * 8, 64);
  const sums = places.take(chunks * sumsBytes);
  const mean = places.take(width * 8);
  const weights = places.take(MAX_CLASSES * width * 8);
  const intercepts = places.take(LOGITS * 8);
  const blocks = Array.from({ length: threads }, () => ({
    x: places.take(BLOCK * width * 4),
    logits: places.take(BLOCK * LOGITS * 8),
    labels: places.take(BLOCK),
  }));
  return { ...{ width, chunkRows, chunks, sums, sumsBytes, mean, weights, intercepts, blocks }, bytes: places.bytes };
}

/** @param labels class of each sample; none where only columns are summed */
export function shareRows(design: Design, labels: Uint8Array, threads: number): SharedRows {
  const places = placesFor(design.width, design.rows.length, threads);
  const control = new Int32Array(new SharedArrayBuffer(16));
  control[Control.NEXT] = places.chunks;
  return { design, labels, memory: createKernelMemory(places.bytes), places, control };
}

/** Samples from `from` up to, not including, `to` side by side, each `width` floats wide. */
export function copyRows(design: Design, from: number, to: number, target: Float32Array, width: number): void {
  const { values, rows, stride } = design;
  let neighbours = design.width === width && stride === width;
  for (let i = from + 1; i < to && neighbours; i++) neighbours = rows[i] === rows[i - 1] + 1;
  if (neighbours) {
    const start = startOf(design, from);
    target.set(values.subarray(start, start + (to - from) * width));
    return;
  }
  for (let i = from, at = 0; i < to; i++, at += width) {
    const start = startOf(design, i);
    target.set(values.subarray(start, start + design.width), at);
  }
}

/** What a pass over the samples sums. */
export const Pass = { COLUMNS: 0, SQUARES: 1, LOSS: 2, END: 3 } as const;
export type Pass = (typeof Pass)[keyof typeof Pass];

/** One thread's passes over chunks of the samples. */
export class RowWorker {
  readonly #rows: SharedRows;
  readonly #kernels: Kernels;
  readonly #block: Block;
  readonly #x: Float32Array;
  readonly #residuals: Float64Array;
  readonly #labels: Uint8Array;

  constructor(rows: SharedRows, thread: number) {
    this.#rows = rows;
    this.#kernels = bindKernels(rows.memory);
    const { buffer } = rows.memory;
    this.#block = rows.places.blocks[thread];
    this.#x = new Float32Array(buffer, this.#block.x, BLOCK * rows.places.width);
    this.#residuals = new Float64Array(buffer, this.#block.logits, BLOCK * LOGITS);
    this.#labels = new Uint8Array(buffer, this.#block.labels, BLOCK);
  }

  /** Overwrites the sums of a chunk. */
  work(pass: Pass, chunk: number): void {
    const { design, labels, memory, places } = this.#rows;
    const { width, chunkRows, mean, weights, intercepts } = places;
    const { x, logits, labels: classes } = this.#block;
    const kernels = this.#kernels;
    const sums = places.sums + chunk * places.sumsBytes;
    const rest = new Float64Array(memory.buffer, sums, MAX_CLASSES * width + LOGITS).fill(0).subarray(-LOGITS);
    const end = Math.min(design.rows.length, (chunk + 1) * chunkRows);
    for (let from = chunk * chunkRows; from < end; from += BLOCK) {
      const to = Math.min(end, from + BLOCK);
      const count = to - from;
      copyRows(design, from, to, this.#x, width);
      if (pass === Pass.COLUMNS) kernels.addColumns(x, count, width, sums);
      else if (pass === Pass.SQUARES) kernels.addSquares(x, count, width, mean, sums);
      else {
        this.#labels.set(labels.subarray(from, to));
        kernels.logits(x, paddedTo(count, 2), width, weights, intercepts, logits);
        rest[MAX_CLASSES] += kernels.residuals(count, classes, logits, rest.byteOffset);
        const padded = paddedTo(count, 4);
        this.#residuals.fill(0, count * LOGITS, padded * LOGITS);
        kernels.addGradient(x, padded, width, logits, sums);
      }
    }
  }
  /** Class probabilities of up to BLOCK samples, four to a sample; the array is used again. */
  probabilities(from: number, to: number): Float64Array {
    const { width, weights, intercepts } = this.#rows.places;
    const { x, logits } = this.#block;
    copyRows(this.#rows.design, from, to, this.#x, width);
    this.#kernels.logits(x, paddedTo(to - from, 2), width, weights, intercepts, logits);
    this.#kernels.softmax(to - from, logits);
    return this.#residuals;
  }
}
