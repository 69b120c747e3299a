import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, writeFileAtomically } from '../../util/index.js';

/** Characters of a text's SHA-256 that stand for it. */
const KEY_CHARACTERS = 32;

/** Scores by the hash of their text, in a file of their own in the store's folder. */
export interface ScoreCache {
  get(text: string): number | undefined;
  set(text: string, score: number): void;
  /** @throws FILE_WRITE_FAILED */
  save(): void;
}

/**
 * The scores that one classifier gave in this store; its id stands for model, vocabulary and options. A line that is no hash and
 * score is passed over, and its text scored anew.
 */
export function openScoreCache(storeDir: string, classifierId: string): ScoreCache {
  const path = join(storeDir, 'news-scores', `${classifierId}.txt`);
  const scores = new Map<string, number>();
  if (existsSync(path)) {
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const parts = /^([0-9a-f]{32}) (-?\d\S*)$/.exec(line);
      if (parts && Math.abs(Number(parts[2])) <= 1) scores.set(parts[1], Number(parts[2]));
    }
  }
  const keyOf = (text: string) => sha256(text).slice(0, KEY_CHARACTERS);
  return {
    get: (text) => scores.get(keyOf(text)),
    set: (text, score) => void scores.set(keyOf(text), score),
    save() {
      const lines = [...scores].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, score]) => `${key} ${score}\n`);
      writeFileAtomically(path, lines.join(''));
    },
  };
}
