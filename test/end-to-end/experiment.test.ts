import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILLS_SCHEMA } from '../../src/backtest/index.js';
import { openMarketStore } from '../../src/market/index.js';
import { readParquet } from '../../src/tables/index.js';
import { candlenet, candlenetInterruptedAt, createWorkbench, root, smallConfig } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

interface Summary {
  readonly id: string;
  readonly folder: string;
  readonly artefacts: Record<string, string>;
  readonly hashes: Record<string, string>;
  readonly metrics: {
    readonly samples: { readonly test: number };
    readonly models: Record<
      string,
      { readonly classification: { accuracy: number; samples: number; majorityRate: number } }
    >;
    readonly industryContributions: readonly { industry: string | null; afterCosts: number; costs: number }[];
    readonly breakEven: { readonly points: { costBps: number; annualisedReturn: number }[] };
    readonly capacity: { readonly points: { investedShare: number }[] };
    readonly strategies: Record<string, { readonly performance: { totalReturn: number; sessions: number } }>;
  };
}

let config: string;
let run: Summary;

const runJson = (...args: string[]): Summary => {
  const result = candlenet('run', config, '--json', ...args);
  expect(result.stderr).not.toContain('candlenet:');
  expect(result.status).toBe(0);
  return JSON.parse(result.stdout) as Summary;
};

beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '16', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  config = bench.write('small.yaml', smallConfig());
  run = runJson('--runs', bench.path('runs'));
});

describe('candlenet run', () => {
  it('leaves the artefacts of a run folder, and no checkpoint once it is complete', () => {
    const files = readdirSync(run.folder).sort();
    expect(files).toEqual([
      'comparison',
      'equity.parquet',
      'events.parquet',
      'explain',
      'fills.parquet',
      'manifest.json',
      'metrics.json',
      'model.onnx',
      'order-trail.parquet',
      'orders.parquet',
      'predictions.parquet',
      'report-data.json',
      'report.html',
      'training.jsonl',
      'trials.jsonl',
    ]);
    expect(readdirSync(join(run.folder, 'comparison')).sort()).toEqual([
      'always-buy',
      'logistic',
      'low-volatility',
      'majority-class',
      'market-timing',
      'mean-reversion',
      'momentum',
      'random-portfolios',
      'shuffled-labels',
      'universe',
      'value',
    ]);
  });

  it('states an accuracy that its own predictions.parquet gives', async () => {
    const schema = { p_buy: 'float32', p_hold: 'float32', p_sell: 'float32', label: 'int32' } as const;
    const { length, columns } = await readParquet(join(run.folder, 'predictions.parquet'), schema);
    expect(length).toBe(run.metrics.samples.test);
    let right = 0;
    let judged = 0;
    for (let i = 0; i < length; i++) {
      if (columns.label[i] < 0) continue;
      const p = [columns.p_buy[i], columns.p_hold[i], columns.p_sell[i]];
      expect(p[0] + p[1] + p[2]).toBeCloseTo(1, 5);
      judged++;
      if (p.indexOf(Math.max(...p)) === columns.label[i]) right++;
    }
    const { accuracy, samples } = run.metrics.models['cnn-lstm'].classification;
    expect(samples).toBe(judged);
    expect(accuracy).toBeCloseTo(right / judged, 12);
  });

  it('states a return that its own equity.parquet gives', async () => {
    const { length, columns } = await readParquet(join(run.folder, 'equity.parquet'), { equity: 'float64' });
    const { totalReturn, sessions } = run.metrics.strategies['cnn-lstm'].performance;
    expect(length).toBe(sessions + 1);
    expect(totalReturn).toBeCloseTo(columns.equity[length - 1] / columns.equity[0] - 1, 10);
  });

  it('parts its total return exactly among the industries', () => {
    const { industryContributions: parts, strategies } = run.metrics;
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every(({ industry, costs }) => industry !== null && costs > 0)).toBe(true);
    const sum = parts.reduce((all, { afterCosts }) => all + afterCosts, 0);
    expect(sum).toBeCloseTo(strategies['cnn-lstm'].performance.totalReturn, 10);
    expect(readFileSync(join(run.folder, 'report.html'), 'utf8')).toContain('What each industry brought');
  });

  it('puts baselines, placebos and buy-and-hold beside the model', () => {
    expect(Object.keys(run.metrics.models)).toEqual([
      'cnn-lstm',
      'logistic',
      'majority-class',
      'always-buy',
      'shuffled-labels',
    ]);
    expect(Object.keys(run.metrics.strategies)).toEqual([
      'cnn-lstm',
      'logistic',
      'shuffled-labels',
      'momentum',
      'mean-reversion',
      'low-volatility',
      'value',
      'market-timing',
      'random-portfolios',
      'universe',
      'benchmark',
    ]);
  });

  it('times the index by the network, and trades it alone, in or out, from the next open', async () => {
    const fills = await readParquet(join(run.folder, 'comparison', 'market-timing', 'fills.parquet'), FILLS_SCHEMA);
    const store = await openMarketStore(bench.path('store'));
    const index = await store.readBenchmark('synthetic', { asOf: store.lastDay });
    expect(fills.length).toBeGreaterThan(0);
    let held = 0;
    for (let i = 0; i < fills.length; i++) {
      const { symbol, date, side, shares, price, stamp_duty, commission } = fills.columns;
      expect(symbol[i]).toBe('synthetic');
      expect(price[i]).toBe(index.open[index.dates.indexOf(date[i])]);
      expect([stamp_duty[i], commission[i] > 0]).toEqual([0, true]);
      // All in, then all out.
      expect(side[i]).toBe(held === 0 ? 'buy' : 'sell');
      if (held > 0) expect(shares[i]).toBe(held);
      held = held === 0 ? shares[i] : 0;
    }
    const said = 'Market timing: the network, trained on stocks, forecasts';
    expect(readFileSync(join(run.folder, 'report.html'), 'utf8')).toContain(said);
  });

  it('measures at which cost its lead is gone, and up to what capital it lasts', () => {
    const { breakEven, capacity } = run.metrics;
    expect(breakEven.points.map(({ costBps }) => costBps)).toEqual([0, 5, 10, 15, 20, 30, 60, 120, 240, 480]);
    const returns = breakEven.points.map(({ annualisedReturn }) => annualisedReturn);
    expect(returns[0]).toBeGreaterThan(returns[9]);
    expect(capacity.points).toHaveLength(11);
    expect(capacity.points[0].investedShare).toBeGreaterThan(capacity.points[10].investedShare);
    expect(readFileSync(join(run.folder, 'report.html'), 'utf8')).toContain('chart-capacity');
  });

  it('comes out the same bits again, in a folder of its own, and says that the test period was looked at twice', () => {
    const again = runJson('--runs', bench.path('runs'));
    expect(again.artefacts).toEqual(run.artefacts);
    expect(again.id).toBe(`${run.id}.2`);
    const manifest = JSON.parse(readFileSync(join(again.folder, 'manifest.json'), 'utf8')) as { testOpened: number };
    expect(manifest.testOpened).toBe(2);
  });

  it('comes out otherwise with another seed', () => {
    const other = runJson('--runs', bench.path('seeds'), '--seed', '4');
    expect(other.artefacts['predictions.parquet']).not.toBe(run.artefacts['predictions.parquet']);
  });

  it('stopped by Ctrl-C and called again, ends with the bits of the run that was never stopped', async () => {
    const folder = bench.path('stopped');
    const stopped = await candlenetInterruptedAt('✓ Epoch 2 of', 'run', config, '--runs', folder);
    expect(stopped.status).toBe(1);
    expect(stopped.stderr).toContain('[INTERRUPTED]');
    const [id] = readdirSync(folder);
    expect(existsSync(join(folder, id, 'checkpoints'))).toBe(true);
    expect(existsSync(join(folder, id, 'report.html'))).toBe(false);

    const resumed = runJson('--runs', folder);
    expect(resumed.id).toBe(id);
    expect(resumed.artefacts).toEqual(run.artefacts);
  });

  it('plans without running: sample counts, time, memory, and no run folder', () => {
    const result = candlenet('run', config, '--dry-run', '--json', '--runs', bench.path('planned'));
    expect(result.status).toBe(0);
    const plan = JSON.parse(result.stdout) as {
      splits: { name: string; samples: number; purgedSessions: number }[];
      estimate: { seconds: number[]; peakMemoryBytes: number };
    };
    expect(plan.splits.map(({ name }) => name)).toEqual(['train', 'validate', 'test']);
    expect(plan.splits[0].purgedSessions).toBe(6);
    expect(plan.splits[2].samples).toBe(run.metrics.samples.test);
    expect(plan.estimate.seconds[0]).toBeGreaterThan(0);
    expect(plan.estimate.seconds[1]).toBeGreaterThan(plan.estimate.seconds[0]);
    expect(plan.estimate.peakMemoryBytes).toBeGreaterThan(2 ** 20);
    expect(existsSync(bench.path('planned'))).toBe(false);
  });
});

