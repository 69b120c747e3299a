import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolders } from './folders.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-folders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('makes what is missing, and leaves what is there', () => {
  const path = join(folder, 'a', 'b', 'c');
  makeFolders(path);
  makeFolders(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

it('says what the system says where a file is in the way', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => makeFolders(join(folder, 'file', 'below'))).toThrow(/ENOTDIR/);
});

it.skipIf(!existsSync('/proc/self'))('comes back where the system names no reason', () => {
  expect(() => makeFolders('/proc/nothing/below')).toThrow(/ENOENT/);
});
