import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candlenet, createWorkbench, smallConfig, snapshot } from './workbench.js';

const CONFIG = smallConfig('backtest: { limits: false }\nbaselines: { logisticRegression: false }')
  .replace('maxEpochs: 4', 'maxEpochs: 1')
  .replace('randomPortfolios: 3', 'randomPortfolios: 1');

const bench = createWorkbench();
afterAll(bench.remove);

interface Summary {
  readonly id: string;
  readonly folder: string;
  readonly metrics: { readonly trials: Record<string, unknown> };
}

const runs = bench.path('runs');
const store = bench.path('store');

function run(name: string, text: string): Summary {
  const { status, stdout } = candlenet('run', bench.write(name, text), '--json', '--runs', runs);
  expect(status).toBe(0);
  return JSON.parse(stdout) as Summary;
}

const replay = (id: string, ...args: string[]) => candlenet('replay', id, '--runs', runs, ...args);

let first: Summary;
let second: Summary;

beforeAll(() => {
  const synth = candlenet('synth', '--store', store, '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  first = run('first.yaml', CONFIG);
  second = run('second.yaml', CONFIG.replace('k: 4', 'k: 3'));
});

describe('candlenet replay', () => {
  it('makes a run again to the bit, though the trial ledger it counted is gone, and leaves everything as it was', () => {
    const trials = second.metrics.trials as { own: number; others: number };
    expect(trials.own).toBeGreaterThan(5);
    expect(trials.others).toBeGreaterThan(0);
    expect((first.metrics.trials as { others: number }).others).toBe(0);
    rmSync(join(runs, 'trials'), { recursive: true });
    const before = snapshot(runs);
    const { status, stdout } = replay(second.id, '--json');
    expect(status).toBe(0);
    const outcome = JSON.parse(stdout) as { artefacts: { path: string }[] };
    expect(outcome).toMatchObject({ id: second.id, identical: true, firstDifference: null, sameProgram: true });
    expect(outcome.artefacts.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['model.onnx', 'predictions.parquet', 'equity.parquet', 'trials.jsonl', 'metrics.json']),
    );
    expect(snapshot(runs)).toEqual(before);
  });

  it('names the first artefact that differs and exits 1', () => {
    const path = join(first.folder, 'manifest.json');
    const text = readFileSync(path, 'utf8');
    const { artefacts } = JSON.parse(text) as { artefacts: Record<string, string> };
    const wrong = text
      .replace(artefacts['metrics.json'], '0'.repeat(64))
      .replace(artefacts['predictions.parquet'], '1'.repeat(64));
    writeFileSync(path, wrong);
    const { status, stdout, stderr } = replay(first.id);
    writeFileSync(path, text);
    expect(status).toBe(1);
    expect(stderr).toMatch(/predictions\.parquet differs, .* \[REPLAY_DIFFERS\]\n$/);
    expect(stdout).toMatch(/model\.onnx +same bits\n/);
    expect(stdout).toMatch(/metrics\.json +DIFFERS\n/);
  });

  it('exits 2 where the store is another, was changed or is gone, and where there is no such finished run', () => {
    const refused = (expected: RegExp) => {
      const { status, stdout, stderr } = replay(first.id);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(expected);
    };
    const manifest = readFileSync(join(store, 'store.json'), 'utf8');
    writeFileSync(join(store, 'store.json'), manifest.replace(/"contentHash": "./, '"contentHash": "z'));
    refused(/store: found a store of content z.*, expected .* \[RUN_MISMATCH\]\n$/);
    writeFileSync(join(store, 'store.json'), manifest);
    renameSync(join(store, 'members.parquet'), bench.path('members.parquet'));
    refused(/members\.parquet: table not found \[STORE_INVALID\]\n$/);
    renameSync(bench.path('members.parquet'), join(store, 'members.parquet'));
    renameSync(store, bench.path('moved'));
    refused(
      /store: the market store of run small-.* not found; if it lies elsewhere now, name it with --store \[FILE_NOT_FOUND\]\n$/,
    );
    renameSync(bench.path('moved'), store);
    const counted = readFileSync(join(first.folder, 'trials.jsonl'), 'utf8');
    writeFileSync(join(first.folder, 'trials.jsonl'), 'changed\n');
    refused(/trials\.jsonl: found another content, .* \[FILE_UNREADABLE\]\n$/);
    writeFileSync(join(first.folder, 'trials.jsonl'), counted);
    const path = join(first.folder, 'manifest.json');
    const complete = readFileSync(path, 'utf8');
    writeFileSync(path, complete.replace('"complete"', '"running"'));
    refused(/found an unfinished run, .* \[RUN_NOT_FOUND\]\n$/);
    writeFileSync(path, complete);
    expect(existsSync(join(first.folder, 'lock'))).toBe(false);
  });
});
