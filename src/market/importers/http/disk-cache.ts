import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, sha256, writeFileAtomically } from '../../../util/index.js';

/** Answers of a remote source, one file a request, so that nothing is asked for twice and a stopped import carries on. */
export interface AnswerCache {
  /** The answer kept for a request; null where there is none or the file is damaged. */
  get(identity: unknown): string | null;
  /** @throws FILE_WRITE_FAILED */
  put(identity: unknown, answer: string): void;
}

/**
 * A cache in a folder. A file is named by the SHA-256 of its request's identity, which holds no secret, and begins with the
 * SHA-256 of its answer on a line of its own.
 */
export function createDiskCache(dir: string): AnswerCache {
  const fileOf = (identity: unknown) => {
    const key = sha256(canonicalJson(identity));
    return join(dir, key.slice(0, 2), `${key}.answer`);
  };
  return {
    get(identity) {
      const file = fileOf(identity);
      if (!existsSync(file)) return null;
      const text = readFileSync(file, 'utf8');
      const end = text.indexOf('\n');
      const answer = text.slice(end + 1);
      return end > 0 && text.slice(0, end) === sha256(answer) ? answer : null;
    },
    put(identity, answer) {
      writeFileAtomically(fileOf(identity), `${sha256(answer)}\n${answer}`);
    },
  };
}
