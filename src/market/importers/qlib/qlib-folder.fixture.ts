import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const FIELDS = ['open', 'high', 'low', 'close', 'volume', 'change', 'factor'] as const;
export type QlibField = (typeof FIELDS)[number];

/** One instrument as a Qlib folder stores it: the first session and its columns, prices already back-adjusted. */
export interface QlibInstrument {
  readonly start: number;
  readonly columns: Record<QlibField, number[]>;
}

export const CALENDAR = [
  '2020-01-02',
  '2020-01-03',
  '2020-01-06',
  '2020-01-07',
  '2020-01-08',
  '2020-01-09',
  '2020-01-10',
  '2020-01-13',
];

/** Instruments of the coded folder with their first sessions; SH600009 is a member without bars. */
export const CODED: readonly (readonly [symbol: string, start: number])[] = [
  ['SH600001', 0],
  ['SH600002', 0],
  ['SZ000003', 3],
  ['SH000300', 0],
];

/** Raw prices tell column, instrument and session: 20 + instrument + session / 10, and the column in the last digit. */
export function codedPrice(column: 'open' | 'high' | 'low' | 'close', instrument: number, session: number): number {
  const digit = { low: 1, open: 2, close: 3, high: 4 }[column];
  return (2000 + instrument * 100 + session * 10 + digit) / 100;
}

export const codedVolume = (instrument: number, session: number) => (instrument + 1) * 10_000 + session;

/** Factor of an instrument: 1.5, 2.5 … */
export const codedFactor = (instrument: number) => instrument + 1.5;

export function codedInstrument(instrument: number): QlibInstrument {
  const [symbol, start] = CODED[instrument];
  const sessions = CALENDAR.map((_, session) => session).slice(start);
  const factor = symbol === 'SH000300' ? 1 : codedFactor(instrument);
  const adjusted = (column: 'open' | 'high' | 'low' | 'close') =>
    sessions.map((session) => codedPrice(column, instrument, session) * factor);
  const close = adjusted('close');
  return {
    start,
    columns: {
      open: adjusted('open'),
      high: adjusted('high'),
      low: adjusted('low'),
      close,
      volume: sessions.map((session) => codedVolume(instrument, session)),
      change: close.map((price, t) => (t === 0 ? 0 : (price / close[t - 1] - 1) * 100)),
      factor: sessions.map(() => factor),
    },
  };
}

export interface QlibFolder {
  calendar: string[];
  instruments: Record<string, string[]>;
  features: Record<string, QlibInstrument>;
}

/** A folder of three stocks, an index and a member without bars, to be damaged by a test before it is written. */
export function codedQlibFolder(): QlibFolder {
  const last = CALENDAR[CALENDAR.length - 1];
  return {
    calendar: [...CALENDAR],
    instruments: {
      all: CODED.map(([symbol, start]) => `${symbol}\t${CALENDAR[start]}\t${last}`),
      csi300: [
        `SH600001\t2020-01-02\t${last}`,
        'SH600002\t2020-01-02\t2020-01-06',
        'SH600009\t2020-01-02\t2020-01-06',
        `SZ000003\t2020-01-07\t${last}`,
      ],
    },
    features: Object.fromEntries(CODED.map(([symbol], i) => [symbol.toLowerCase(), codedInstrument(i)])),
  };
}

export function writeQlibFolder(dir: string, folder: QlibFolder): void {
  mkdirSync(join(dir, 'calendars'), { recursive: true });
  mkdirSync(join(dir, 'instruments'), { recursive: true });
  writeFileSync(join(dir, 'calendars', 'day.txt'), `${folder.calendar.join('\n')}\n`);
  for (const [name, lines] of Object.entries(folder.instruments)) {
    writeFileSync(join(dir, 'instruments', `${name}.txt`), `${lines.join('\n')}\n`);
  }
  for (const [symbol, { start, columns }] of Object.entries(folder.features)) {
    mkdirSync(join(dir, 'features', symbol), { recursive: true });
    for (const field of FIELDS) {
      writeFileSync(binPath(dir, symbol, field), new Uint8Array(Float32Array.of(start, ...columns[field]).buffer));
    }
  }
}

export function binPath(dir: string, symbol: string, field: QlibField): string {
  return join(dir, 'features', symbol, `${field}.day.bin`);
}
