import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulebookByName } from './lookup.js';
import { rulebookMarkdown } from './markdown.js';

describe.each(['cn-a-share', 'us-equity'])('docs/rulebook-%s.md', (name) => {
  const page = readFileSync(new URL(`../../../docs/rulebook-${name}.md`, import.meta.url), 'utf8');
  const book = rulebookByName(name);

  it('has the table of the data, row for row', () => {
    expect(page.split('## The rules\n\n')[1].trim()).toBe(rulebookMarkdown(book));
  });

  it('names the day up to which the rules are known', () => {
    expect(page).toContain(`up to ${book.knownTo}`);
  });
});
