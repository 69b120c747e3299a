import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDay } from '../../../util/index.js';
import { importerContract } from '../importer.contract.js';
import { importQlib } from './import-qlib.js';
import {
  binPath,
  CALENDAR,
  CODED,
  codedFactor,
  codedPrice,
  codedQlibFolder,
  codedVolume,
  type QlibFolder,
  writeQlibFolder,
} from './qlib-folder.fixture.js';

importerContract({
  name: 'Qlib',
  writeSource: (dir) => writeQlibFolder(dir, codedQlibFolder()),
  run: (dir, signal) => importQlib(dir, { index: 'csi300', ...(signal ? { signal } : {}) }),
  expected(symbol, date) {
    const instrument = CODED.findIndex(([known]) => known === symbol);
    const session = CALENDAR.findIndex((text) => parseDay(text) === date);
    if (session < CODED[instrument][1]) return null;
    const price = (column: 'open' | 'high' | 'low' | 'close') => codedPrice(column, instrument, session);
    return {
      open: price('open'),
      high: price('high'),
      low: price('low'),
      close: price('close'),
      volume: codedVolume(instrument, session),
    };
  },
});

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'candlenet-qlib-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function written(change: (folder: QlibFolder) => void = () => {}): string {
  const folder = codedQlibFolder();
  change(folder);
  writeQlibFolder(dir, folder);
  return dir;
}

const finding = (market: Awaited<ReturnType<typeof importQlib>>, kind: string) =>
  market.findings.find((one) => one.kind === kind);

