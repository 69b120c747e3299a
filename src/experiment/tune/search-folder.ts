import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SearchPoint } from '../../training/index.js';
import { makeFolders, writeFailed, writeFileAtomically } from '../../util/index.js';
import { takeLock } from '../runs/lock.js';
import { type FoldResult, readFoldResult, writeFoldResult } from './fold-result.js';

const batchSchema = z.array(z.array(z.number())).min(1);
const effortSchema = z.object({ startedAt: z.string(), seconds: z.number() });

/** A folder that holds all a search has found out: what is there is never asked again. */
export interface SearchFolder {
  readonly id: string;
  readonly path: string;
  file(name: string): string;
  /** Points that were proposed together, null where the search has not come that far. */
  readBatch(index: number): readonly SearchPoint[] | null;
  writeBatch(index: number, points: readonly SearchPoint[]): void;
  readFold(trial: number, fold: number): FoldResult | null;
  writeFold(trial: number, fold: number, result: FoldResult): void;
  checkpoints(trial: number, fold: number): string;
  /** Wall time worked so far, earlier starts included. */
  effort: { readonly startedAt: string; readonly seconds: number } | null;
  release(): void;
}

export const searchId = (name: string, hash: string): string => `tune-${name}-${hash.slice(0, 8)}`;

/** @throws FILE_EXISTS while another process works on the search; FILE_WRITE_FAILED */
export function openSearchFolder(runsFolder: string, id: string): SearchFolder {
  const path = join(runsFolder, id);
  try {
    makeFolders(path);
  } catch (error) {
    throw writeFailed(path, error);
  }
  const release = takeLock(path);
  const file = (of: string) => join(path, of);
  const batch = (index: number) => file(join('batches', `${index + 1}.json`));
  const place = (trial: number, fold: number) => file(join('trials', `${trial}`, `fold-${fold + 1}`));
  return {
    ...{ id, path, file, release },
    readBatch: (index) => readJson(batch(index), batchSchema),
    writeBatch: (index, points) => writeFileAtomically(batch(index), `${JSON.stringify(points)}\n`),
    readFold: (trial, fold) => readFoldResult(`${place(trial, fold)}.json`),
    writeFold: (trial, fold, result) => writeFoldResult(`${place(trial, fold)}.json`, result),
    checkpoints: place,
    get effort() {
      return readJson(file('effort.json'), effortSchema);
    },
    set effort(value) {
      writeFileAtomically(file('effort.json'), `${JSON.stringify(value)}\n`);
    },
  };
}

function readJson<T>(path: string, schema: z.ZodType<T>): T | null {
  if (!existsSync(path)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
