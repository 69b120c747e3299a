import { createHash, type Hash } from 'node:crypto';
import type { ColumnArrays, Table, TableSchema } from './types.js';

const ROWS_PER_STEP = 65_536;
const BYTES_PER_STEP = 65_536;
const LONG_RUN = 16;

/** NaN has many bit patterns and zero two; each is hashed as one. */
function hashFloats(hash: Hash, values: Float64Array | Float32Array): void {
  for (let start = 0; start < values.length; start += ROWS_PER_STEP) {
    const step = values.slice(start, start + ROWS_PER_STEP);
    for (let i = 0; i < step.length; i++) {
      const value = step[i];
      step[i] = Number.isNaN(value) ? Number.NaN : value + 0;
    }
    hash.update(new Uint8Array(step.buffer, 0, step.byteLength));
  }
}

/** Length and text of every value; a text that comes many times in a row, as symbols do, is encoded once. */
function hashStrings(hash: Hash, values: readonly string[]): void {
  let mixed = '';
  for (let row = 0; row < values.length; ) {
    const text = values[row];
    let end = row + 1;
    while (end < values.length && values[end] === text) end++;
    const encoded = `${text.length}:${text}`;
    if (end - row < LONG_RUN) {
      mixed += encoded.repeat(end - row);
    } else {
      hash.update(mixed);
      mixed = '';
      hashRun(hash, Buffer.from(encoded), end - row);
    }
    if (mixed.length > BYTES_PER_STEP) {
      hash.update(mixed);
      mixed = '';
    }
    row = end;
  }
  hash.update(mixed);
}

function hashRun(hash: Hash, encoded: Buffer, times: number): void {
  const atOnce = Math.max(1, Math.floor(BYTES_PER_STEP / encoded.length));
  const block = Buffer.alloc(Math.min(times, atOnce) * encoded.length, encoded);
  for (let left = times; left > 0; left -= atOnce) {
    hash.update(left >= atOnce ? block : block.subarray(0, left * encoded.length));
  }
}

/**
 * SHA-256, in hex, of the values of a table in schema order: names, types, row count and the little-endian bytes of
 * every column. It does not depend on how a file encodes them.
 */
export function hashTable<S extends TableSchema>(table: Table<S>, schema: S): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(schema) as (keyof S & string)[]) {
    hash.update(`${name}:${schema[name]}:${table.length};`);
    const column: ColumnArrays[keyof ColumnArrays] = table.columns[name];
    if (Array.isArray(column)) hashStrings(hash, column);
    else if (column instanceof Float64Array || column instanceof Float32Array) hashFloats(hash, column);
    else hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest('hex');
}
