import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { configSchema } from '../../src/experiment/config/schema.js';
import { knownKeysAt } from '../../src/experiment/config/schema-keys.js';

const page = readFileSync(new URL('../../docs/ensemble-and-online.md', import.meta.url), 'utf8');

describe('docs/ensemble-and-online.md', () => {
  it.each(['ensemble', 'online'])('speaks of every key of %s', (section) => {
    for (const key of knownKeysAt(configSchema, [section])) expect(page, key).toMatch(new RegExp(`\`${key}[:\`]`));
  });

  it('shows the defaults', () => {
    const [, text] = page.match(/```yaml\n([\s\S]*?)```/) ?? [];
    const split = {
      train: ['2016-01-04', '2016-12-30'],
      validate: ['2017-01-02', '2017-05-31'],
      test: ['2017-06-01', '2017-10-31'],
    };
    const base = { market: { store: 'a', index: 'b' }, split };
    const shown = parseDocument(text).toJS() as object;
    const defaults = configSchema.parse({ ...base, ensemble: {}, online: {} });
    expect(configSchema.parse({ ...base, ...shown })).toEqual(defaults);
  });
});
