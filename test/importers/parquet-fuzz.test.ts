import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importBarFiles } from '../../src/market/importers/delimited/import-bar-files.js';
import { importTableFiles } from '../../src/market/importers/delimited/tables/import-table-files.js';
import { importerContract } from '../../src/market/importers/importer.contract.js';
import { expectRefusedOrSound } from '../../src/market/importers/sound-market.fixture.js';
import { writeSelected } from '../../src/tables/parquet.fixture.js';
import { formatDay } from '../../src/util/index.js';

/** Two symbols by three days; the price tells symbol and day. */
const BARS = `SELECT 'S' || (r % 2) AS symbol, DATE '2020-01-02' + (r // 2)::INT AS date, 10.0 + r AS open, 10.5 + r AS high,
  9.5 + r AS low, 10.25 + r AS close, 100 * (r + 1) AS volume FROM range(6) rows(r)`;
const replaced = (column: string, sql: string) => `SELECT * REPLACE (${sql} AS ${column}) FROM (${BARS})`;

let root: string;
let dir: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'candlenet-parquet-fuzz-'));
  dir = join(root, 'bars');
  mkdirSync(dir);
  file = join(dir, 'bars.parquet');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = () => importBarFiles(dir, { format: 'parquet' });
const refused = (message: RegExp) => ({ exitStatus: 2, message: expect.stringMatching(message) as string });

