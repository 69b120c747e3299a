import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { configSchema } from '../../src/experiment/config/schema.js';
import { knownKeysAt } from '../../src/experiment/config/schema-keys.js';

const page = readFileSync(new URL('../../docs/training.md', import.meta.url), 'utf8');

describe('docs/training.md', () => {
  it('speaks of every key of the training section, and of what is inside', () => {
    for (const key of knownKeysAt(configSchema, ['training'])) {
      expect(page, key).toMatch(new RegExp(`\`${key}[:\`]`));
      for (const inner of knownKeysAt(configSchema, ['training', key]))
        expect(page, inner).toMatch(new RegExp(`\\b${inner}\\b`));
    }
  });

  it('shows configurations that are valid', () => {
    const split = {
      train: ['2016-01-04', '2016-12-30'],
      validate: ['2017-01-02', '2017-05-31'],
      test: ['2017-06-01', '2017-10-31'],
    };
    const shown = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]);
    expect(shown.length).toBeGreaterThan(0);
    for (const text of shown) {
      const written = parseDocument(text).toJS() as object;
      expect(configSchema.safeParse({ market: { store: 'a', index: 'b' }, split, ...written }).error).toBeUndefined();
    }
  });

  it('names the scripts that made PyTorch’s numbers', () => {
    for (const script of [
      'torch_optimisers',
      'torch_schedules',
      'torch_objective',
      'torch_adversarial',
      'torch_options',
    ]) {
      expect(page).toContain(script);
      expect(readFileSync(new URL(`../../bench/peers/${script}.py`, import.meta.url), 'utf8')).toContain('torch');
    }
  });
});
