import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../util/index.js';
import { withConnection } from './duckdb.js';
import { hashTable } from './hash-table.js';
import { readParquet } from './read-parquet.js';
import { createTableBuilder } from './table.js';
import { MISSING_DAY } from './types.js';
import { copyToParquet, once, systemError, writeParquet, writeParquetPieces } from './write-parquet.js';

const schema = {
  symbol: 'string',
  date: 'day',
  close: 'float64',
  score: 'float32',
  count: 'int32',
  suspended: 'bool',
} as const;

type Row = Parameters<ReturnType<typeof createTableBuilder<typeof schema>>['add']>[0];

function tableOf(rows: readonly Row[]) {
  const builder = createTableBuilder(schema);
  for (const row of rows) builder.add(row);
  return builder.build();
}

const ROWS: Row[] = [
  { symbol: 'SH600000', date: 18_262, close: 12.34, score: 0.5, count: -7, suspended: 0 },
  { symbol: '', date: MISSING_DAY, close: Number.NaN, score: Number.NaN, count: 0, suspended: 1 },
  { symbol: "O'Neill 平安银行", date: -1, close: -0.1, score: -1.5, count: 2_147_483_647, suspended: 0 },
];

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "candlenet-table's-"));
  path = join(folder, 't.parquet');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function writeSql(select: string): Promise<void> {
  await withConnection((connection) =>
    connection.run(`COPY (${select}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`),
  );
}

describe('Parquet', () => {
  it('gives every column type back, with what is missing', async () => {
    await writeParquet(path, tableOf(ROWS), schema);
    expect(await readParquet(path, schema)).toEqual(tableOf(ROWS));
  });

  it('gives any table back in the order of its rows', async () => {
    const row = fc.record({
      symbol: fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\u0000')),
      date: fc.integer({ min: -100_000, max: 100_000 }),
      close: fc.double(),
      score: fc.float(),
      count: fc.integer(),
      suspended: fc.constantFrom(0, 1),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
        const table = tableOf(rows);
        await writeParquet(path, table, schema);
        const read = await readParquet(path, schema);
        expect(hashTable(read, schema)).toBe(hashTable(table, schema));
      }),
      { numRuns: 25 },
    );
  });

  it('keeps the order over many chunks and row groups, and shares repeated texts', async () => {
    const count = 300_000;
    const rows = Array.from({ length: count }, (_, i) => ({ ...ROWS[0], symbol: `S${i % 700}`, count: i }));
    await writeParquet(path, tableOf(rows), schema);
    const { columns } = await readParquet(path, { symbol: 'string', count: 'int32' });
    expect(columns.count.every((value, i) => value === i)).toBe(true);
    expect(columns.symbol.every((text, i) => text === `S${i % 700}`)).toBe(true);
  });

  it('keeps texts of which there are too many for a dictionary', async () => {
    const rows = Array.from({ length: 20_050 }, (_, i) => ({ ...ROWS[0], symbol: `text number ${i}` }));
    await writeParquet(path, tableOf(rows), schema);
    const { columns } = await readParquet(path, { symbol: 'string' });
    expect(columns.symbol.every((text, i) => text === `text number ${i}`)).toBe(true);
  });

  it('reads what a filter asks for, also by a column that is not read', async () => {
    await writeParquet(path, tableOf(ROWS), schema);
    const until = await readParquet(path, { count: 'int32' }, { where: [{ column: 'date', max: 0 }] });
    expect([...until.columns.count]).toEqual([2_147_483_647]);
    const where = [{ column: 'symbol', equals: "O'Neill 平安银行" }];
    expect((await readParquet(path, { symbol: 'string', count: 'int32' }, { where })).length).toBe(1);
  });

  it('reads numbers, dates and nulls as another program writes them', async () => {
    await writeSql(
      "SELECT * FROM (VALUES (1.5::DECIMAL(9,2), 3::BIGINT, TIMESTAMP '2020-01-02 00:00:00'), (NULL, 4, NULL)) t(close, count, date)",
    );
    const { columns } = await readParquet(path, { close: 'float64', count: 'int32', date: 'day' });
    expect([...columns.close]).toEqual([1.5, Number.NaN]);
    expect([...columns.count]).toEqual([3, 4]);
    expect([...columns.date]).toEqual([18_263, MISSING_DAY]);
  });

  it('is null, not NaN, to other programs', async () => {
    await writeParquet(path, tableOf(ROWS), schema);
    const nulls = await withConnection(async (connection) => {
      const quoted = path.replaceAll("'", "''");
      const read = await connection.runAndReadAll(
        `SELECT count(*) FROM '${quoted}' WHERE close IS NULL AND date IS NULL`,
      );
      return Number(read.getRowsJS()[0][0]);
    });
    expect(nulls).toBe(1);
  });
});

