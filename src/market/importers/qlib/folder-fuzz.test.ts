import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectRefusedOrSound } from '../sound-market.fixture.js';
import { importQlib } from './import-qlib.js';
import { binPath, codedQlibFolder, FIELDS, type QlibField, writeQlibFolder } from './qlib-folder.fixture.js';

let root: string;
let dir: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'candlenet-qlib-fuzz-'));
  dir = join(root, 'qlib');
  writeQlibFolder(dir, codedQlibFolder());
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const day = () => join(dir, 'calendars', 'day.txt');
const csi300 = () => join(dir, 'instruments', 'csi300.txt');
const bin = (field: QlibField, symbol = 'sh600001') => binPath(dir, symbol, field);

/** Puts a float32 into a column; position 0 is the start index. */
function put(path: string, position: number, value: number): void {
  const bytes = readFileSync(path);
  bytes.writeFloatLE(value, position * 4);
  writeFileSync(path, bytes);
}

/** Replaces a file by a link to a copy of it out of the folder. */
function linkOut(path: string): void {
  const outside = join(root, 'outside');
  writeFileSync(outside, readFileSync(path));
  rmSync(path);
  symlinkSync(outside, path);
}

function makeFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

const REFUSED: readonly (readonly [title: string, spoil: () => void, message: RegExp])[] = [
  [
    'an infinite price',
    () => put(bin('close'), 3, Number.POSITIVE_INFINITY),
    /close\.day\.bin offset 12 \(2020-01-06\): found Infinity/,
  ],
  ['a price beyond measure', () => put(bin('close'), 3, 3e38), /close\.day\.bin offset 12 \(2020-01-06\): found 3/],
  ['a volume beyond measure', () => put(bin('volume'), 1, 3e38), /volume\.day\.bin offset 4 \(2020-01-02\): found 3/],
  [
    'a factor that makes a price beyond measure',
    () => put(bin('factor'), 3, 1e-14),
    /\.day\.bin offset 12 \(2020-01-06\): found .* by a factor of .*, expected a price/,
  ],
  [
    'a session at the end of time',
    () => writeFileSync(day(), readFileSync(day(), 'utf8').replace(/2020-01-13/, '9999-12-31')),
    /day\.txt line \d: found 9999-12-31, expected a day of 1600/,
  ],
  [
    'an infinite volume',
    () => put(bin('volume'), 1, Number.NEGATIVE_INFINITY),
    /volume\.day\.bin offset 4 \(2020-01-02\): found -Infinity/,
  ],
  [
    'a negative volume',
    () => put(bin('volume'), 8, -5),
    /volume\.day\.bin offset 32 \(2020-01-13\): found -5, expected .* 0 or more/,
  ],
  [
    'a factor of 0',
    () => put(bin('factor', 'sz000003'), 2, 0),
    /factor\.day\.bin offset 8 \(2020-01-08\): found 0, expected .* above 0/,
  ],
  ['a negative factor', () => put(bin('factor'), 2, -1.5), /factor\.day\.bin offset 8 .*: found -1.5/],
  [
    'a level of 0',
    () => put(bin('low', 'sh000300'), 2, 0),
    /sh000300.low\.day\.bin offset 8 \(2020-01-03\): found the level 0/,
  ],
  [
    'a high level below the close',
    () => put(bin('high', 'sh000300'), 2, 1),
    /sh000300.high\.day\.bin offset 8 .*: found the level 1, expected none below/,
  ],
  ['an absurd start index', () => put(bin('open'), 0, 3e38), /open\.day\.bin: found sessions 3\.\d+e\+38/],
  [
    'an infinite start index',
    () => put(bin('open'), 0, Number.POSITIVE_INFINITY),
    /open\.day\.bin: found sessions Infinity/,
  ],
  [
    'a column longer than the calendar',
    () => truncateSync(bin('open'), 2 ** 33),
    /open\.day\.bin: found 2147483647 values, expected at most 8/,
  ],
  ['a column that is a folder', () => makeFolder(bin('high')), /high\.day\.bin: found no file/],
  ['a column of gzip', () => writeFileSync(bin('open'), gzipSync(readFileSync(bin('open')))), /open\.day\.bin: found/],
  ['a column linked out of the folder', () => linkOut(bin('low')), /low\.day\.bin: found a link out of the folder/],
  ['a calendar linked out of the folder', () => linkOut(day()), /day\.txt: found a link out of the folder/],
  ['members linked out of the folder', () => linkOut(csi300()), /csi300\.txt: found a link out of the folder/],
  ['a calendar that is a folder', () => makeFolder(day()), /day\.txt: found no file/],
  ['a calendar too large to be one', () => truncateSync(day(), 2 ** 40), /day\.txt: found 1099511627776 bytes/],
  ['a calendar of zeros', () => truncateSync(day(), 2 ** 20), /day\.txt line 9: found bytes that are no UTF-8 text/],
  [
    'a calendar in UTF-16',
    () => writeFileSync(day(), Buffer.from(readFileSync(day(), 'utf8'), 'utf16le')),
    /day\.txt line 1: found bytes/,
  ],
  [
    'a calendar with a day twice',
    () => writeFileSync(day(), '2020-01-02\n2020-01-02\n'),
    /day\.txt line 2: found 2020-01-02 after 2020-01-02/,
  ],
  [
    'a calendar newest first',
    () => writeFileSync(day(), '2020-01-03\n2020-01-02\n'),
    /day\.txt line 2: found 2020-01-02 after 2020-01-03/,
  ],
  ['a calendar with blanks alone', () => writeFileSync(day(), '\n \n'), /day\.txt: is empty/],
  [
    'members in GBK',
    () => writeFileSync(csi300(), Buffer.from([0xc6, 0xd6, 0xb7, 0xa2, 0x09])),
    /csi300\.txt line 1: found bytes/,
  ],
  [
    'a path for a symbol',
    () => writeFileSync(csi300(), '../../sh600001\t2020-01-02\t2020-01-13\n'),
    /csi300\.txt line 1: found "\.\.\/\.\.\/sh600001", expected a symbol/,
  ],
  [
    'a member twice at a time',
    () => writeFileSync(csi300(), 'SH600001\t2020-01-02\t2020-01-07\n\nsh600001\t2020-01-07\t2020-01-13\n'),
    /csi300\.txt line 3: found SH600001 from 2020-01-07, .*csi300\.txt line 1 has it to 2020-01-07/,
  ],
  [
    'instruments that are a file',
    () => {
      rmSync(dirname(csi300()), { recursive: true });
      writeFileSync(dirname(csi300()), '');
    },
    /instruments: Qlib instruments folder not found/,
  ],
  ['members that are no file', () => makeFolder(csi300()), /csi300\.txt: found no file/],
  [
    'features that are a file',
    () => {
      rmSync(dirname(bin('open')), { recursive: true });
      writeFileSync(dirname(bin('open')), '');
    },
    /open\.day\.bin: Qlib column not found/,
  ],
];