describe('importQlib', () => {
  it('says when the index has no series of its own to be a benchmark', async () => {
    const market = await importQlib(written(), { index: 'csi300' });
    expect(finding(market, 'benchmark-absent')?.count).toBe(0);
    rmSync(join(dir, 'features', 'sh000300'), { recursive: true });
    const without = await importQlib(dir, { index: 'csi300' });
    expect(without.benchmarks).toEqual([]);
    expect(finding(without, 'benchmark-absent')).toMatchObject({ count: 1, example: 'csi300: no folder of SH000300' });
  });

  it('takes the members of an index, its spells and its benchmark', async () => {
    const market = await importQlib(written(), { index: 'csi300' });
    expect(market.bars.symbols).toEqual(['SH600001', 'SH600002', 'SZ000003']);
    expect(market.members).toHaveLength(4);
    expect(market.members[1]).toEqual({
      index: 'csi300',
      symbol: 'SH600002',
      from: parseDay('2020-01-02'),
      to: parseDay('2020-01-06'),
    });
    const [benchmark] = market.benchmarks;
    expect([benchmark.index, benchmark.kind, benchmark.name]).toEqual(['csi300', 'price', '沪深300 / CSI 300']);
    expect([...benchmark.close]).toEqual(CALENDAR.map((_, d) => codedPrice('close', 3, d)));
    expect([...new Set(market.bars.adjFactor.subarray(0, 8))]).toEqual([codedFactor(0)]);
    expect(market.instruments.map(({ symbol, board }) => [symbol, board])).toEqual([
      ['SH600001', 'main'],
      ['SH600002', 'main'],
      ['SZ000003', 'main'],
      ['SH000300', 'index'],
    ]);
  });

  it('takes everything there is when no index is named', async () => {
    const market = await importQlib(
      written((folder) => {
        folder.features.sh600007 = folder.features.sh600001;
        folder.instruments.all.push(`SH600007\t2020-01-02\t2020-01-13`);
      }),
    );
    expect(market.bars.symbols).toEqual(['SH600001', 'SH600002', 'SH600007', 'SZ000003']);
    expect(new Set(market.members.map(({ index }) => index))).toEqual(new Set(['csi300']));
  });

  it('takes a part of the calendar', async () => {
    const market = await importQlib(written(), {
      index: 'csi300',
      from: parseDay('2020-01-03'),
      to: parseDay('2020-01-08'),
    });
    expect([...market.bars.dates]).toEqual(CALENDAR.slice(1, 5).map((text) => parseDay(text)));
    expect(market.bars.close[0]).toBe(codedPrice('close', 0, 1));
    // SZ000003 lists on 2020-01-07, the third session left.
    expect([...market.bars.close.subarray(8)]).toEqual([
      Number.NaN,
      Number.NaN,
      codedPrice('close', 2, 3),
      codedPrice('close', 2, 4),
    ]);
    expect(market.members[0]).toMatchObject({ from: parseDay('2020-01-03'), to: parseDay('2020-01-08') });
    expect(market.benchmarks[0].dates).toHaveLength(4);
  });

  it('reads change in percent and as a fraction alike', async () => {
    const broken = (unit: number) => (folder: QlibFolder) => {
      const { columns } = folder.features.sh600001;
      for (let t = 0; t < 8; t++) {
        columns.change[t] /= unit;
        if (t < 4) continue;
        for (const field of ['open', 'high', 'low', 'close', 'factor'] as const) columns[field][t] *= 0.8;
      }
    };
    const percent = await importQlib(written(broken(1)), { index: 'csi300' });
    const fraction = await importQlib(
      written((folder) => {
        broken(100)(folder);
        for (const symbol of ['sh600002', 'sz000003', 'sh000300']) {
          const { change } = folder.features[symbol].columns;
          for (let t = 0; t < change.length; t++) change[t] /= 100;
        }
      }),
      { index: 'csi300' },
    );
    for (const market of [percent, fraction]) {
      expect(finding(market, 'factor-break')).toMatchObject({
        count: 1,
        example: expect.stringContaining('SH600001 2020-01-08'),
      });
      expect(market.bars.adjFactor[4] / market.bars.adjFactor[3]).toBeCloseTo(1, 6);
    }
  });

  it('counts members without bars and days on which the index has another size', async () => {
    const market = await importQlib(written(), { index: 'csi300' });
    expect(finding(market, 'member-without-bars')).toMatchObject({
      count: 1,
      example: 'SH600009, member 2020-01-02 … 2020-01-06',
      action: expect.stringContaining('1 on 2020-01-02, 0 at the end'),
    });
    expect(finding(market, 'membership-size')).toMatchObject({
      count: 8,
      example: 'csi300 2020-01-02, 3 members instead of 300',
    });
    expect(finding(market, 'amount-absent')?.count).toBe(8 + 8 + 5);
  });

  it('takes names and listing dates from a list of instruments', async () => {
    const names = join(dir, 'names.csv');
    const market = async () => importQlib(written(), { index: 'csi300', instrumentsFile: names });
    const header = 'ts_code,symbol,name,industry,list_date,delist_date\n';
    writeFileSync(
      names,
      `\uFEFF${header}600001.SH,600001,"邯郸,钢铁",普钢,19980122,20091229\nTS0018.SH,,上港集箱,,,\n`,
    );
    const [first, second] = (await market()).instruments;
    expect(first).toMatchObject({ name: '邯郸,钢铁', industry: '普钢', listDate: parseDay('1998-01-22') });
    expect(second).toMatchObject({ name: '', listDate: null });
    expect(finding(await market(), 'names-absent')).toMatchObject({ count: 2, example: 'SH600002' });
    writeFileSync(names, `${header}600001,600001,a,b,19980122,\n`);
    await expect(market()).rejects.toMatchObject({ code: 'TABLE_INVALID', message: expect.stringContaining('line 2') });
    writeFileSync(names, 'code,name\n');
    await expect(market()).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringContaining('ts_code'),
    });
  });
});

