import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string | Uint8Array): string {
  const path = join(folder, 'table.csv');
  writeFileSync(path, content);
  return path;
}

/** The texts that each cell must come out as, by RFC 4180, section 2. */
describe('readCsv', () => {
  it('reads quotes, commas and line ends inside cells, and keeps the lines of the file', () => {
    const { header, rows, lines } = readCsv(file('a,b\r\n"x, ""y""","two\nlines"\r\n\r\n 1 ,\n'));
    expect(header).toEqual(['a', 'b']);
    expect(rows).toEqual([
      ['x, "y"', 'two\nlines'],
      ['1', ''],
    ]);
    expect(Array.from(lines)).toEqual([2, 5]);
  });

  it('reads a byte order mark, gzip, and a last line without an end', () => {
    const bytes = Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from('a,b\n1,2')]);
    for (const content of [bytes, gzipSync(bytes)]) {
      expect(readCsv(file(content))).toMatchObject({ header: ['a', 'b'], rows: [['1', '2']] });
    }
  });

  it.each([
    ['an empty file', '', 'TABLE_INVALID', /empty file/],
    ['a row too short', 'a,b\n1,2\n3\n', 'TABLE_INVALID', /line 3: found 1 cells, expected 2/],
    ['a column twice', 'a,a\n', 'TABLE_INVALID', /"a" twice/],
    ['a column without a name', 'a,\n', 'TABLE_INVALID', /column 2 has no name/],
    ['an open quote', 'a\n"x\n', 'TABLE_INVALID', /line 2: found no closing quote/],
    ['a letter after a quote', 'a\n"x"y\n', 'TABLE_INVALID', /line 2: found "y" after a closing quote/],
    ['no UTF-8', Uint8Array.of(0x61, 0xff), 'FILE_UNREADABLE', /no UTF-8/],
    ['damaged gzip', gzipSync('a,b\n1,2\n').subarray(0, 15), 'FILE_UNREADABLE', /damaged gzip/],
  ])('refuses %s', (_title, content, code, message) => {
    expect(() => readCsv(file(content))).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });
});
