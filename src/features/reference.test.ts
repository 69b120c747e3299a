import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { featureReference } from './reference.js';

it('docs/features.md is what scripts/features-reference.mjs writes', () => {
  const page = readFileSync(new URL('../../docs/features.md', import.meta.url), 'utf8');
  expect(page).toBe(featureReference());
});
