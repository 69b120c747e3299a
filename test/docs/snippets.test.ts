import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { metadataProps } from '../../src/onnx/index.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
// Inside the package, so that a snippet imports candlenet by its name as a user does.
const folder = join(root, 'dist', '.snippets');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const snippetsOf = (page: string) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```js\n([\s\S]*?)^```/gm)].map((match) => match[1]);

function printed(name: string, code: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', cwd: root });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

describe.each(['README.md', 'docs/engine.md'])('%s', (page) => {
  const snippets = snippetsOf(page).map((code, i) => [i + 1, code] as const);

  it.each(snippets)('snippet %i runs and prints something', (i, code) => {
    expect(printed(`${page.replace(/\W/g, '-')}-${i}.mjs`, code).trim()).not.toBe('');
  });
});

it('docs/engine.md lists the metadata of a model, key by key', () => {
  const page = readFileSync(join(root, 'docs/engine.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(candlenet\.\w+)` \|/gm)].map((match) => match[1]);
  const scaler = { mean: [], std: [], clip: null };
  const target = { kind: 'return', mean: 0, std: 1 };
  const props = metadataProps({ modelName: 'x', window: 1, features: [], classes: [], scaler, target });
  expect(listed).toEqual(Object.keys(props));
});

describe('what docs/engine.md says its snippets print', () => {
  const page = readFileSync(join(root, 'docs/engine.md'), 'utf8');
  const snippets = snippetsOf('docs/engine.md');
  const snippet = (mark: string) => snippets.find((code) => code.includes(mark)) ?? '';

  it('is the error with the user’s line', () => {
    const [, words] = /prints `(.*?)`/.exec(page) ?? [];
    const file = join(folder, 'yours.mjs');
    expect(printed('yours.mjs', snippet('catch (error)'))).toBe(`${words.replace('…/yours.mjs', file)}\n`);
  });

  it('is the value and the slope', () => {
    const text = printed('square.mjs', snippet('reduceSum(square(x))'));
    expect(text).toMatch(/y: Float32Array\(1\) \[ 14 \]/);
    expect(text).toMatch(/slope: Float32Array\(3\) \[ 2, 4, 6 \]/);
  });
});
