import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CandlenetError, formatDay, parseDay } from '../../../util/index.js';
import { checkMarketTables } from '../../check-tables.js';
import { importerContract } from '../importer.contract.js';
import { importBarFiles } from './import-bar-files.js';

const SYMBOLS = ['SH600000', 'SZ000001'];
const DAYS = ['2020-01-02', '2020-01-03', '2020-01-06'];

function coded(symbol: string, day: string) {
  const s = SYMBOLS.indexOf(symbol);
  const d = DAYS.indexOf(day);
  if (s < 0 || d < 0 || (s === 1 && d === 0)) return null;
  const close = 10 + s + d / 10;
  return { open: close - 0.01, high: close + 0.02, low: close - 0.03, close, volume: 1000 * (s + 1) + d };
}

function plainCsv(symbol: string): string {
  const rows = DAYS.flatMap((day) => {
    const bar = coded(symbol, day);
    return bar ? [`${day},${bar.open},${bar.high},${bar.low},${bar.close},${bar.volume}`] : [];
  });
  return ['date,open,high,low,close,volume', ...rows].join('\n');
}

importerContract({
  name: 'CSV, a file a symbol',
  writeSource(dir) {
    mkdirSync(dir);
    writeFileSync(join(dir, 'sh.600000.csv'), plainCsv('SH600000'));
    writeFileSync(join(dir, '000001.SZ.csv.gz'), gzipSync(plainCsv('SZ000001')));
  },
  run: (dir, signal) => importBarFiles(dir, { signal }),
  expected: (symbol, date) => coded(symbol, formatDay(date)),
});