describe('bad tables', () => {
  it('names the file that is not there', async () => {
    await expect(readParquet(path, schema)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it('names the column that is missing and those there are', async () => {
    await writeSql('SELECT 1.0 AS open');
    await expect(readParquet(path, { close: 'float64' })).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: `${path}: column "close" is missing, found open`,
    });
  });

  it('names the column of another type', async () => {
    await writeSql("SELECT 'x' AS close");
    await expect(readParquet(path, { close: 'float64' })).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: `${path}: column "close" is VARCHAR, expected DOUBLE`,
    });
  });

  it('refuses a null where there is no way to say so', async () => {
    await writeSql('SELECT NULL::INTEGER AS count');
    await expect(readParquet(path, { count: 'int32' })).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringMatching(/column "count" holds a null/),
    });
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['empty', () => Buffer.alloc(0)],
    ['text', () => Buffer.from('symbol,date\n')],
  ])('tells a file that is %s', async (_, damage) => {
    await writeParquet(path, tableOf(ROWS), schema);
    writeFileSync(path, damage(readFileSync(path)));
    await expect(readParquet(path, schema)).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringMatching(/^[^\n]*t\.parquet: not a readable Parquet file[^\n]*$/),
    });
  });

  it('tells pages that were overwritten', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({ ...ROWS[0], close: Math.sin(i) }));
    await writeParquet(path, tableOf(rows), schema);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 100, bytes.length >> 1));
    await expect(readParquet(path, schema)).rejects.toMatchObject({ code: 'TABLE_INVALID' });
  });
});

