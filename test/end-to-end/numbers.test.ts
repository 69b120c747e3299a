import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModelMetadata } from '../../src/onnx/index.js';
import { readParquet } from '../../src/tables/index.js';
import { candlenet, createWorkbench, smallConfig } from './workbench.js';

interface Summary {
  readonly folder: string;
  readonly metrics: {
    readonly models: Record<
      string,
      { readonly classification: null; readonly signal: { readonly ic: { mean: number; t: number } } }
    >;
    readonly strategies: Record<string, { readonly performance: { readonly totalReturn: number } }>;
    readonly regimes: readonly { readonly samples: number; readonly accuracy: null }[];
  };
}

const bench = createWorkbench();
afterAll(bench.remove);
let run: Summary;
beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  const config = bench.write('return.yaml', smallConfig('label: { kind: return, horizonDays: 3 }'));
  const result = candlenet('run', config, '--json', '--runs', bench.path('runs'));
  expect(result.stderr).not.toContain('candlenet:');
  expect(result.status).toBe(0);
  run = JSON.parse(result.stdout) as Summary;
}, 120_000);

describe('a run that forecasts the return itself', () => {
  it('forecasts a score on every test day, no probability and no class', async () => {
    const schema = {
      p_buy: 'float32',
      p_hold: 'float32',
      p_sell: 'float32',
      label: 'int32',
      score: 'float32',
    } as const;
    const { columns, length } = await readParquet(join(run.folder, 'predictions.parquet'), schema);
    expect(length).toBeGreaterThan(800);
    for (const name of ['p_buy', 'p_hold', 'p_sell'] as const) expect(columns[name].every(Number.isNaN)).toBe(true);
    expect(columns.label.every((label) => label === -1)).toBe(true);
    // Returns of three sessions, in their own units.
    expect(columns.score.every((score) => Number.isFinite(score) && Math.abs(score) < 0.3)).toBe(true);
    expect(new Set(columns.score).size).toBeGreaterThan(length / 2);
  });

  it('is judged by IC and money, beside a ridge regression that finds the planted signal', () => {
    const { models, strategies, regimes } = run.metrics;
    expect(Object.keys(models)).toEqual(['cnn-lstm', 'ridge', 'shuffled-labels']);
    expect(Object.values(models).map(({ classification }) => classification)).toEqual([null, null, null]);
    expect(models.ridge.signal.ic.t).toBeGreaterThan(2);
    expect(models.ridge.signal.ic.mean).toBeGreaterThan(models['shuffled-labels'].signal.ic.mean);
    for (const id of ['cnn-lstm', 'ridge', 'market-timing']) {
      expect(Number.isFinite(strategies[id].performance.totalReturn), id).toBe(true);
    }
    expect(regimes.map(({ accuracy }) => accuracy)).toEqual([null, null, null]);
    expect(regimes.reduce((sum, { samples }) => sum + samples, 0)).toBeGreaterThan(800);
  });

  it('deploys one output with the units of its label, and says why there is no confusion matrix', () => {
    const path = join(run.folder, 'model.onnx');
    const { classes, target } = readModelMetadata(readFileSync(path), path);
    expect([classes, target?.kind]).toEqual([[], 'return']);
    expect(target?.std).toBeGreaterThan(0.005);
    expect(target?.std).toBeLessThan(0.2);
    const [first] = readFileSync(join(run.folder, 'training.jsonl'), 'utf8').split('\n');
    const { validationAccuracy, validationCorrelation } = JSON.parse(first) as Record<string, number | null>;
    expect([validationAccuracy, typeof validationCorrelation]).toEqual([null, 'number']);
    const report = readFileSync(join(run.folder, 'report.html'), 'utf8');
    for (const words of [
      /return from the open of t\+1 to the open of t\+4, as a number/,
      /The label is a number: there are no classes, hence no accuracy, no confusion matrix/,
      /Huber’s loss \(δ 1\) of the standardised label/,
      /top 4 by the return forecast, equal weights/,
      /In while the return it forecasts is above 0/,
    ]) {
      expect([words, words.test(report)]).toEqual([words, true]);
    }
    expect(report).not.toMatch(/Macro F1|Percentages are of the true class/);
  });

  it('is turned into an order sheet, and audited', () => {
    const sheet = candlenet('signals', run.folder, '--json');
    expect(sheet.status).toBe(0);
    const { lines } = JSON.parse(sheet.stdout) as { lines: { score: number; rank: number; pBuy: null; pSell: null }[] };
    expect(lines.length).toBeGreaterThan(0);
    for (const { score, pBuy, pSell } of lines)
      expect([Number.isFinite(score), pBuy, pSell]).toEqual([true, null, null]);
    const byScore = [...lines].sort((a, b) => b.score - a.score).map(({ rank }) => rank);
    expect(byScore).toEqual([...byScore].sort((a, b) => a - b));
    const certificate = bench.path('certificate.json');
    const audit = candlenet('audit', bench.path('return.yaml'), '--cuts', '1', '-o', certificate, '--json');
    expect([audit.status, audit.stderr]).toEqual([0, expect.not.stringContaining('candlenet:')]);
  });
});

