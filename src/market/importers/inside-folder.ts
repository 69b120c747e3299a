import { existsSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { CandlenetError } from '../../util/index.js';

/**
 * Refuses a link out of a folder: who imports a downloaded folder means the files in it.
 * @throws FILE_UNREADABLE
 */
export function refuseLinkOut(folder: string, file: string): void {
  if (!existsSync(file)) throw new CandlenetError('FILE_UNREADABLE', `${file}: found a link to no file`);
  if (!realpathSync.native(file).startsWith(realpathSync.native(folder) + sep)) {
    throw new CandlenetError('FILE_UNREADABLE', `${file}: found a link out of the folder, expected a file in it`);
  }
}
