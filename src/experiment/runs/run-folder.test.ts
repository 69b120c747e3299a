import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRun, listRuns, openRunFolder } from './run-folder.js';

const HASH = '0123456789abcdef';

let runs: string;
beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'candlenet-runs-'));
});
afterEach(() => rmSync(runs, { recursive: true }));

describe('run folders', () => {
  it('lets one taker in, and the next one only when the first has left', () => {
    const first = openRunFolder(runs, 'x', HASH);
    expect(() => openRunFolder(runs, 'x', HASH)).toThrow(expect.objectContaining({ code: 'FILE_EXISTS' }));
    first.release();
    const second = openRunFolder(runs, 'x', HASH);
    expect(second.path).toBe(first.path);
    second.release();
    expect(existsSync(join(first.path, 'lock'))).toBe(false);
  });

  it('takes over a lock whose process is gone, but not one of another machine', () => {
    const path = join(runs, `x-${HASH.slice(0, 8)}`);
    mkdirSync(path);
    writeFileSync(join(path, 'lock'), `2147483646 ${hostname()}`);
    const taken = openRunFolder(runs, 'x', HASH);
    expect(readFileSync(join(path, 'lock'), 'utf8')).toBe(`${process.pid} ${hostname()}`);
    taken.release();
    writeFileSync(join(path, 'lock'), '1 elsewhere');
    expect(() => openRunFolder(runs, 'x', HASH)).toThrow(/process 1 on elsewhere is working on this run/);
  });

  it('are not kept from being listed by one that is damaged', () => {
    for (const [name, text] of [
      ['cut-short', '{'],
      ['no-config', '{"schemaVersion":1}'],
    ]) {
      mkdirSync(join(runs, name));
      writeFileSync(join(runs, name, 'manifest.json'), text);
    }
    expect(listRuns(runs)).toEqual([]);
    expect(() => findRun(runs, 'none')).toThrow(/no such run .* it holds no runs/);
  });

  it('are looked for in a folder', () => {
    writeFileSync(join(runs, 'file'), '');
    expect(() => listRuns(join(runs, 'file'))).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  });
});
