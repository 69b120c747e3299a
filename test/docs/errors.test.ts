import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from '../../src/util/index.js';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const EXIT = { check: 1, input: 2, internal: 3 } as const;

/** Rows of the page: code, exit status, meaning. */
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d) \| (.+) \|$/gm)].map(([, code, status, meaning]) => ({
  code,
  status: Number(status),
  meaning,
}));

describe('docs/errors.md', () => {
  it('lists the catalogue: every code, its exit status and its meaning, in order', () => {
    const expected = Object.entries(ERROR_CATALOGUE).map(([code, { kind, meaning }]) => ({
      code,
      status: EXIT[kind],
      meaning,
    }));
    expect(rows).toEqual(expected);
  });
});
