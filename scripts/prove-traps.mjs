// Takes the protections against looking ahead out of the source, one at a time, and demands that the test of its trap fails.
//
//   node scripts/prove-traps.mjs            all of them, some minutes
//   node scripts/prove-traps.mjs 3 7        those of traps 3 and 7
//
// The working tree is not touched: each protection is taken out of a copy. Exit status 1 when a test still passes without its
// protection, or when the code of a protection is no longer found.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROTECTIONS } from '../test/leakage/protections.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = process.argv.slice(2).map(Number);
const copy = mkdtempSync(join(tmpdir(), 'candlenet-prove-'));
try {
  for (const name of ['src', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  for (const name of ['node_modules', 'dist']) symlinkSync(join(root, name), join(copy, name));
  const held = PROTECTIONS.filter(({ trap }) => wanted.length === 0 || wanted.includes(trap)).filter(proves);
  process.exitCode = held.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true });
}

/** Whether something is wrong: the protection cannot be found, or its test does not miss it. */
function proves({ trap, what, file, find, replace }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const line = `trap ${trap}: ${what} (${file})`;
  if (text.split(find).length !== 2) {
    console.log(`NOT FOUND  ${line}`);
    return true;
  }
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', 'test/leakage/traps.test.ts', '-t', `trap ${trap}:`, '--reporter=json'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 26 });
  writeFileSync(path, text);
  const { testResults } = JSON.parse(stdout.slice(stdout.indexOf('{"')));
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title),
  );
  console.log(
    `${failed.length > 0 ? 'fails     ' : 'STILL PASSES'} ${line}${failed.map((title) => `\n             ${title}`).join('')}`,
  );
  return failed.length === 0;
}
