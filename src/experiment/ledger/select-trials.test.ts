import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countTrials } from './select-trials.js';
import { readSnapshot, SNAPSHOT_FILE, writeSnapshot } from './snapshot.js';
import type { Trial } from './trial.js';

const market = { contentHash: 'h', path: '/stores/csi300', synthetic: false };

function trial(config: string, strategy: string, value: number, more: Partial<Trial> = {}): Trial {
  const dates = more.dates ?? Int32Array.of(100, 101, 102);
  return {
    ...{ source: 'r', kind: 'run', experiment: config, config, strategy, role: 'subject', market, score: null },
    ...{ judged: [dates[0], dates[dates.length - 1]], dates, returns: Float64Array.from(dates, (_, i) => value + i) },
    ...more,
  };
}

const names = (trials: readonly Trial[]) => trials.map(({ config, strategy }) => `${config} ${strategy}`);
const own = [trial('mine', 'net', 1), trial('mine', 'momentum', 2, { role: 'baseline' })];

describe('the trials that count for a run', () => {
  const count = (...ledger: Trial[]) => countTrials(own, ledger, [100, 102]);

  it('are its own and those of others, without the placebos of either', () => {
    const placebo = { role: 'placebo' } as const;
    const ledger = [trial('other', 'net', 5), trial('other', 'shuffled-labels', 6, placebo)];
    const counted = countTrials([...own, trial('mine', 'shuffled-labels', 3, placebo)], ledger, [100, 102]);
    expect(names(counted.own)).toEqual(['mine net', 'mine momentum']);
    expect(names(counted.others)).toEqual(['other net']);
  });

  it('do not count a run again that is in the ledger already, nor the same configuration under a newer program', () => {
    expect(count(...own, trial('mine', 'net', 7, { experiment: 'newer program' })).others).toEqual([]);
  });

  it('count what earned the same to the last bit once, whatever the configuration beside it', () => {
    expect(
      names(count(trial('other', 'momentum', 2), trial('third', 'net', 9), trial('fourth', 'net', 9)).others),
    ).toEqual(['third net']);
  });

  it('are those that saw a day of the period; others are only told of', () => {
    const before = trial('search', '1', 4, { kind: 'search', dates: Int32Array.of(97, 98, 99) });
    const touching = trial('search', '2', 4, { kind: 'search', dates: Int32Array.of(98, 99, 100) });
    const scored = trial('search', '3', 0, {
      dates: new Int32Array(),
      judged: [90, 110],
      score: { name: 'accuracy', value: 0.4 },
    });
    const counted = count(before, touching, scored);
    expect(names(counted.others)).toEqual(['search 2', 'search 3']);
    expect(counted.elsewhere).toBe(1);
  });
});

describe('the snapshot of a run', () => {
  it('gives back the trials to the bit, and is refused once it was changed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'candlenet-snapshot-'));
    const others = [trial('other', 'net', 1 / 3), trial('third', 'net', 0.1)];
    const sha256 = writeSnapshot(folder, others);
    expect(readSnapshot(folder, { sha256 })).toEqual(others);
    expect(writeSnapshot(folder, readSnapshot(folder, { sha256 }))).toBe(sha256);
    writeSnapshot(folder, others.slice(1));
    expect(() => readSnapshot(folder, { sha256 })).toThrow(/trials\.jsonl: found another content/);
    writeFileSync(join(folder, SNAPSHOT_FILE), '');
    expect(() => readSnapshot(folder, { sha256 })).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
    rmSync(folder, { recursive: true });
    expect(() => readSnapshot(folder, { sha256 })).toThrow(/found no such file/);
  });
});
