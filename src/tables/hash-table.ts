import { createHash, type Hash } from 'node:crypto';
import type { ColumnArrays, Table, TableSchema } from './types.js';

const ROWS_PER_STEP = 65_536;

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

function hashStrings(hash: Hash, values: readonly string[]): void {
  for (let start = 0; start < values.length; start += ROWS_PER_STEP) {
    const step = values.slice(start, start + ROWS_PER_STEP);
    hash.update(`${step.map((text) => `${text.length}:${text}`).join('')}`);
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
