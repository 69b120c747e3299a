import type { Panel } from '../../features/index.js';
import { type Table, type TableSchema, writeParquetPieces } from '../../tables/index.js';
import { type Day, lowerBound } from '../../util/index.js';

/** Rows of one piece: a few megabytes of 86 columns. */
const ROWS_PER_PIECE = 16_384;

/** What a table of a panel holds. */
export interface PanelTableFacts {
  readonly rows: number;
  readonly symbols: number;
  /** First and last day of a row; null where there is none. */
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
}

/**
 * Writes the rows of a panel on which instruments traded, from a day on, as a Parquet table: symbol, date, and one float32 column a
 * feature, missing values null. Piece by piece: the table never exists beside the panel.
 * @throws FILE_WRITE_FAILED
 */
export async function writePanelTable(out: string, panel: Panel, from: Day): Promise<PanelTableFacts> {
  const { symbols, dates, columns, traded } = panel;
  const start = lowerBound(dates, from);
  const schema: Record<string, TableSchema[string]> = { symbol: 'string', date: 'day' };
  for (const { name } of columns) schema[name] = 'float32';
  const facts = { rows: 0, symbols: 0, firstDay: null as Day | null, lastDay: null as Day | null };
  let row = start;
  let lastSymbol = -1;
  const next = () => {
    const rows = new Int32Array(ROWS_PER_PIECE);
    let count = 0;
    for (; row < traded.length && count < ROWS_PER_PIECE; row++) {
      if (row % dates.length >= start && traded[row] === 1) rows[count++] = row;
    }
    if (count === 0) return null;
    for (const one of rows.subarray(0, count)) {
      const day = dates[one % dates.length];
      const symbol = Math.floor(one / dates.length);
      if (symbol !== lastSymbol) facts.symbols++;
      lastSymbol = symbol;
      facts.firstDay = Math.min(facts.firstDay ?? day, day);
      facts.lastDay = Math.max(facts.lastDay ?? day, day);
    }
    facts.rows += count;
    return pieceOf(panel, rows.subarray(0, count));
  };
  await writeParquetPieces(out, schema, next, { symbol: symbols });
  return facts;
}

function pieceOf({ symbols, dates, columns, values }: Panel, rows: Int32Array): Table {
  const width = columns.length;
  const piece: Record<string, string[] | Int32Array | Float32Array> = {
    symbol: Array.from(rows, (row) => symbols[Math.floor(row / dates.length)]),
    date: rows.map((row) => dates[row % dates.length]),
  };
  const own = columns.map(() => new Float32Array(rows.length));
  for (let i = 0; i < rows.length; i++) {
    const at = rows[i] * width;
    for (let k = 0; k < width; k++) own[k][i] = values[at + k];
  }
  for (const [k, { name }] of columns.entries()) piece[name] = own[k];
  return { length: rows.length, columns: piece };
}
