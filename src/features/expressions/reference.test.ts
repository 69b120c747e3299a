import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { alpha158Reference, operatorTable } from './reference.js';

const page = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');

it('docs/alpha158.md is what the code holds (npm run docs)', () => {
  expect(page('alpha158.md')).toBe(alpha158Reference());
});

it('docs/expressions.md ends in the table of operators (npm run docs)', () => {
  expect(page('expressions.md').split('## Operators\n\n')[1]).toBe(operatorTable());
});
