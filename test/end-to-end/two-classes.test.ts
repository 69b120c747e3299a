import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModelMetadata } from '../../src/onnx/index.js';
import { readParquet } from '../../src/tables/index.js';
import { candlenet, createWorkbench, smallConfig } from './workbench.js';

const LABEL = 'label: { kind: threshold, horizonDays: 1, classes: 2, theta: 0.0055, thetaSell: 0.005 }';

interface Summary {
  readonly folder: string;
  readonly metrics: {
    readonly models: Record<
      string,
      {
        readonly classification: {
          readonly classes: readonly string[];
          readonly samples: number;
          readonly accuracy: number;
          readonly majorityRate: number;
          readonly confusion: readonly (readonly number[])[];
        };
      }
    >;
  };
}

const bench = createWorkbench();
afterAll(bench.remove);
let run: Summary;
beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  const config = bench.write('rise-or-fall.yaml', smallConfig(LABEL));
  const result = candlenet('run', config, '--json', '--runs', bench.path('runs'));
  expect(result.stderr).not.toContain('candlenet:');
  expect(result.status).toBe(0);
  run = JSON.parse(result.stdout) as Summary;
}, 120_000);

describe('a run that tells rises from falls', () => {
  it('forecasts P(buy) and P(sell), no P(hold), on every test day, and labels the days outside the band alone', async () => {
    const schema = { p_buy: 'float32', p_hold: 'float32', p_sell: 'float32', label: 'int32' } as const;
    const { columns, length } = await readParquet(join(run.folder, 'predictions.parquet'), schema);
    const labels = new Map<number, number>();
    for (let i = 0; i < length; i++) {
      expect(columns.p_buy[i] + columns.p_sell[i]).toBeCloseTo(1, 5);
      expect(columns.p_hold[i]).toBeNaN();
      labels.set(columns.label[i], (labels.get(columns.label[i]) ?? 0) + 1);
    }
    expect([...labels.keys()].sort()).toEqual([-1, 0, 2]);
    const judged = (labels.get(0) ?? 0) + (labels.get(2) ?? 0);
    for (const model of ['cnn-lstm', 'logistic', 'majority-class', 'shuffled-labels']) {
      const { classes, samples, confusion } = run.metrics.models[model].classification;
      expect([model, classes, samples]).toEqual([model, ['buy', 'sell'], judged]);
      expect(confusion.map((row) => row.length)).toEqual([2, 2]);
    }
  });

  it('deploys a model of two outputs and reports two classes', () => {
    const path = join(run.folder, 'model.onnx');
    expect(readModelMetadata(readFileSync(path), path).classes).toEqual(['buy', 'sell']);
    const report = readFileSync(join(run.folder, 'report.html'), 'utf8');
    for (const words of [
      /buy above \+0\.55 %, sell below −0\.5 %, no sample between/,
      /Of the test samples with a label [\d.]+\s% became a buy, [\d.]+\s% became a sell\./,
    ]) {
      expect([words, words.test(report)]).toEqual([words, true]);
    }
  });

  it('is planned, audited and turned into an order sheet', () => {
    const config = bench.path('rise-or-fall.yaml');
    const plan = candlenet('run', config, '--dry-run');
    expect([plan.status, plan.stderr]).toEqual([0, expect.not.stringContaining('candlenet:')]);
    expect(plan.stdout).toMatch(/buy [\d.]+ %, sell [\d.]+ %\n/);
    const audit = candlenet('audit', config, '--cuts', '1', '-o', bench.path('certificate.json'), '--json');
    expect([audit.status, audit.stderr]).toEqual([0, expect.not.stringContaining('candlenet:')]);
    const sheet = candlenet('signals', run.folder, '--json');
    expect(sheet.status).toBe(0);
    const { lines } = JSON.parse(sheet.stdout) as { lines: { pBuy: number; pHold: null; pSell: number }[] };
    for (const { pBuy, pHold, pSell } of lines) expect([pHold, pBuy + pSell]).toEqual([null, expect.closeTo(1, 5)]);
    expect(lines.length).toBeGreaterThan(0);
  });

  it('needs as many class weights as classes', () => {
    const text = smallConfig(LABEL).replace('training: {', 'training: { classWeights: [1, 2, 1],');
    const refused = candlenet('run', bench.write('weights.yaml', text), '--dry-run');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('training.classWeights: found 3 numbers, expected 2, one a class of the label');
  });
});