it('an ensemble that learns on forecasts the weighted mean of its members, and is judged by their loss', async () => {
  const text = smallConfig(`label: { kind: rank, horizonDays: 3 }
baselines: { ridgeRegression: false }
ensemble: { members: 2, halfLifeDays: 10 }
online: { every: 40 }
backtest: { limits: false }
`)
    .replace('maxEpochs: 4, patience: 4', 'maxEpochs: 1, patience: 1')
    .replace('placebos: { randomPortfolios: 3 }', 'placebos: { randomPortfolios: 0, shuffledLabels: false }');
  const path = bench.write('together.yaml', text);
  const result = candlenet('run', path, '--json', '--runs', bench.path('together'));
  expect([result.status, result.stderr.match(/^candlenet:.*/m)]).toEqual([0, null]);
  const { folder, metrics } = JSON.parse(result.stdout) as {
    folder: string;
    metrics: {
      ensemble: { error: { samples: number; ensembleError: number; meanMemberError: number; ambiguity: number } };
      online: { updates: { arrived: number; validationAfter: number; forecastNever: number; forecastAfter: number }[] };
    };
  };
  const scores = (file: string) =>
    readParquet(join(folder, file), { symbol: 'string', date: 'day', p_buy: 'float32', score: 'float32' });
  const [whole, one, two] = [
    await scores('predictions.parquet'),
    await scores('ensemble/1/predictions.parquet'),
    await scores('ensemble/2/predictions.parquet'),
  ];
  const weights = await readParquet(join(folder, 'ensemble', 'weights.parquet'), {
    date: 'day',
    member: 'int32',
    weight: 'float64',
  });
  const first = new Map<number, number>();
  weights.columns.member.forEach((member, i) => {
    if (member === 1) first.set(weights.columns.date[i], weights.columns.weight[i]);
  });
  expect(new Set(first.values()).size).toBeGreaterThan(10);
  for (let i = 0; i < whole.length; i++) {
    const w = first.get(whole.columns.date[i]) ?? Number.NaN;
    const expected = w * one.columns.score[i] + (1 - w) * two.columns.score[i];
    expect(Math.abs(whole.columns.score[i] - expected)).toBeLessThan(1e-6);
  }
  const { error } = metrics.ensemble;
  expect(error.ensembleError).toBeCloseTo(error.meanMemberError - error.ambiguity, 10);
  // A share of the label's variance: 1 is what the mean alone leaves.
  expect(error.meanMemberError).toBeGreaterThan(0.5);
  expect(error.meanMemberError).toBeLessThan(2);
  const [update] = metrics.online.updates;
  expect([metrics.online.updates.length, update.arrived > 100]).toEqual([2, true]);
  expect(update.forecastAfter).not.toBe(update.forecastNever);
  // Mean squared errors of a standardised label.
  expect(Math.abs(update.forecastAfter - 1)).toBeLessThan(0.6);
  const page = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(page).toContain('as a share of the label’s own variance');
  expect(page).toContain('Loss before and after each update, of the standardised label');
  const sheet = candlenet('signals', folder, '--json', '--date', '2017-10-31');
  expect([sheet.status, sheet.stderr.match(/^candlenet:.*/m)]).toEqual([0, null]);
  const { lines } = JSON.parse(sheet.stdout) as { lines: { symbol: string; score: number }[] };
  let compared = 0;
  for (let i = 0; i < whole.length; i++) {
    if (whole.columns.date[i] * 86_400_000 !== Date.parse('2017-10-31')) continue;
    const line = lines.find(({ symbol }) => symbol === whole.columns.symbol[i]);
    if (!line) continue;
    expect(Math.abs(line.score - whole.columns.score[i])).toBeLessThan(1e-6);
    compared++;
  }
  expect(compared).toBeGreaterThan(2);
  const audit = candlenet('audit', path, '--cuts', '1', '--runs', bench.path('together'), '--json');
  expect([audit.status, audit.stderr.match(/^candlenet:.*/m)]).toEqual([0, null]);
}, 240_000);

it('ranks are planned with the spread of their label', () => {
  const config = bench.write('rank.yaml', smallConfig('label: { kind: rank, horizonDays: 3 }'));
  const plan = candlenet('run', config, '--dry-run');
  expect([plan.status, plan.stderr]).toEqual([0, expect.not.stringContaining('candlenet:')]);
  // The variance of n ranks spread from −0.5 to 0.5 is (n + 1) / (12 · (n − 1)): a deviation of 0.314 for twelve stocks.
  expect(plan.stdout).toMatch(/label -?0\.0\d{3} ± 0\.3[12]\d{2}/);
});
