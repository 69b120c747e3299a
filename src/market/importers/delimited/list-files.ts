import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CandlenetError } from '../../../util/index.js';
import { refuseLinkOut } from '../inside-folder.js';

/** What files a folder is searched for. */
export type FileFormat = 'csv' | 'parquet';

const PATTERNS: Readonly<Record<FileFormat, RegExp>> = { csv: /\.csv(\.gz)?$/i, parquet: /\.parquet$/i };
const NAMES: Readonly<Record<FileFormat, string>> = { csv: '.csv or .csv.gz', parquet: '.parquet' };

/**
 * The files of a format at `path`: itself, or those of the folder in the order of their names. A link out of the folder is
 * refused: who imports a downloaded folder means the files in it.
 * @throws FILE_NOT_FOUND; FILE_UNREADABLE
 */
export function listFiles(path: string, format: FileFormat): string[] {
  if (!existsSync(path))
    throw new CandlenetError('FILE_NOT_FOUND', `${path}: file or folder of ${NAMES[format]} files not found`);
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path)
    .filter((name) => PATTERNS[format].test(name))
    .sort()
    .map((name) => join(path, name));
  if (files.length === 0) {
    throw new CandlenetError('FILE_NOT_FOUND', `${path}: found no file, expected at least one ${NAMES[format]}`);
  }
  for (const file of files) refuseLinkOut(path, file);
  return files;
}

/** `sh.600000` of `…/sh.600000.csv.gz`. */
export function stemOf(file: string): string {
  return basename(file).replace(PATTERNS.csv, '').replace(PATTERNS.parquet, '');
}
