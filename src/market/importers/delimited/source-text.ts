import { closeSync, openSync, readSync } from 'node:fs';
import { type CsvText, readCsv, readParquetText } from '../../../tables/index.js';
import { CandlenetError } from '../../../util/index.js';
import type { SourceLayout } from '../presets/index.js';

/** A file as texts, CSV or Parquet, and what its rows are called in messages. */
export interface SourceText extends CsvText {
  readonly path: string;
  readonly rowIs: 'line' | 'row';
}

const PARQUET_MAGIC = 'PAR1';

/**
 * Reads a file by what it is, not by what it is called.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, TABLE_INVALID
 */
export async function readSourceText(path: string, layout: SourceLayout, what: string): Promise<SourceText> {
  if (startsWith(path, PARQUET_MAGIC)) {
    const mapped = [...Object.values(layout.columns), ...Object.values(layout.fields)];
    const all = await readParquetText(path, new Set(mapped.flatMap((column) => column?.from ?? [])));
    return { ...all, path, rowIs: 'row' };
  }
  if (/\.parquet$/i.test(path)) {
    throw new CandlenetError(
      'TABLE_INVALID',
      `${path}: found no Parquet file, expected one that starts with ${PARQUET_MAGIC}`,
    );
  }
  return { ...readCsv(path, what, undefined, layout.encoding), path, rowIs: 'line' };
}

function startsWith(path: string, magic: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const bytes = Buffer.alloc(magic.length);
    return readSync(file, bytes, 0, magic.length, 0) === magic.length && bytes.toString('latin1') === magic;
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}