describe('importBarFiles', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'candlenet-bars-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const finding = (market: Awaited<ReturnType<typeof importBarFiles>>, kind: string) =>
    market.findings.find((one) => one.kind === kind)?.count;

  it('reads Tushare: lots, thousands, newest first, factor from the reference after rights', async () => {
    const file = write(
      'daily.csv',
      `ts_code,trade_date,open,high,low,close,pre_close,change,pct_chg,vol,amount
600000.SH,20200103,9.10,9.30,9.00,9.20,9.00,0.2,2.22,11,10.5
600000.SH,20200102,10.0,10.2,9.9,10.00,9.95,0.05,0.5,12,12.25
`,
    );
    const { bars } = await importBarFiles(file, { preset: 'tushare' });
    expect([...bars.volume]).toEqual([1200, 1100]);
    expect([...(bars.amount ?? [])]).toEqual([12250, 10500]);
    expect([...bars.adjFactor]).toEqual([1, 10 / 9]);
  });

  it('reads AkShare: Chinese headers, codes without an exchange, the reference from the change', async () => {
    const file = write(
      'hist.csv',
      `日期,股票代码,开盘,收盘,最高,最低,成交量,成交额,振幅,涨跌幅,涨跌额,换手率
2020-01-02,000001,16.65,16.87,16.95,16.55,1530231,2571196482.0,2.43,2.55,0.42,0.79
2020-01-03,000001,16.94,17.18,17.31,16.92,1116194,1914495474.0,2.31,1.84,0.31,0.58
`,
    );
    const { bars } = await importBarFiles(file, { preset: 'akshare' });
    expect(bars.symbols).toEqual(['SZ000001']);
    expect(bars.volume[0]).toBe(153_023_100);
    expect([...bars.adjFactor]).toEqual([1, 1]);
  });

  it('reads BaoStock: suspension, special treatment, and prices adjusted back; forward ones are refused', async () => {
    const csv = (flag: number) => `date,code,open,high,low,close,preclose,volume,amount,adjustflag,tradestatus,isST
2020-01-02,sh.600000,10,11,9,10,10,100,1000,${flag},1,0
2020-01-03,sh.600000,10,10,10,10,10,,,${flag},0,1
`;
    const market = await importBarFiles(write('a.csv', csv(1)), { preset: 'baostock' });
    expect([...market.bars.suspended]).toEqual([0, 1]);
    expect([...(market.bars.st ?? [])]).toEqual([0, 1]);
    // The mean price paid is 10 of a close of 10: the factor is 1.
    expect(finding(market, 'prices-recovered')).toBe(2);
    await expect(importBarFiles(write('a.csv', csv(2)), { preset: 'baostock' })).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringMatching(/a\.csv line 2: column "adjustflag": found "2"/) as string,
    });
  });

  it('keeps a move to the limit where the prices are adjusted, whose ticks are not the exchange’s', async () => {
    const csv = (flag: number) => `date,code,open,high,low,close,volume,adjustflag
2017-05-24,sh.600000,110.28,110.28,110.28,110.28,9,${flag}
2017-05-25,sh.600000,111,121.35751476,110.1,121.35,9,${flag}
`;
    const jumps = async (flag: number, preset: string) => {
      const map = 'symbol=code,adjustment=adjustflag,factor=volume';
      return finding(await importBarFiles(write('a.csv', csv(flag)), { preset, map }), 'impossible-jump');
    };
    expect(await jumps(1, 'plain')).toBe(0);
    expect(await jumps(3, 'plain')).toBe(1);
  });

  it('reads Yahoo: the factor is 1 on the first bar, and the market the American one', async () => {
    write('AAA.csv', 'Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-02,10,10,10,10,8,5\n2020-01-03,9,9,9,9,9,5\n');
    const { bars, rulebook } = await importBarFiles(dir, { preset: 'yahoo' });
    expect(rulebook).toBe('us-equity');
    expect([...bars.adjFactor]).toEqual([1, 1.25]);
  });

  it('reads Tonghuashun and Wind, and says where nothing tells the factor', async () => {
    write(
      '600000.csv',
      '时间,开盘,最高,最低,收盘,涨幅,振幅,总手,金额,换手%\n"2020-01-02,四",10,11,9,10,0,0,"1,200",12000,1\n',
    );
    const market = await importBarFiles(dir, { preset: 'tonghuashun' });
    expect(market.bars.volume[0]).toBe(120_000);
    expect(finding(market, 'factor-unknown')).toBe(1);
    const wind = write(
      'wind.csv',
      '代码,简称,日期,前收盘价(元),开盘价(元),最高价(元),最低价(元),收盘价(元),成交量(股),成交金额(元)\n600000.SH,浦发,2020/1/2,10,10,11,9,10,--,--\n',
    );
    expect(finding(await importBarFiles(wind, { preset: 'wind' }), 'volume-missing')).toBe(1);
  });

  it('takes headers, members and a benchmark of one’s own', async () => {
    const rows = ['AAA', 'IDX'].map((symbol) => `${symbol},2020-01-02,1,1,1,1,1`).join('\n');
    const file = write('bars.csv', `symbol,Tag,open,high,low,close,volume\n${rows}\n`);
    const membersFile = write('members.txt', 'symbol,from,to\nAAA,2020-01-01,2020-01-31\nBBB,2020-01-01,2020-01-31\n');
    const market = await importBarFiles(file, { map: 'date=Tag', index: 'mine', membersFile, benchmark: 'idx' });
    expect(market.bars.symbols).toEqual(['AAA']);
    expect(market.benchmarks[0]).toMatchObject({ index: 'mine', dates: Int32Array.of(parseDay('2020-01-02')) });
    expect(finding(market, 'member-without-bars')).toBe(1);
  });

  const HEADER = 'date,symbol,open,high,low,close,volume\n';
  it.each([
    ['a text for a price', '2020-01-02,A,1,1,x,1,1', /line 2: column "low": found "x", expected a number/],
    ['lines in a price', '2020-01-02,A,1,1,"x\n\u001b[2J",1,1', /column "low": found "x\\x0a\\x1b\[2J", expected/],
    ['an infinite price', '2020-01-02,A,1,1,1e999,1,1', /column "low": found "1e999"/],
    [
      'a price of all the money there is',
      '2020-01-02,A,1,1,1,1e308,1',
      /column "close": found "1e308", expected no more/,
    ],
    ['a price of next to nothing', '2020-01-02,A,1,1,1e-300,1,1', /column "low": found "1e-300", expected a price/],
    ['a volume beyond all shares', '2020-01-02,A,1,1,1,1,1e300', /line 2: column "volume": found "1e300"/],
    ['the end of time', '9999-12-31,A,1,1,1,1,1', /line 2: column "date": found "9999-12-31", expected a day of 1600/],
    ['a negative volume', '2020-01-02,A,1,1,1,1,-1', /column "volume": found "-1"/],
    ['no day', '2020-02-30,A,1,1,1,1,1', /column "date": found "2020-02-30"/],
    ['a day twice', '2020-01-02,A,1,1,1,1,1\n2020-01-02,A,1,1,1,1,1', /line 3: found A on 2020-01-02 as on line 2/],
    ['no symbol', '2020-01-02,,1,1,1,1,1', /column "symbol"/],
  ])('refuses %s', async (_title, rows, message) => {
    await expect(importBarFiles(write('bars.csv', HEADER + rows))).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringMatching(message) as string,
    });
  });

  it('refuses a missing column, an unknown preset and map, and a link out of the folder', async () => {
    const file = write('bars.csv', 'date,open\n2020-01-02,1\n');
    await expect(importBarFiles(file)).rejects.toMatchObject({ message: expect.stringMatching(/"high"/) as string });
    await expect(importBarFiles(file, { preset: 'x' })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(importBarFiles(file, { map: 'day=x' })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    mkdirSync(join(dir, 'inner'));
    symlinkSync(file, join(dir, 'inner', 'A.csv'));
    await expect(importBarFiles(join(dir, 'inner'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('answers any damage with one of its own errors or with a market that holds together', async () => {
    const whole = Buffer.from(
      `\uFEFF${HEADER}2020-01-02,A,1,2,1,2,9\n2020-01-03,A,2,3,2,3,9\n2020-01-06,B,4,4,4,4,0\n`,
    );
    const shape = fc.record({
      edits: fc.array(fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(...Buffer.from('0-9.,"\n\r\0xN\xb0\xff')))),
      length: fc.nat(whole.length),
      zipped: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ edits, length, zipped }) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of edits) bytes[at] = byte;
        const content = zipped ? gzipSync(bytes).subarray(0, length + 20) : bytes.subarray(0, length);
        const made = await importBarFiles(write('fuzz.csv', content)).catch((error: unknown) => error);
        if (made instanceof Error) expect(made).toBeInstanceOf(CandlenetError);
        else checkMarketTables(made as Parameters<typeof checkMarketTables>[0]);
      }),
      { numRuns: 300 },
    );
  });
});