describe('bad Qlib folders', () => {
  const fails = (code: string, message: RegExp, options = {}) =>
    expect(importQlib(dir, { index: 'csi300', ...options })).rejects.toMatchObject({
      code,
      exitStatus: 2,
      message: expect.stringMatching(message),
    });

  it('names what is missing', async () => {
    await expect(importQlib(join(dir, 'none'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await fails('FILE_NOT_FOUND', /calendars.day\.txt: Qlib calendar not found$/);
    written();
    rmSync(binPath(dir, 'sh600001', 'factor'));
    await fails('FILE_NOT_FOUND', /sh600001.factor\.day\.bin/);
    rmSync(join(dir, 'instruments'), { recursive: true });
    await fails('FILE_NOT_FOUND', /instruments/);
  });

  it('names file, line and both dates of a calendar out of order', async () => {
    written((folder) => folder.calendar.splice(3, 1, '2020-01-03'));
    await fails(
      'QLIB_CALENDAR_ORDER',
      /day\.txt line 4: found 2020-01-03 after 2020-01-06, expected strictly ascending/,
    );
  });

  it('names the line of a calendar that is no date', async () => {
    written((folder) => folder.calendar.splice(2, 1, '2020-02-30'));
    await fails('QLIB_CALENDAR_INVALID', /day\.txt line 3: found "2020-02-30"/);
    writeFileSync(join(dir, 'calendars', 'day.txt'), '');
    await fails('QLIB_CALENDAR_INVALID', /is empty/);
  });

  it.each([
    [30, /close\.day\.bin: found 30 bytes, expected a whole number of 4-byte values/],
    [32, /close\.day\.bin: found 32 bytes, expected 36$/],
    [4, /close\.day\.bin: found 4 bytes, expected at least 8/],
    [0, /close\.day\.bin: found 0 bytes, expected at least 8/],
  ])('tells a .bin truncated to %d bytes', async (bytes, message) => {
    written();
    truncateSync(binPath(dir, 'sh600001', 'close'), bytes);
    await fails('QLIB_BIN_TRUNCATED', message);
  });

  it.each([-1, 0.5, 7, Number.NaN])('tells a .bin that starts at session %d', async (start) => {
    written();
    const path = binPath(dir, 'sh600001', 'open');
    const words = new Float32Array(new Uint8Array(readFileSync(path)).buffer);
    words[0] = start;
    writeFileSync(path, new Uint8Array(words.buffer));
    await fails('QLIB_BIN_RANGE', /open\.day\.bin: found sessions .* expected them within 0 … 7 of the calendar/);
  });

  it('tells columns that start on different sessions', async () => {
    written();
    const path = binPath(dir, 'sz000003', 'volume');
    const words = new Float32Array(new Uint8Array(readFileSync(path)).buffer);
    words[0] = 2;
    writeFileSync(path, new Uint8Array(words.buffer));
    await fails('QLIB_BIN_RANGE', /volume\.day\.bin: found first session 2, expected 3/);
  });

  it.each([
    ['SH600001\t2020-01-02', /csi300\.txt line 1: found 2 fields/],
    ['SH600001\t2020-01-02\t2020-13-01', /line 1: found "2020-13-01"/],
    ['SH600001\t2020-01-06\t2020-01-02', /line 1: found 2020-01-06 … 2020-01-02/],
  ])('names the bad line of an instruments file: %s', async (line, message) => {
    written((folder) => folder.instruments.csi300.splice(0, 1, line));
    await fails('QLIB_INSTRUMENTS_INVALID', message);
  });

  it('names the indices there are', async () => {
    written();
    await fails('INDEX_UNKNOWN', /"csi500", there are: all, csi300$/, { index: 'csi500' });
  });

  it('names the span of the calendar', async () => {
    written();
    await fails('DATE_OUT_OF_STORE', /found 2009-01-01 … 2020-01-13, expected within 2020-01-02 … 2020-01-13/, {
      from: parseDay('2009-01-01'),
    });
  });

  it('tells an index none of whose members has bars', async () => {
    written((folder) => {
      folder.instruments.csi300 = ['SH600009\t2020-01-02\t2020-01-13'];
    });
    await fails('UNIVERSE_EMPTY', /has a bar in 2020-01-02 … 2020-01-13/);
  });
});