describe('candlenet runs and report', () => {
  it('lists the runs of a folder', () => {
    const result = candlenet('runs', '--runs', bench.path('runs'));
    expect(result.status).toBe(0);
    expect(result.stdout).toContain(run.id);
  });

  it('ends quietly when its reader has seen enough', () => {
    const command = `"${process.execPath}" dist/cli/main.js runs --json --runs "${bench.path('runs')}" | head -c 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', cwd: root });
    expect([stdout, stderr]).toEqual(['{', '']);
  });

  it('compares named runs and says in which keys they differ', () => {
    const other = bench.write(
      'other.yaml',
      smallConfig('').replace('k: 4', 'k: 3').replace('maxEpochs: 4', 'maxEpochs: 1'),
    );
    const second = candlenet('run', other, '--json', '--runs', bench.path('compared'));
    expect(second.status).toBe(0);
    const { folder } = JSON.parse(second.stdout) as Summary;
    const result = candlenet('runs', run.folder, folder);
    expect(result.stdout).toMatch(/portfolio\.k +4 {2}\| {2}3/);
    expect(result.stdout).toMatch(/training\.maxEpochs +4 {2}\| {2}1/);
    expect(result.stdout).not.toContain('training.seed');
  });

  it('renders a finished run’s report again, byte for byte, and in Chinese', () => {
    const before = readFileSync(join(run.folder, 'report.html'), 'utf8');
    expect(candlenet('report', run.id, '--runs', bench.path('runs')).status).toBe(0);
    expect(readFileSync(join(run.folder, 'report.html'), 'utf8')).toBe(before);
    expect(candlenet('report', run.folder, '--language', 'zh').status).toBe(0);
    const chinese = join(run.folder, 'report.zh.html');
    expect(readFileSync(chinese, 'utf8')).toContain('lang="zh');
    rmSync(chinese);
  });
});
