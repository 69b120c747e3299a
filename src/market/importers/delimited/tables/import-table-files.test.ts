import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeParquet } from '../../../../tables/index.js';
import { parseDay } from '../../../../util/index.js';
import { importBarFiles } from '../import-bar-files.js';
import { importTableFiles } from './import-table-files.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'candlenet-tables-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (name: string, text: string) => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};

it('reads Tushare’s fina_indicator: per cent become fractions, undated disclosures are left out', async () => {
  const file = write(
    'fina.csv',
    'ts_code,ann_date,end_date,roe\n600000.SH,20200425,20200331,3.5\n600000.SH,,20200630,4\n',
  );
  const { fundamentals, findings } = await importTableFiles(file, 'fundamentals', { preset: 'tushare' });
  expect(fundamentals?.columns.value[0]).toBeCloseTo(0.035, 12);
  expect(fundamentals?.columns.announced[0]).toBe(parseDay('2020-04-25'));
  expect(findings).toMatchObject([{ kind: 'disclosure-undated', count: 1 }]);
});

it('takes a map: columns, scales, constants, date form and missing marks; names what it does not know', async () => {
  const map = write(
    'map.yaml',
    'columns: { period_end: Monat }\nfields: { cpi: { from: VPI, scale: 0.01 } }\ndates: MM/YYYY\nmissing: [n.d.]\n',
  );
  const file = write('macro.csv', 'Monat,VPI\n01/2020,5.4\n02/2020,n.d.\n');
  const { macro } = await importTableFiles(file, 'macro', { map });
  expect(macro?.columns.period_end).toEqual(Int32Array.of(parseDay('2020-01-31')));
  const wrong = write('wrong.yaml', 'columns:\n  period_end: Monat\nunits: 3\n');
  await expect(importTableFiles(file, 'macro', { map: wrong })).rejects.toMatchObject({
    code: 'CONFIG_UNKNOWN_KEY',
    message: expect.stringMatching(/wrong\.yaml:3: units/) as string,
  });
  const unknown = write('unknown.yaml', 'columns:\n  period_end: Monat\n  realeased: Tag\nconstants: { x: 1 }\n');
  await expect(importTableFiles(file, 'macro', { map: unknown })).rejects.toMatchObject({
    code: 'CONFIG_UNKNOWN_KEY',
    message: expect.stringMatching(/unknown\.yaml:3: columns\.realeased: found an unknown column/) as string,
  });
  const constant = write('constant.yaml', 'columns: { period_end: Monat }\nconstants:\n\n  x: 1\n');
  await expect(importTableFiles(file, 'macro', { map: constant })).rejects.toThrow(/constant\.yaml:4: constants\.x/);
  const absent = write('absent.yaml', 'columns: { period_end: Tag }\n');
  await expect(importTableFiles(file, 'macro', { map: absent })).rejects.toMatchObject({ code: 'TABLE_INVALID' });
});

it('refuses two rows of one key that differ, naming both', async () => {
  const file = write(
    'macro.csv',
    'series,period_end,released,value\ncpi,2020-01,2020-02-10,1\ncpi,2020-01,2020-02-10,2\n',
  );
  await expect(importTableFiles(file, 'macro')).rejects.toMatchObject({
    message: expect.stringMatching(/line 3: column "value": found 2 .* line 2 has 1/) as string,
  });
});

it('reads bars from Parquet as from CSV, and names the row of a bad one', async () => {
  const schema = {
    date: 'day',
    open: 'float64',
    high: 'float64',
    low: 'float64',
    close: 'float64',
    volume: 'float64',
  } as const;
  const day = Int32Array.of(parseDay('2020-01-02'), parseDay('2020-01-03'));
  const price = Float64Array.of(10.1, 10.2);
  const columns = { date: day, open: price, high: price, low: price, close: price, volume: Float64Array.of(5, 6) };
  const file = join(dir, 'SH600000.parquet');
  await writeParquet(file, { length: 2, columns }, schema);
  const { bars } = await importBarFiles(dir, { format: 'parquet' });
  expect([bars.symbols, [...bars.close]]).toEqual([['SH600000'], [10.1, 10.2]]);
  await writeParquet(file, { length: 2, columns: { ...columns, volume: Float64Array.of(5, -6) } }, schema);
  await expect(importBarFiles(file)).rejects.toMatchObject({
    message: expect.stringMatching(/SH600000\.parquet row 2: column "volume": found "-6/) as string,
  });
});
