import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS, sma } from '../../indicators/index.js';
import { readCsv, readParquet } from '../../tables/index.js';
import { formatDay, parseDay } from '../../util/index.js';
import { writeIndicators } from './write-indicators.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-indicators-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string) => join(folder, name);
const close = Float64Array.from({ length: 120 }, (_, i) => 10 + Math.sin(i) + i / 30);
const day = (i: number) => formatDay(parseDay('2024-01-01') + i);
const HEADER = 'Note,Date,OPEN,High,low,Close,Vol';

function bars(change: (cells: string[], i: number) => string[] = (cells) => cells, header = HEADER): string {
  const rows = Array.from(close, (price, i) =>
    change(['x', day(i), price - 0.1, price + 0.3, price - 0.4, price, 1000 + i].map(String), i).join(','),
  );
  const path = file('bars.csv');
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
}

const column = (path: string, name: string) => {
  const { header, rows } = readCsv(path);
  const at = header.indexOf(name);
  return Float64Array.from(rows, (cells) => (cells[at] === '' ? Number.NaN : Number(cells[at])));
};

describe('indicators of a file', () => {
  it('writes the 32 outputs, read back to the bit and empty while undefined', async () => {
    const summary = await writeIndicators(bars(), file('out.csv'), {});
    expect(readCsv(file('out.csv')).header).toHaveLength(33);
    expect(column(file('out.csv'), 'SMA_10')).toEqual(sma(close, 10));
    expect(readFileSync(file('out.csv'), 'utf8').split('\n')[1]).toMatch(/^2024-01-01,,,/);
    expect(summary.columns.find(({ name }) => name === 'SMA_10')).toEqual({
      name: 'SMA_10',
      defined: 111,
      first: day(9),
      last: sma(close, 10)[119],
    });
  });

  it('writes the columns asked for, by name, by function or all', async () => {
    const names = async (choice: Parameters<typeof writeIndicators>[2]) =>
      (await writeIndicators(bars(), file('out.csv'), choice)).columns.map(({ name }) => name);
    expect(await names({ only: 'SMA,MACD_HIST' })).toEqual(['SMA_5', 'SMA_10', 'SMA_20', 'MACD_HIST']);
    expect(await names({ functions: 'sma(10), STOCH(9, slowk_matype=1)' })).toEqual([
      'SMA_10',
      'STOCH_9_1_SLOWK',
      'STOCH_9_1_SLOWD',
    ]);
    expect(column(file('out.csv'), 'SMA_10')).toEqual(sma(close, 10));
    expect(await names({ all: true })).toHaveLength(FUNCTIONS.flatMap(({ outputs }) => outputs).length);
  });

  it('takes a missing cell as a gap and needs only the columns in use', async () => {
    const gappy = bars((cells, i) => [cells[1].replaceAll('-', ''), i === 50 ? '' : cells[5]], 'trade_date,close');
    await writeIndicators(gappy, file('out.csv'), { functions: 'SMA(3)' });
    const values = column(file('out.csv'), 'SMA_3');
    expect([49, 50, 51, 52, 53].map((i) => Number.isNaN(values[i]))).toEqual([false, true, true, true, false]);
    await expect(writeIndicators(gappy, file('out.csv'), { functions: 'ATR' })).rejects.toThrow(
      'bars.csv line 1: found no column "high", expected one for ATR',
    );
  });

  it('writes Parquet where the name says so', async () => {
    await writeIndicators(bars(), file('out.parquet'), { functions: 'SMA(10)' });
    const { columns } = await readParquet(file('out.parquet'), { date: 'day', SMA_10: 'float64' });
    expect(columns.SMA_10).toEqual(sma(close, 10));
  });

  const spoilt = (at: number, cell: number, text: string) =>
    bars((cells, i) => (i === at ? cells.toSpliced(cell, 1, text) : cells));
  it.each([
    ['a word for a price', () => spoilt(3, 5, 'abc'), /bars\.csv line 5, column "Close": found "abc"/],
    ['infinity', () => spoilt(3, 6, 'Infinity'), /line 5, column "Vol": found "Infinity"/],
    ['a negative close', () => spoilt(3, 5, '-9.5'), /line 5, column "Close": found "-9.5", expected a price above 0/],
    ['a negative open', () => spoilt(3, 2, '-1'), /line 5, column "OPEN": found "-1", expected a price above 0/],
    ['a price of 0', () => spoilt(3, 4, '0'), /line 5, column "low": found "0", expected a price above 0/],
    ['a negative volume', () => spoilt(3, 6, '-5'), /line 5, column "Vol": found "-5", expected a volume of 0 or more/],
    [
      'a volume beyond all shares',
      () => spoilt(3, 6, '1e300'),
      /line 5, column "Vol": found "1e300", expected a volume/,
    ],
    ['a price beyond measure', () => spoilt(3, 3, '1e308'), /line 5, column "High": found "1e308", expected a price/],
    ['a day at the end of time', () => spoilt(119, 1, '9999-12-31'), /line 121, column "Date": found "9999-12-31"/],
    ['a day that is none', () => spoilt(3, 1, '2024-02-30'), /line 5, column "Date": found "2024-02-30"/],
    ['a day twice', () => spoilt(3, 1, day(2)), /line 5, column "Date": found 2024-01-03 again/],
    ['days backwards', () => spoilt(3, 1, day(0)), /line 5, column "Date": found 2024-01-01 after 2024-01-03/],
    ['no date', () => bars((cells) => cells.slice(2), 'OPEN,High,low,Close,Vol'), /line 1: found no column "date"/],
    [
      'a high below the low',
      () => spoilt(3, 3, '0.01'),
      /line 5, column "High": found 0.01, expected at least the low of/,
    ],
    [
      'no volume',
      () => bars((cells) => cells.slice(1, 6), 'Date,OPEN,High,low,Close'),
      /line 1: found no column "volume", expected one for OBV, ADOSC, MFI/,
    ],
    ['two closes', () => bars((cells) => cells, 'c,Date,OPEN,High,low,Close,Vol'), /line 1: found "c" and "Close"/],
  ])('refuses %s', async (_, path, message) => {
    await expect(writeIndicators(path(), file('none.csv'), {})).rejects.toThrow(message);
  });

  it('reads what Excel and vendors write: GB18030 text with Chinese names, a byte order mark, other line ends', async () => {
    const chinese = bars((cells) => cells, 'note,日期,开盘,最高,最低,收盘,成交量');
    await writeIndicators(chinese, file('expected.csv'), { functions: 'OBV' });
    const text = readFileSync(chinese, 'utf8');
    // GB 2312's codes of the names; all else is ASCII.
    const codes: Record<string, string> = {
      日期: 'c8d5c6da',
      开盘: 'bfaac5cc',
      最高: 'd7eeb8df',
      最低: 'd7eeb5cd',
      收盘: 'cad5c5cc',
      成交量: 'b3c9bdbbc1bf',
    };
    const parts = text
      .split(/(日期|开盘|最高|最低|收盘|成交量)/)
      .map((part) => Buffer.from(codes[part] ?? part, codes[part] ? 'hex' : 'utf8'));
    for (const [name, content] of [
      ['gbk.csv', Buffer.concat(parts)],
      ['bom.csv', Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`)],
    ] as const) {
      writeFileSync(file(name), content);
      await writeIndicators(file(name), file('out.csv'), { functions: 'OBV' });
      expect(readFileSync(file('out.csv'), 'utf8')).toBe(readFileSync(file('expected.csv'), 'utf8'));
    }
  });

  it.each([
    [{ only: 'SMA,XYZ' }, /--only: found "XYZ"/],
    [{ functions: 'SMA(1)' }, /SMA: timeperiod: found 1/],
    [{ functions: 'SMA(3' }, /--functions: found "SMA\(3"/],
    [{ functions: 'SMA(3),SMA(3)' }, /--functions: found SMA_3 twice/],
    [{ functions: 'SMA(3,4)' }, /SMA: found "4", expected timeperiod/],
    [{ functions: 'FOO' }, /found "FOO", expected one of/],
    [{ only: 'SMA', all: true }, /found --only and --all, expected at most one/],
  ])('refuses the choice %j', async (choice, message) => {
    await expect(writeIndicators(bars(), file('none.csv'), choice)).rejects.toThrow(message);
  });

  it('never writes over its input', async () => {
    await expect(writeIndicators(bars(), file('bars.csv'), {})).rejects.toThrow('--out: found the input');
  });
});
