import { expect, it } from 'vitest';
import { hashTable, makeTable } from '../tables/index.js';
import { RecordColumns } from './record-columns.js';

const SCHEMA = { day: 'day', name: 'string', value: 'float64' } as const;

it('records in chunks are one table, whatever their number', () => {
  const records = new RecordColumns(SCHEMA);
  const count = 10_000;
  for (let i = 0; i < count; i++) {
    const row = records.next();
    records.columns.day[row] = i;
    records.columns.name[row] = i % 3;
    records.columns.value[row] = i / 7;
  }
  for (const record of [0, 4095, 4096, 9999]) {
    expect(records.chunkOf(record).day[records.rowOf(record)]).toBe(record);
  }
  const table = records.toTable({ name: ['a', 'b', 'c'] });
  const plain = makeTable(SCHEMA, {
    day: Int32Array.from({ length: count }, (_, i) => i),
    name: Array.from({ length: count }, (_, i) => 'abc'[i % 3]),
    value: Float64Array.from({ length: count }, (_, i) => i / 7),
  });
  expect(table.columns.name).toBe(table.columns.name);
  expect(structuredClone(table)).toEqual(plain);
  expect(hashTable(table, SCHEMA)).toBe(hashTable(plain, SCHEMA));
});

it('no records are an empty table', () => {
  const { length, columns } = new RecordColumns(SCHEMA).toTable({ name: [] });
  expect([length, columns.day.length, columns.name]).toEqual([0, 0, []]);
});