describe('spoilt Qlib folders', () => {
  it.each(REFUSED)('refuses %s', async (_title, spoil, message) => {
    spoil();
    await expect(importQlib(dir, { index: 'csi300' })).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringMatching(message) as string,
    });
  });

  it('takes a byte order mark and Windows line ends', async () => {
    const plain = await importQlib(dir, { index: 'csi300' });
    for (const path of [day(), csi300()]) {
      writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8').replaceAll('\n', '\r\n')}`);
    }
    expect(await importQlib(dir, { index: 'csi300' })).toEqual(plain);
  });

  it('takes no return from a source that cannot be, and says so', async () => {
    for (const [position, change] of [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -100, -3e38].entries()) {
      put(bin('change'), position + 3, change);
    }
    const { bars, findings } = await importQlib(dir, { index: 'csi300' });
    expect([...bars.adjFactor.subarray(0, 8)]).toEqual(new Array(8).fill(1.5));
    expect(findings.find(({ kind }) => kind === 'change-contradicts-price')?.count).toBe(4);
  });

  const VALUES = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, -1, 1e-45, 3.4e38, 1e10];
  const SYMBOLS = ['sh600001', 'sh600002', 'sz000003', 'sh000300'];
  const values = fc.record({
    kind: fc.constant('value' as const),
    symbol: fc.constantFrom(...SYMBOLS),
    field: fc.constantFrom(...FIELDS),
    position: fc.nat(8),
    // Most of all floats are out of all measure: some of each kind, so that markets are refused and made.
    value: fc.oneof(fc.constantFrom(...VALUES), fc.float(), fc.float({ min: Math.fround(0.01), max: 1000 })),
  });
  const bytes = fc.record({
    kind: fc.constant('bytes' as const),
    file: fc.constantFrom('calendars/day.txt', 'instruments/csi300.txt', 'features/sh600001/close.day.bin'),
    edits: fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }),
    cut: fc.option(fc.nat(200)),
    tail: fc.uint8Array({ maxLength: 8 }),
  });

  it('answers any damage with one of its own errors or with a market in which nothing is impossible', async () => {
    const counts = { refused: 0, sound: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(values, bytes), { minLength: 1, maxLength: 4 }), async (damages) => {
        const whole = new Map<string, Buffer>();
        for (const damage of damages) {
          const path = damage.kind === 'value' ? binPath(dir, damage.symbol, damage.field) : join(dir, damage.file);
          if (!whole.has(path)) whole.set(path, readFileSync(path));
          if (damage.kind === 'value') {
            const { value } = damage;
            const words = Math.floor(readFileSync(path).length / 4);
            if (words > 0) put(path, Math.min(damage.position, words - 1), value);
          } else {
            const content = readFileSync(path);
            for (const [at, byte] of damage.edits) if (at < content.length) content[at] = byte;
            writeFileSync(path, Buffer.concat([content.subarray(0, damage.cut ?? content.length), damage.tail]));
          }
        }
        counts[await expectRefusedOrSound(importQlib(dir, { index: 'csi300' }), dir)]++;
        for (const [path, content] of whole) writeFileSync(path, content);
      }),
      { numRuns: 500 },
    );
    // Neither all of it nor none: else the damage would prove nothing.
    expect(Math.min(counts.refused, counts.sound)).toBeGreaterThan(20);
  });
});
