import { type Day, indexAsOf } from '../../util/index.js';
import type { Artefact } from './artefact.js';

/** The first cell of a column that differs although it was known. */
export interface Difference {
  readonly artefact: string;
  readonly column: string;
  /** Empty where the artefact concerns no symbol. */
  readonly symbol: string;
  readonly date: Day;
  /** What the cell holds with the whole store, and in the recomputation. */
  readonly found: number;
  readonly recomputed: number;
}

export interface Comparison {
  /** Cells that were compared. */
  readonly cells: number;
  /** One a failing column, by date, then in the order of the columns. */
  readonly differences: readonly Difference[];
}

/** Rows of an artefact known by the close of a day: the first so many dates. */
export function knownRows({ dates, reach = 0, knownFrom }: Artefact, cut: Day): number {
  if (knownFrom !== undefined && knownFrom > cut) return 0;
  return Math.max(0, indexAsOf(dates, cut) + 1 - reach);
}

/**
 * Compares, bit for bit, all of an artefact that was known by a cut with the same artefact made without what came later.
 * @param ends whether the recomputation's data end at the cut, so that its last rows may be unfinished
 */
export function compareKnown(whole: Artefact, again: Artefact, cut: Day, ends: boolean): Comparison {
  const rows = knownRows(whole, cut) - (ends ? (whole.unfinished ?? 0) : 0);
  if (rows <= 0) return { cells: 0, differences: [] };
  const width = whole.columns.length;
  const days = whole.dates.length;
  const againDays = again.dates.length;
  const dateOf = new Map(Array.from(again.dates, (date, d) => [date, d]));
  const rowAt = Int32Array.from(whole.dates.subarray(0, rows), (date) => dateOf.get(date) ?? -1);
  const symbolAt = new Map(again.symbols.map((symbol, s) => [symbol, s]));
  const columnAt = new Map(again.columns.map((column, k) => [column, k]));
  const columns = Int32Array.from(whole.columns, (column) => columnAt.get(column) ?? -1);
  const absent = whole.absent ?? Number.NaN;
  const firstRow = new Int32Array(width).fill(rows);
  const firstSymbol = new Int32Array(width);
  const valueAgain = (s: number | undefined, d: number, k: number) =>
    s === undefined || d < 0 || columns[k] < 0
      ? absent
      : again.values[(s * againDays + d) * again.columns.length + columns[k]];

  for (let s = 0; s < whole.symbols.length; s++) {
    const other = symbolAt.get(whole.symbols[s]);
    for (let d = 0; d < rows; d++) {
      for (let k = 0, i = (s * days + d) * width; k < width; k++, i++) {
        if (d < firstRow[k] && !Object.is(whole.values[i], valueAgain(other, rowAt[d], k))) {
          firstRow[k] = d;
          firstSymbol[k] = s;
        }
      }
    }
  }
  const differences = whole.columns
    .flatMap((column, k): (Difference & { k: number })[] => {
      const d = firstRow[k];
      if (d === rows) return [];
      const s = firstSymbol[k];
      const symbol = whole.symbols[s];
      return [
        {
          k,
          artefact: whole.name,
          column,
          symbol,
          date: whole.dates[d],
          found: whole.values[(s * days + d) * width + k],
          recomputed: valueAgain(symbolAt.get(symbol), rowAt[d], k),
        },
      ];
    })
    .sort((a, b) => a.date - b.date || a.k - b.k)
    .map(({ k: _k, ...difference }) => difference);
  return {
    cells: whole.symbols.length * rows * width,
    differences: [...differences, ...onlyAgain(whole, again, rows)],
  };
}

/** Symbols and columns that only the recomputation has: it knows by the cut what the whole store made vanish. */
function onlyAgain(whole: Artefact, again: Artefact, rows: number): Difference[] {
  const absent = whole.absent ?? Number.NaN;
  const known = new Set(whole.symbols);
  const lost: Difference[] = [];
  const last = whole.dates[rows - 1];
  const width = again.columns.length;
  const columns = new Set(whole.columns);
  const difference = (column: string, symbol: string, date: Day, recomputed: number) =>
    lost.push({ artefact: whole.name, column, symbol, date, found: absent, recomputed });
  for (const column of again.columns) if (!columns.has(column)) difference(column, '', again.dates[0], Number.NaN);
  for (const [s, symbol] of again.symbols.entries()) {
    if (known.has(symbol)) continue;
    search: for (let d = 0; d < again.dates.length && again.dates[d] <= last; d++) {
      for (let k = 0; k < width; k++) {
        const value = again.values[(s * again.dates.length + d) * width + k];
        if (Object.is(value, absent)) continue;
        difference(again.columns[k], symbol, again.dates[d], value);
        break search;
      }
    }
  }
  return lost;
}
