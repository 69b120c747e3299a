import type { Artefact } from './artefact.js';

/** Several masks or columns of one grid [S × D] side by side. */
export function interleave(columns: readonly Uint8Array[]): Uint8Array {
  const width = columns.length;
  const values = new Uint8Array(columns[0].length * width);
  for (const [k, column] of columns.entries()) {
    for (let i = 0; i < column.length; i++) values[i * width + k] = column[i];
  }
  return values;
}

/** The place of an artefact that concerns no symbol, known from a day on. */
export function onDay(day: number): Pick<Artefact, 'symbols' | 'dates' | 'knownFrom'> {
  return { symbols: [''], dates: Int32Array.of(day), knownFrom: day };
}

/** A SHA-256 as the words of one row. */
export function hashWords(sha256: string): Pick<Artefact, 'columns' | 'values'> {
  const words = sha256.match(/.{8}/g) ?? [];
  return {
    columns: words.map((_, i) => `SHA-256, word ${i + 1}`),
    values: Uint32Array.from(words, (word) => Number.parseInt(word, 16)),
  };
}

/** A grid that rows (symbol, date) of numbers are added up in; what no row names is NaN. */
export class RowGrid {
  readonly values: Float64Array;
  private readonly symbolAt: ReadonlyMap<string, number>;
  private readonly dateAt: ReadonlyMap<number, number>;

  constructor(
    readonly symbols: readonly string[],
    readonly dates: Int32Array,
    readonly columns: readonly string[],
  ) {
    this.values = new Float64Array(symbols.length * dates.length * columns.length).fill(Number.NaN);
    this.symbolAt = new Map(symbols.map((symbol, s) => [symbol, s]));
    this.dateAt = new Map(Array.from(dates, (date, d) => [date, d]));
  }

  /** Rows outside the grid's dates are passed over. */
  add(symbol: string, date: number, row: readonly number[]): void {
    const s = this.symbolAt.get(symbol);
    const d = this.dateAt.get(date);
    if (s === undefined || d === undefined) return;
    const first = (s * this.dates.length + d) * this.columns.length;
    for (const [k, value] of row.entries()) {
      const before = this.values[first + k];
      this.values[first + k] = Number.isNaN(before) ? value : before + value;
    }
  }

  as(name: string): Artefact {
    const { symbols, dates, columns, values } = this;
    return { name, symbols, dates, columns, values };
  }
}
