import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParquet, type TableSchema } from '../../src/tables/index.js';
import { candlenet, createWorkbench, smallConfig } from './workbench.js';

/** Every training option at once, on the optimised network, and everything that is said of what it goes by. */
const CONFIG = smallConfig(`baselines: { logisticRegression: false }
explain:
  permutation: { by: both, repeats: 1, maxSamples: 200 }
  integratedGradients: { samples: 8, steps: 4 }
  attention: true
sensitivity:
  costsBps: [0, 30]
  rebalance: [weekly, 20]
  trainYears: [0.25, 1]
  horizons: [3]
  refit: { maxEpochs: 1, samplesPerEpoch: 320 }
backtest: { limits: false }
`)
  .replace('placebos: { randomPortfolios: 3 }', 'placebos: { randomPortfolios: 0, shuffledLabels: false }')
  .replace(/^model:.*$/m, 'model: { name: cnn-lstm-optimised, filters: [9, 16], hidden: 8, dense: 8 }')
  .replace(
    /^training:.*$/m,
    `training:
  seed: 3
  workers: 2
  batchSize: 32
  maxEpochs: 2
  schedule: { kind: cosine, finalRate: 0.0001 }
  warmUp: { length: 20 }
  optimiser: { kind: adamw, decayed: kernels }
  labelSmoothing: 0.1
  classWeights: balanced
  mixup: { alpha: 0.2 }
  noise: { sigma: 0.05 }
  timeShift: { maxSessions: 2 }
  adversarial: { epsilon: 0.02 }`,
  );

interface Summary {
  readonly folder: string;
  readonly artefacts: Readonly<Record<string, string>>;
  readonly metrics: {
    readonly sensitivity: {
      readonly traded: readonly { readonly costBps: number; readonly annualisedReturn: number }[];
      readonly refits: readonly {
        readonly trainYears: number;
        readonly trainSamples: number;
        readonly rankIc: number;
      }[];
    };
  };
}

const bench = createWorkbench();
afterAll(bench.remove);
let config: string;
let first: Summary;
const run = (runs: string): Summary => {
  const result = candlenet('run', config, '--json', '--runs', bench.path(runs));
  expect(result.stderr).not.toContain('candlenet:');
  expect(result.status).toBe(0);
  return JSON.parse(result.stdout) as Summary;
};
beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  config = bench.write('options.yaml', CONFIG);
  first = run('runs');
}, 240_000);

describe('a run with every training option on', () => {
  it('gives the same bits twice, and its report says how it was trained', () => {
    const second = run('again');
    expect(second.artefacts).toEqual(first.artefacts);
    for (const name of ['model.onnx', 'metrics.json', 'predictions.parquet']) {
      expect(readFileSync(join(second.folder, name)).equals(readFileSync(join(first.folder, name))), name).toBe(true);
    }
    const report = readFileSync(join(first.folder, 'report.html'), 'utf8');
    expect(report).toContain(
      '<dt>Training</dt><dd>AdamW (β 0.9 and 0.999, ε 1e-8), weight decay 0.01 on kernels only, ',
    );
    expect(report).toContain('; windows up to 2 sessions earlier; ');
  }, 240_000);

  it('says what its network goes by: importance, gradients, attention, each as a table and in the report', async () => {
    const table = <S extends TableSchema>(name: string, schema: S) =>
      readParquet(join(first.folder, 'explain', `${name}.parquet`), schema);
    const importance = await table('permutation-importance', {
      kind: 'string',
      name: 'string',
      rank_ic_drop: 'float64',
    });
    const kinds = importance.columns.kind;
    expect(kinds.filter((kind) => kind === 'group')).toHaveLength(2);
    const features = importance.columns.name.filter((_, i) => kinds[i] === 'feature');
    const gradients = await table('integrated-gradients', {
      feature: 'string',
      lag: 'int32',
      mean_absolute: 'float64',
    });
    expect(gradients.length).toBe(features.length * 20);
    expect(gradients.columns.mean_absolute.every((value) => value >= 0)).toBe(true);
    expect(Math.max(...gradients.columns.mean_absolute)).toBeGreaterThan(0);
    const attention = await table('attention', { head: 'int32', query_step: 'int32', weight: 'float64' });
    // Over the steps it looks at, a head's weights are a distribution.
    const sums = new Map<string, number>();
    attention.columns.weight.forEach((weight, i) => {
      const key = `${attention.columns.head[i]} ${attention.columns.query_step[i]}`;
      sums.set(key, (sums.get(key) ?? 0) + weight);
    });
    expect(new Set(attention.columns.head).size).toBe(8);
    for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 5);
    const report = readFileSync(join(first.folder, 'report.html'), 'utf8');
    for (const id of ['importance-groups', 'importance-features', 'gradients', 'gradients-features', 'attention-1']) {
      expect([id, report.includes(`id="chart-${id}"`)]).toEqual([id, true]);
    }
  });

  it('says what other choices would have given, and counts them as trials', async () => {
    const { traded, refits } = first.metrics.sensitivity;
    expect(traded).toHaveLength(4);
    // Weekly, without cost and with 30 basis points of every amount traded.
    expect(traded[0].annualisedReturn).toBeGreaterThan(traded[1].annualisedReturn);
    expect(refits.map(({ trainYears }) => trainYears)).toEqual([0.25, 1]);
    expect(refits[0].trainSamples).toBeLessThan(0.7 * refits[1].trainSamples);
    const table = await readParquet(join(first.folder, 'explain', 'costs-and-rebalancing.parquet'), {
      rebalance: 'string',
    });
    expect(table.columns.rebalance).toEqual(['weekly', 'weekly', '20', '20']);
    const report = readFileSync(join(first.folder, 'report.html'), 'utf8');
    for (const id of ['sensitivity-return', 'sensitivity-sharpe', 'sensitivity-refits']) {
      expect([id, report.includes(`id="chart-${id}"`)]).toEqual([id, true]);
    }
    const ledger = bench.path('runs', 'trials');
    const files = readdirSync(ledger, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const trials = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')).join('');
    for (const tried of ['rebalanced 20', 'trained on 0.25 years, horizon 3', 'trained on 1 years, horizon 3']) {
      expect([tried, trials.includes(tried)]).toEqual([tried, true]);
    }
  });

  it('is planned without being run, every part of it', () => {
    const plan = candlenet('run', config, '--dry-run', '--json');
    expect(plan.stderr).not.toContain('candlenet:');
    expect(plan.status).toBe(0);
    const { estimate } = JSON.parse(plan.stdout) as {
      estimate: { seconds: number[]; parts: { kind: string; name: string; seconds: number[] }[] };
    };
    expect(estimate.parts.map(({ kind, name }) => [kind, name])).toEqual([
      ['preparation', 'reading, features and samples'],
      ['training', 'the network'],
      ['explanation', 'permutation importance'],
      ['explanation', 'integrated gradients'],
      ['explanation', 'attention'],
      ['back-test', 'back-tests'],
      ['back-test', 'costs and rebalancing'],
      ['training', 'trainings of the sensitivity'],
    ]);
    for (const k of [0, 1]) {
      const sum = estimate.parts.reduce((all, { seconds }) => all + seconds[k], 0);
      expect(estimate.seconds[k]).toBeCloseTo(sum, 6);
    }
  });
});
