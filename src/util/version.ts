import { readFileSync } from 'node:fs';

/** Version of this package, from its package.json (two folders up, from `src/util` and `dist/util` alike). */
export const candlenetVersion: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
