import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestPeriod, type TestOpening } from './test-openings.js';

let runs: string;
beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'candlenet-openings-'));
});
afterEach(() => rmSync(runs, { recursive: true }));

const opening = (run: string, more: Partial<TestOpening> = {}): TestOpening => ({
  run,
  openedAt: '2026-01-05T10:00:00.000Z',
  experiment: 'e',
  test: ['2022-01-04', '2023-12-29'],
  store: { contentHash: 'h', path: '/stores/csi300', synthetic: false },
  ...more,
});

describe('looks at a test period', () => {
  it('are counted by run: one that is taken up again opens it once', () => {
    expect(openTestPeriod(runs, opening('a'))).toBe(1);
    expect(openTestPeriod(runs, opening('a', { openedAt: '2026-01-06T10:00:00.000Z' }))).toBe(1);
    expect(openTestPeriod(runs, opening('b', { experiment: 'another' }))).toBe(2);
    expect(readdirSync(join(runs, 'test-openings'))).toEqual(['a.json', 'b.json']);
  });

  it('stay counted when the run is gone', () => {
    const folder = join(runs, 'a');
    mkdirSync(folder);
    openTestPeriod(runs, opening('a'));
    rmSync(folder, { recursive: true });
    expect(openTestPeriod(runs, opening('b'))).toBe(2);
  });

  it('count as soon as one day is shared, on the same market only', () => {
    openTestPeriod(runs, opening('a'));
    const later = (from: string) => ({ test: [from, '2024-12-31'] as [string, string] });
    expect(openTestPeriod(runs, opening('apart', later('2023-12-30')))).toBe(1);
    expect(openTestPeriod(runs, opening('shared', later('2023-12-29')))).toBe(3);
    const other = { contentHash: 'other', path: '/stores/other', synthetic: false };
    expect(openTestPeriod(runs, opening('elsewhere', { store: other }))).toBe(1);
  });

  it('follow a real store that was extended or moved; of a synthetic one only the content tells', () => {
    openTestPeriod(runs, opening('a'));
    const store = { contentHash: 'h', path: '/stores/csi300', synthetic: false };
    expect(openTestPeriod(runs, opening('extended', { store: { ...store, contentHash: 'h2' } }))).toBe(2);
    expect(openTestPeriod(runs, opening('moved', { store: { ...store, path: '/elsewhere' } }))).toBe(2);
    const made = { ...store, contentHash: 'seed 2', synthetic: true };
    expect(openTestPeriod(runs, opening('synthetic', { store: made }))).toBe(1);
  });

  it('are read past records that are damaged', () => {
    openTestPeriod(runs, opening('a'));
    writeFileSync(join(runs, 'test-openings', 'cut-short.json'), '{"run":');
    expect(openTestPeriod(runs, opening('b'))).toBe(2);
  });
});