describe('writing in pieces', () => {
  const pieces = [tableOf(ROWS), tableOf([]), tableOf(ROWS.slice(0, 2)), manyRows(5000)];
  const given = (tables = pieces) => {
    const left = [...tables];
    return () => left.shift() ?? null;
  };

  function manyRows(count: number) {
    return tableOf(Array.from({ length: count }, (_, i) => ({ ...ROWS[0], symbol: `S${i % 300}`, count: i })));
  }

  it('makes the table that the pieces are together, whether or not the texts are announced', async () => {
    const whole = tableOf([...ROWS, ...ROWS.slice(0, 2), ...rowsOf(manyRows(5000))]);
    const symbols = ['', ...ROWS.map(({ symbol }) => symbol), ...Array.from({ length: 300 }, (_, i) => `S${i}`)];
    for (const texts of [undefined, { symbol: symbols }]) {
      await writeParquetPieces(path, schema, given(), texts);
      expect(await readParquet(path, schema)).toEqual(whole);
    }
  });

  function rowsOf({ length, columns }: ReturnType<typeof tableOf>): Row[] {
    return Array.from({ length }, (_, i) => ({
      symbol: columns.symbol[i],
      date: columns.date[i],
      close: columns.close[i],
      score: columns.score[i],
      count: columns.count[i],
      suspended: columns.suspended[i],
    }));
  }

  it('takes columns in memory that threads share', async () => {
    const close = new Float64Array(new SharedArrayBuffer(24));
    close.set([12.34, Number.NaN, -0.1]);
    const shared = { length: 3, columns: { ...tableOf(ROWS).columns, close } };
    await writeParquet(path, shared, schema);
    expect(await readParquet(path, schema)).toEqual(tableOf(ROWS));
  });

  it('writes no file when a piece cannot be had, or holds a text that was not announced', async () => {
    const broken = () => {
      throw new RangeError('no more');
    };
    await expect(writeParquetPieces(path, schema, broken)).rejects.toThrow('no more');
    await expect(writeParquetPieces(path, schema, given(), { symbol: ['', 'SH600000'] })).rejects.toThrow(/announced/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes several tables at the same time', async () => {
    const paths = [1, 2, 3].map((n) => join(folder, `${n}.parquet`));
    await Promise.all(paths.map((to, n) => writeParquet(to, manyRows(3000 * (n + 1)), schema)));
    for (const [n, from] of paths.entries()) expect((await readParquet(from, schema)).length).toBe(3000 * (n + 1));
  });
});

describe('failing writes', () => {
  it('leaves no part of a table behind when its folder cannot be made', async () => {
    writeFileSync(join(folder, 'file'), 'mine');
    await expect(writeParquet(join(folder, 'file', 't.parquet'), tableOf(ROWS), schema)).rejects.toMatchObject({
      code: 'FILE_WRITE_FAILED',
    });
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.skipIf(!existsSync('/dev/full'))('calls a full disk by its name', async () => {
    const failure = await copyToParquet('/dev/full', once(tableOf(ROWS)), schema, {}).catch(systemError);
    expect(failure).toMatchObject({ code: 'ENOSPC' });
  });

  it('keeps the older table when the new one is refused', async () => {
    await writeParquet(path, tableOf(ROWS), schema);
    const broken = { length: 1, columns: { ...tableOf(ROWS).columns, close: new Float64Array(1) } };
    await expect(writeParquet(path, broken, schema)).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringContaining('column "close" has 1 rows, expected 3'),
    });
    expect((await readParquet(path, schema)).length).toBe(3);
    expect(readdirSync(folder)).toEqual(['t.parquet']);
  });
});

describe('hashTable', () => {
  it('is the SHA-256 of name, type and length, then of every value: a store of any version is recognised', () => {
    const text = { symbol: 'string' } as const;
    const values = [...new Array<string>(40).fill('SH600000'), '', 'é', 'é', ...new Array<string>(9000).fill('平安')];
    const spelled = `symbol:string:${values.length};${values.map((value) => `${value.length}:${value}`).join('')}`;
    expect(hashTable({ length: values.length, columns: { symbol: values } }, text)).toBe(sha256(spelled));
  });

  it('sees values, names, types and order, not bit patterns of NaN and zero', () => {
    const table = tableOf(ROWS);
    const hash = hashTable(table, schema);
    const withColumn = (close: Float64Array) => ({ length: 3, columns: { ...table.columns, close } });
    const bits = new Float64Array(3);
    bits.set(table.columns.close);
    new BigUint64Array(bits.buffer)[1] = 0x7ff8_0000_0000_1234n;
    expect(hashTable(withColumn(bits), schema)).toBe(hash);
    const zero = (value: number) => hashTable(withColumn(Float64Array.of(value, 1, 2)), schema);
    expect(zero(-0)).toBe(zero(0));
    expect(hashTable(tableOf([...ROWS].reverse()), schema)).not.toBe(hash);
    expect(hashTable(withColumn(Float64Array.of(12.34, Number.NaN, -0.2)), schema)).not.toBe(hash);
    const { count, ...rest } = schema;
    expect(hashTable({ length: 3, columns: table.columns }, { ...rest, count })).not.toBe(hash);
    const texts = (...symbols: string[]) =>
      hashTable({ length: 2, columns: { symbol: symbols } }, { symbol: 'string' });
    expect(texts('a', 'bc')).not.toBe(texts('ab', 'c'));
  });
});
