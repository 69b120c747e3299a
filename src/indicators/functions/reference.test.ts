import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { functionReference } from './reference.js';

it('docs/indicators.md is what `npm run docs` writes', () => {
  const page = readFileSync(new URL('../../../docs/indicators.md', import.meta.url), 'utf8');
  expect(page).toBe(functionReference());
});
