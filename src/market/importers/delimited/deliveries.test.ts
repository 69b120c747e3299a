import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRng, formatDay, parseDay } from '../../../util/index.js';
import type { BarMatrix } from '../../types.js';
import { importerContract } from '../importer.contract.js';
import { type ImportBarFilesOptions, importBarFiles } from './import-bar-files.js';

/**
 * Two stocks over 150 sessions, told in two deliveries: what the second cannot say by itself (the factor before its first
 * ex-day, what is usual for a stock, how long it has not traded) has to come from the store that holds the first.
 */
const SESSIONS = 150;
const SPLIT = 90;
const SYMBOLS = ['SH600000', 'SZ000001'];
const EX_DAYS = [30, SPLIT, 120];
/** No row at the end of the first delivery and after the beginning of the second. */
const WITHOUT_ROW = [SPLIT - 1, SPLIT + 1, SPLIT + 2];

interface Row {
  readonly day: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly reference: number;
}

const cents = (value: number) => Math.round(value * 100) / 100;

/** Raw prices with a bonus of a tenth on ex-days, and one crash that only a quarter of a year before can tell as such. */
function rowsOf(s: number): Row[] {
  const rng = createRng(7, 'deliveries', SYMBOLS[s]);
  const rows: Row[] = [];
  let last = 20 + s;
  for (let d = 0; d < SESSIONS; d++) {
    if (s === 0 && WITHOUT_ROW.includes(d)) continue;
    const reference = cents(s === 0 && EX_DAYS.includes(d) ? last / 1.1 : last);
    const move = d === SPLIT + 5 ? -0.08 : (rng.uniform() - 0.5) * 0.02;
    const close = cents(reference * (1 + move));
    const [high, low] = [cents(Math.max(close, reference) + 0.02), cents(Math.min(close, reference) - 0.03)];
    rows.push({ day: parseDay('2020-01-02') + d, open: reference, high, low, close, volume: 1000 + d, reference });
    last = close;
  }
  return rows;
}

const ROWS = SYMBOLS.map((_, s) => rowsOf(s));

/** Adjusted by what is known on the day, as a vendor states it: the whole history in one go. */
function factorsOf(rows: readonly Row[]): number[] {
  let factor = 1;
  return rows.map(({ reference }, t) => {
    if (t > 0) factor *= rows[t - 1].close / reference;
    return factor;
  });
}

interface Telling {
  readonly name: string;
  readonly header: string;
  cells(row: Row, factor: number): readonly (string | number)[];
  readonly options: ImportBarFilesOptions;
}

const TELLINGS: readonly Telling[] = [
  {
    name: 'CSV in two deliveries, reference prices',
    header: 'date,open,high,low,close,volume,reference',
    cells: ({ day, open, high, low, close, volume, reference }) => [
      formatDay(day),
      open,
      high,
      low,
      close,
      volume,
      reference,
    ],
    options: {},
  },
  {
    name: 'CSV in two deliveries, stated factors',
    header: 'date,open,high,low,close,volume,adj_factor',
    cells: ({ day, open, high, low, close, volume }, factor) => [
      formatDay(day),
      open,
      high,
      low,
      close,
      volume,
      factor,
    ],
    options: {},
  },
  {
    name: 'CSV in two deliveries, changes',
    header: '日期,开盘,收盘,最高,最低,成交量,成交额,涨跌额',
    cells: ({ day, open, high, low, close, volume, reference }) => [
      formatDay(day),
      open,
      close,
      high,
      low,
      volume,
      Math.round(close * volume * 100),
      cents(close - reference),
    ],
    options: { preset: 'akshare' },
  },
];

for (const { name, header, cells, options } of TELLINGS) {
  const write = (dir: string, isWanted: (row: Row) => boolean) => {
    mkdirSync(dir, { recursive: true });
    for (const [s, symbol] of SYMBOLS.entries()) {
      const factors = factorsOf(ROWS[s]);
      const lines = ROWS[s].map((row, t) => (isWanted(row) ? cells(row, factors[t]).join(',') : ''));
      writeFileSync(join(dir, `${symbol}.csv`), [header, ...lines.filter((line) => line !== '')].join('\n'));
    }
  };
  const border = parseDay('2020-01-02') + SPLIT;
  const lot = options.preset === 'akshare' ? 100 : 1;
  importerContract({
    name,
    writeSource: (dir) => write(dir, () => true),
    run: (dir, signal) => importBarFiles(dir, { ...options, ...(signal ? { signal } : {}) }),
    expected(symbol, date) {
      const row = ROWS[SYMBOLS.indexOf(symbol)].find(({ day }) => day === date);
      if (row) return { open: row.open, high: row.high, low: row.low, close: row.close, volume: row.volume * lot };
      // The first session of a gap repeats the last close; later ones have no price.
      const before = ROWS[0].find(({ day }) => day === date - 1);
      if (!before) return null;
      return { open: before.close, high: before.close, low: before.close, close: before.close, volume: 0 };
    },
    halves: {
      earlier(dir) {
        write(join(dir, '..', 'earlier'), ({ day }) => day < border);
        return importBarFiles(join(dir, '..', 'earlier'), options);
      },
      later(dir, stored: BarMatrix) {
        write(join(dir, '..', 'later'), ({ day }) => day >= border);
        return importBarFiles(join(dir, '..', 'later'), { ...options, stored });
      },
    },
  });
}
