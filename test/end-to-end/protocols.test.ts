import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParquet } from '../../src/tables/index.js';
import { candlenet, candlenetInterruptedAt, createWorkbench, smallConfig } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

interface Summary {
  readonly folder: string;
  readonly metrics: {
    readonly folds: number;
    readonly paths: readonly { readonly accuracy: number; readonly totalReturn: number }[] | null;
    readonly periods: { readonly test: { readonly from: string; readonly to: string; readonly sessions: number } };
  };
}

function config(name: string, split: string): string {
  const text = smallConfig('label: { kind: volatility, horizonDays: 2 }').replace(
    /split:\n( {2}.*\n)+/,
    `split: ${split}\n`,
  );
  return bench.write(name, text.replace('maxEpochs: 4, patience: 4', 'maxEpochs: 2, patience: 2'));
}

function run(path: string, runs = bench.path('runs')): Summary {
  const { status, stdout, stderr } = candlenet('run', path, '--json', '--runs', runs);
  expect([status, stderr.split('\n').filter((line) => line.startsWith('candlenet:'))]).toEqual([0, []]);
  return JSON.parse(stdout) as Summary;
}

async function forecastDays(folder: string): Promise<number[]> {
  const schema = { date: 'day', symbol: 'string' } as const;
  const { columns, length } = await readParquet(join(folder, 'predictions.parquet'), schema);
  expect(new Set(Array.from(columns.date, (date, i) => `${date} ${columns.symbol[i]}`)).size).toBe(length);
  return [...new Set(columns.date)];
}

beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
}, 60_000);

describe('walk-forward', () => {
  const split =
    '{ kind: walk-forward, test: [2017-06-01, 2017-10-31], trainDays: 120, validateDays: 30, testDays: 40 }';
  let whole: Summary;
  beforeAll(() => {
    whole = run(config('walk.yaml', split), bench.path('whole'));
  }, 120_000);

  it('trains before each stretch of the test, forecasts every session once and trades them as one', async () => {
    const { folder, metrics } = whole;
    const { sessions, from, to } = metrics.periods.test;
    expect(metrics.folds).toBe(Math.ceil(sessions / 40));
    expect([from, to]).toEqual(['2017-06-01', '2017-10-31']);
    const days = await forecastDays(folder);
    expect(days).toHaveLength(sessions);
    expect(days).toEqual([...days].sort((a, b) => a - b));
    const folds = readdirSync(join(folder, 'folds'));
    expect(folds).toHaveLength(metrics.folds);
    const last = readFileSync(join(folder, 'folds', folds.sort().at(-1) ?? '', 'model.onnx'));
    expect(readFileSync(join(folder, 'model.onnx')).equals(last)).toBe(true);
    expect(existsSync(join(folder, 'checkpoints'))).toBe(false);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('Walk-forward');
    const sheet = candlenet('signals', folder, '--json');
    expect(sheet.status).toBe(0);
    const audit = candlenet('audit', bench.path('walk.yaml'), '--cuts', '1', '--runs', bench.path('whole'), '--json');
    expect([audit.status, audit.stderr.match(/^candlenet:.*/m)]).toEqual([0, null]);
  }, 240_000);

  it('comes out the same bits when it was stopped in a later fold', async () => {
    const path = bench.path('walk.yaml');
    const stopped = await candlenetInterruptedAt('Fold 2 of 3', 'run', path, '--runs', bench.path('stopped'));
    expect(stopped.status).not.toBe(0);
    const resumed = run(path, bench.path('stopped'));
    const artefacts = (folder: string) =>
      (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { artefacts: object }).artefacts;
    expect(artefacts(resumed.folder)).toEqual(artefacts(whole.folder));
  }, 240_000);
});

describe('cross-validation', () => {
  it('forecasts every session of the span once in k-fold order, and says that nobody could have traded it', async () => {
    const split =
      '{ kind: cross-validation, span: [2016-07-01, 2017-10-31], folds: 3, order: k-fold, validateDays: 30 }';
    const path = config('folds.yaml', split);
    const { folder, metrics } = run(path);
    expect(await forecastDays(folder)).toHaveLength(metrics.periods.test.sessions);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('nobody could have traded');
    const audit = candlenet('audit', path, '--cuts', '1', '--json');
    expect([audit.status, audit.stderr]).toEqual([2, expect.stringContaining('split.kind: found cross-validation')]);
  }, 240_000);

  it('gives combinatorial folds a distribution over paths', async () => {
    const split = '{ kind: combinatorial, span: [2016-07-01, 2017-10-31], groups: 4, testGroups: 2, validateDays: 30 }';
    const { folder, metrics } = run(config('combinatorial.yaml', split));
    expect(metrics.folds).toBe(6);
    expect(metrics.paths).toHaveLength(3);
    expect(new Set(metrics.paths?.map(({ totalReturn }) => totalReturn)).size).toBe(3);
    expect(await forecastDays(folder)).toHaveLength(metrics.periods.test.sessions);
  }, 300_000);

  it.each([
    ['{ kind: walk, test: [2017-06-01, 2017-10-31] }', 'split.kind'],
    ['{ kind: walk-forward, test: [2016-06-01, 2017-10-31] }', 'split.test: found'],
    ['{ kind: walk-forward, test: [2017-06-01, 2017-10-31], trainDays: 40, validateDays: 40 }', 'split.validateDays'],
    ['{ kind: combinatorial, span: [2016-07-01, 2017-10-31], groups: 4, testGroups: 4 }', 'split.testGroups'],
    ['{ kind: walk-forward, test: [2017-06-01, 2017-10-31], tests: 4 }', 'split'],
  ])('refuses %s', (split, key) => {
    const { status, stderr } = candlenet('run', config('bad.yaml', split), '--dry-run');
    expect([status, stderr]).toEqual([2, expect.stringContaining(key)]);
  });
});
