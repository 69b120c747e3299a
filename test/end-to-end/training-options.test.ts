import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candlenet, createWorkbench, smallConfig } from './workbench.js';

/** Every training option at once, on the optimised network. */
const CONFIG = smallConfig()
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
}

const bench = createWorkbench();
afterAll(bench.remove);
let config: string;
beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  config = bench.write('options.yaml', CONFIG);
});

describe('a run with every training option on', () => {
  const run = (runs: string): Summary => {
    const result = candlenet('run', config, '--json', '--runs', bench.path(runs));
    expect(result.stderr).not.toContain('candlenet:');
    expect(result.status).toBe(0);
    return JSON.parse(result.stdout) as Summary;
  };

  it('gives the same bits twice, and its report says how it was trained', () => {
    const [first, second] = [run('runs'), run('again')];
    for (const name of ['model.onnx', 'metrics.json', 'predictions.parquet']) {
      expect(readFileSync(join(second.folder, name)).equals(readFileSync(join(first.folder, name))), name).toBe(true);
    }
    const report = readFileSync(join(first.folder, 'report.html'), 'utf8');
    expect(report).toContain(
      '<dt>Training</dt><dd>AdamW (β 0.9 and 0.999, ε 1e-8), weight decay 0.01 on kernels only, ',
    );
    expect(report).toContain('; windows up to 2 sessions earlier; ');
  });

  it('is planned without being run', () => {
    const plan = candlenet('run', config, '--dry-run', '--json');
    expect(plan.stderr).not.toContain('candlenet:');
    expect(plan.status).toBe(0);
  });
});
