import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROTECTIONS } from './protections.mjs';

const root = new URL('../../', import.meta.url);

it.each(PROTECTIONS)('trap $trap: $what, in $file', ({ file, find }) => {
  // Where code moved, the list follows; then scripts/prove-traps.mjs can take the protection out again.
  expect(readFileSync(new URL(file, root), 'utf8').split(find)).toHaveLength(2);
});

it('covers each of the eight traps', () => {
  expect([...new Set(PROTECTIONS.map(({ trap }) => trap))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
