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

  it('reads the GBK of Chinese vendors', () => {
    // 日期,收盘 in GBK (code page 936).
    const bytes = Buffer.from('c8d5c6da2ccad5c5cc0a312c320a', 'hex');
    expect(readCsv(file(bytes))).toMatchObject({ header: ['日期', '收盘'], rows: [['1', '2']] });
  });

  it('refuses a text that unpacks beyond the limit', () => {
    const bomb = gzipSync(`a\n${'1\n'.repeat(2 ** 20)}`);
    expect(bomb.length).toBeLessThan(2 ** 13);
    for (const content of [bomb, `a\n${'1\n'.repeat(2 ** 20)}`]) {
      expect(() => readCsv(file(content), 'table', 2 ** 20)).toThrow(
        expect.objectContaining({
          code: 'FILE_UNREADABLE',
          message: expect.stringMatching(/more than 1 MiB/) as string,
        }),
      );
    }
  });

  it.each([
    ['an empty file', '', 'TABLE_INVALID', /empty file/],
    ['a row too short', 'a,b\n1,2\n3\n', 'TABLE_INVALID', /line 3: found 1 cells, expected 2/],
    ['a column twice', 'a,a\n', 'TABLE_INVALID', /"a" twice/],
    ['a column without a name', 'a,\n', 'TABLE_INVALID', /column 2 has no name/],
    ['an open quote', 'a\n"x\n', 'TABLE_INVALID', /line 2: found no closing quote/],
    ['a letter after a quote', 'a\n"x"y\n', 'TABLE_INVALID', /line 2: found "y" after a closing quote/],
    ['no text', Uint8Array.of(0x61, 0xff), 'FILE_UNREADABLE', /neither UTF-8 nor GB18030/],
    ['damaged gzip', gzipSync('a,b\n1,2\n').subarray(0, 15), 'FILE_UNREADABLE', /damaged gzip/],
  ])('refuses %s', (_title, content, code, message) => {
    expect(() => readCsv(file(content))).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });
});