describe('spoilt Parquet files', () => {
  it.each([
    ['a text for a price', 'low', "'x'", /bars\.parquet row 1: column "low": found "x", expected a number/],
    ['an infinite price', 'high', "'inf'::DOUBLE", /row 1: column "high": found "inf"/],
    ['a price beyond measure', 'high', '1e308', /row 1: column "high": found "1e\+?308", expected no more than/],
    ['a volume beyond measure', 'volume', '1e300', /row 1: column "volume": found "1e\+?300"/],
    ['a date at the end of time', 'date', "DATE '9999-12-31'", /row 1: column "date": found "9999-12-31"/],
    ['a truth value for a price', 'open', 'volume = 400', /row 1: column "open": found "false"/],
    ['a list for a price', 'close', '[close, close]', /row 1: column "close": found "\[/],
    ['a negative volume', 'volume', 'volume - 350', /row 1: column "volume": found "-250"/],
    ['bytes for a volume', 'volume', "'\\x00\\xFF'::BLOB", /row 1: column "volume": found/],
    ['a number of seconds for a date', 'date', '1577923200', /row 1: column "date": found "1577923200"/],
    ['a time of day', 'date', "TIMESTAMP '2020-01-02 09:30:00'", /row 1: column "date": found "2020-01-02 09:30:00"/],
    ['no date', 'date', 'NULL', /row 1: column "date": found ""/],
    ['a date out of this world', 'date', "DATE '12020-01-02'", /row 1: column "date": found "12020-01-02"/],
    ['no symbol', 'symbol', 'NULL', /row 1: column "symbol": found ""/],
    ['a path for a symbol', 'symbol', "'../S'", /row 1: column "symbol": found "..\/S"/],
    ['a day twice', 'date', "DATE '2020-01-02'", /row 3: found S0 on 2020-01-02 as on row 1/],
  ])('refuses %s', async (_title, column, sql, message) => {
    await writeSelected(file, replaced(column, sql));
    await expect(read()).rejects.toMatchObject(refused(message));
  });

  it.each<readonly [string, () => void, RegExp]>([
    ['an empty file', () => writeFileSync(file, ''), /bars\.parquet: found no Parquet file/],
    ['a CSV called Parquet', () => writeFileSync(file, 'date,open\n'), /bars\.parquet: found no Parquet file/],
    ['four bytes of one', () => writeFileSync(file, 'PAR1'), /bars\.parquet: not a readable Parquet file/],
    ['a truncated file', () => truncateSync(file, 400), /bars\.parquet: not a readable Parquet file/],
    ['a file of zeros after its head', () => truncateSync(file, 2 ** 20), /bars\.parquet: not a readable Parquet file/],
    [
      'a folder called Parquet',
      () => {
        rmSync(file);
        mkdirSync(file);
      },
      /bars\.parquet: found no Parquet file/,
    ],
    [
      'a link out of the folder',
      () => {
        writeFileSync(join(root, 'x'), readFileSync(file));
        rmSync(file);
        symlinkSync(join(root, 'x'), file);
      },
      /bars\.parquet: found a link out of the folder/,
    ],
    [
      'a link to no file',
      () => {
        rmSync(file);
        symlinkSync(join(root, 'none'), file);
      },
      /bars\.parquet: found a link to no file/,
    ],
    [
      'a footer longer than the file',
      () => {
        const bytes = readFileSync(file);
        bytes.writeUInt32LE(0xffffff00, bytes.length - 8);
        writeFileSync(file, bytes);
      },
      /bars\.parquet: not a readable Parquet file/,
    ],
  ])('refuses %s', async (_title, spoil, message) => {
    await writeSelected(file, BARS);
    spoil();
    await expect(read()).rejects.toMatchObject(refused(message));
  });

  it('refuses a column that is missing and a symbol in two files', async () => {
    await writeSelected(file, `SELECT * EXCLUDE (high) FROM (${BARS})`);
    await expect(read()).rejects.toMatchObject(
      refused(/bars\.parquet: column "high" \(high\) is missing, found symbol, date, open, low/),
    );
    await writeSelected(file, BARS);
    await writeSelected(join(dir, 'more.parquet'), BARS);
    await expect(read()).rejects.toMatchObject(
      refused(/more\.parquet: found bars of S0, which .*bars\.parquet has too/),
    );
  });

  it('refuses what would fill the memory, small as the file is', async () => {
    await writeSelected(
      file,
      `SELECT DATE '2020-01-02' AS date, repeat('x', 400000) AS symbol, 1 AS open, 1 AS high,
      1 AS low, 1 AS close, 1 AS volume FROM range(700)`,
    );
    expect(readFileSync(file).length).toBeLessThan(100_000);
    await expect(read()).rejects.toMatchObject(refused(/bars\.parquet: found 267 MiB of text in the columns symbol/));
    await writeSelected(
      file,
      `SELECT DATE '2020-01-02' AS date, 1 AS open, 1 AS high, 1 AS low, 1 AS close, 1 AS volume
      FROM range(11000000)`,
    );
    await expect(read()).rejects.toMatchObject(
      refused(/bars\.parquet: found 11000000 rows of 6 columns, expected at most/),
    );
  });

  it('answers a value of any type in any column with an error of its own or with a sound market', async () => {
    const values = [
      'NULL',
      "''",
      "'x'",
      "'nan'::DOUBLE",
      "'-inf'::FLOAT",
      '-1',
      '0',
      '1e300',
      'true',
      '[1, 2]',
      "{'a': 1}",
      "'\\x00'::BLOB",
      "DATE '2020-02-03'",
      "TIMESTAMPTZ '2020-01-02 00:00:00+00'",
      '170141183460469231731687303715884105727',
      '20200102',
      'INTERVAL 1 DAY',
      "'2020-01-02'",
      '123.45::DECIMAL(9, 4)',
    ];
    const counts = { refused: 0, sound: 0 };
    for (const column of ['symbol', 'date', 'open', 'high', 'low', 'close', 'volume']) {
      for (const value of values) {
        await writeSelected(file, replaced(column, value));
        counts[await expectRefusedOrSound(read(), dir)]++;
      }
    }
    expect(Math.min(counts.refused, counts.sound)).toBeGreaterThan(20);
  });

  it('answers any damage with one of its own errors or with a market in which nothing is impossible', async () => {
    await writeSelected(file, BARS);
    const whole = readFileSync(file);
    const damage = fc.record({
      edits: fc.array(
        fc.tuple(fc.nat(whole.length - 1), fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255))),
        { minLength: 1, maxLength: 3 },
      ),
      cut: fc.option(fc.nat(whole.length), { freq: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ edits, cut }) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of edits) bytes[at] = byte;
        writeFileSync(file, bytes.subarray(0, cut ?? bytes.length));
        await expectRefusedOrSound(read(), dir);
      }),
      { numRuns: 300 },
    );
  });

  it('answers any damage of another table in the same way', async () => {
    const members = `SELECT 'S' || r AS symbol, DATE '2020-01-02' AS "from", DATE '2020-02-03' AS "to" FROM range(4) rows(r)`;
    await writeSelected(file, members.replace("DATE '2020-02-03'", "DATE '2019-02-03'"));
    await expect(importTableFiles(file, 'members', {})).rejects.toMatchObject(
      refused(/bars\.parquet row 1: column "to": found "2019-02-03", expected no day before 2020-01-02/),
    );
    await writeSelected(file, members);
    const whole = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        writeFileSync(file, bytes);
        const said = await importTableFiles(file, 'members', {}).then(
          ({ members: spells = [] }) => spells.every(({ symbol, from, to }) => symbol !== '' && from <= to),
          (error: { exitStatus?: number; message: string }) => error.exitStatus === 2 && error.message.includes(file),
        );
        expect(said).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

importerContract({
  name: 'Parquet, one file',
  async writeSource(folder) {
    mkdirSync(folder);
    await writeSelected(join(folder, 'bars.parquet'), BARS);
  },
  run: (folder, signal) => importBarFiles(folder, { format: 'parquet', ...(signal ? { signal } : {}) }),
  expected(symbol, date) {
    const r = ['2020-01-02', '2020-01-03', '2020-01-04'].indexOf(formatDay(date)) * 2 + Number(symbol.slice(1));
    return { open: 10 + r, high: 10.5 + r, low: 9.5 + r, close: 10.25 + r, volume: 100 * (r + 1) };
  },
});
