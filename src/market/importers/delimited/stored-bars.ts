import { CandlenetError, formatDay, lowerBound } from '../../../util/index.js';
import { isOwnBar } from '../../bar-rows.js';
import { type BarMatrix, ST_UNKNOWN } from '../../types.js';
import type { BarBefore } from './factor.js';
import type { BarFile } from './read-bar-file.js';
import type { SourceBar } from './series.js';

/** The bars of a store that files are to extend: a factor that a file tells only by its changes goes on from them. */
export type StoredBars = BarMatrix;

/** The store's own bars of a symbol before a day, oldest first: what is usual for it, and its last close, are known from them. */
export function barsBefore(
  stored: StoredBars | null,
  symbol: string,
  day: number,
): { bars: SourceBar[]; factors: number[] } {
  const bars: SourceBar[] = [];
  const factors: number[] = [];
  const s = stored?.symbols.indexOf(symbol) ?? -1;
  if (stored === null || s < 0) return { bars, factors };
  const end = lowerBound(stored.dates, day);
  for (let d = 0; d < end; d++) {
    const cell = s * stored.dates.length + d;
    if (!isOwnBar(stored, cell)) continue;
    bars.push({
      date: stored.dates[d],
      open: stored.open[cell],
      high: stored.high[cell],
      low: stored.low[cell],
      close: stored.close[cell],
      volume: stored.volume[cell],
      amount: stored.amount ? stored.amount[cell] : Number.NaN,
      basis: Number.NaN,
      adjusted: false,
      st: stored.st ? stored.st[cell] : ST_UNKNOWN,
      line: 0,
    });
    factors.push(stored.adjFactor[cell]);
  }
  return { bars, factors };
}

/** How many of ascending bars are within what the store has of the symbol; none where they begin before it. */
export function countKnown(stored: StoredBars | null, symbol: string, bars: readonly SourceBar[]): number {
  const s = stored?.symbols.indexOf(symbol) ?? -1;
  if (stored === null || s < 0) return 0;
  const sessions = stored.dates.length;
  const own = Array.from(stored.dates).filter((_, d) => stored.close[s * sessions + d] > 0);
  if (own.length === 0 || bars[0].date < own[0]) return 0;
  return bars.filter(({ date }) => date <= own[own.length - 1]).length;
}

/**
 * The stored bar that the first bar of a file follows; null where the store has none, or where bars of the same day tell
 * how the two factors compare.
 * @throws TABLE_INVALID where the file's factors are changes whose first the store cannot place
 */
export function barBefore(
  stored: StoredBars | null,
  symbol: string,
  bars: readonly SourceBar[],
  file: BarFile,
): BarBefore | null {
  const s = stored?.symbols.indexOf(symbol) ?? -1;
  if (stored === null || s < 0 || file.factor === 'stated') return null;
  const { dates, close, adjFactor } = stored;
  const cell = (d: number) => s * dates.length + d;
  const has = (d: number) => d >= 0 && d < dates.length && close[cell(d)] > 0;
  const sessionOf = new Map(Array.from(dates, (date, d) => [date, d]));
  const overlaps = bars.some(({ date }) => has(sessionOf.get(date) ?? -1));
  let before = lowerBound(dates, bars[0].date) - 1;
  while (before >= 0 && !has(before)) before--;
  if (before >= 0 && file.factor !== 'from-adjusted-close') {
    return { close: close[cell(before)], factor: adjFactor[cell(before)] };
  }
  if (overlaps || (before < 0 && file.factor === 'none')) return null;
  const first = dates[[...dates.keys()].find(has) ?? 0];
  const last = dates[[...dates.keys()].findLast(has) ?? 0];
  throw new CandlenetError(
    'TABLE_INVALID',
    `${file.path}: found ${symbol} from ${formatDay(bars[0].date)} to ${formatDay(bars[bars.length - 1].date)}, the store has it from ${formatDay(first)} to ${formatDay(last)}: expected a day in both, or its prices cannot be adjusted alike`,
  );
}
