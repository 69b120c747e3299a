// Writes the reference pages that are tables of what the code holds: `npm run docs`. Tests say when a page is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { build } from './build.mjs';

build();
const { ERROR_CATALOGUE } = await import('../dist/util/index.js');
const { macroReleaseTable, RULEBOOK_NAMES, rulebookByName, rulebookMarkdown } = await import('../dist/market/index.js');
const { alpha158Reference, featureReference, operatorTable } = await import('../dist/features/index.js');
const { functionReference } = await import('../dist/indicators/index.js');

const EXIT = { check: 1, input: 2, internal: 3 };

function errorsPage() {
  const rows = Object.entries(ERROR_CATALOGUE).map(
    ([code, { kind, meaning }]) => `| \`${code}\` | ${EXIT[kind]} | ${meaning} |`,
  );
  return `# Errors

Every error candlenet raises has a code. The command line prints one line, ending in the code, that names the file, line, column or
key, what was found and what was expected; its exit status is 1 when a check failed, 2 for bad input, 3 for a defect of candlenet.

| code | exit | meaning |
| --- | --- | --- |
${rows.join('\n')}
`;
}

const page = (name, text) => writeFileSync(join(root, 'docs', name), text);
page('errors.md', errorsPage());
page('features.md', featureReference());
page('alpha158.md', alpha158Reference());
const OPERATORS_HEADING = '## Operators\n\n';
const [language] = readFileSync(join(root, 'docs', 'expressions.md'), 'utf8').split(OPERATORS_HEADING);
page('expressions.md', `${language}${OPERATORS_HEADING}${operatorTable()}`);
page('indicators.md', functionReference());
const LAGS_HEADING = '## The table\n\n';
const [lags] = readFileSync(join(root, 'docs', 'macro-release-lags.md'), 'utf8').split(LAGS_HEADING);
page('macro-release-lags.md', `${lags}${LAGS_HEADING}${macroReleaseTable()}`);

/** The prose of a rulebook's page is written by hand; what follows its last heading is the data. */
const RULES_HEADING = '## The rules\n\n';
for (const book of RULEBOOK_NAMES.map(rulebookByName).filter(({ knownTo }) => knownTo !== null)) {
  const name = `rulebook-${book.name}.md`;
  const [prose] = readFileSync(join(root, 'docs', name), 'utf8').split(RULES_HEADING);
  page(name, `${prose}${RULES_HEADING}${rulebookMarkdown(book)}\n`);
}
