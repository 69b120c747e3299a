import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateMarket, SYNTHETIC_INDEX, writeMarketStore } from '../../market/index.js';
import { silentProgress } from '../../util/index.js';
import { judgeFactors } from './judge-factors.js';
import { factorJson, renderFactors } from './render-factors.js';

const services = { progress: silentProgress };
let folder: string;
let store: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-factor-'));
  store = join(folder, 'store');
  await writeMarketStore(
    store,
    generateMarket({ kind: 'null', symbols: 25, days: 160, seed: 3, withTruth: false, withFacts: false }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = {
  groups: [],
  expressions: { reversal: 'mean(close, 5) / close - 1', opposite: '1 - mean(close, 5) / close' },
  index: SYNTHETIC_INDEX,
  horizonDays: 5,
  quantiles: 4,
};

describe('factors of a store', () => {
  it('are judged as they are; an opposite has the opposite signs', async () => {
    const report = await judgeFactors(store, options, services);
    const [one, other] = report.factors.map(({ sheet }) => sheet);
    expect(report.factors.map(({ name }) => name)).toEqual(['reversal', 'opposite']);
    expect(one.rankIc.days).toBeGreaterThan(100);
    expect(one.rankIc.mean).toBeCloseTo(-other.rankIc.mean, 6);
    expect(one.spread.mean).toBeCloseTo(-other.spread.mean, 6);
    expect(report.factors[0].pCorrected).toBeCloseTo(one.rankIc.p, 6);
    const text = renderFactors(report);
    expect(text).toContain('reversal');
    expect(text).not.toMatch(/NaN|undefined/);
    const json = JSON.parse(JSON.stringify(factorJson(report)));
    expect(json.factors[0].dailyRankIc[0]).toEqual({ date: report.from, value: null });
  });

  it('show a single one whole, and a period alone', async () => {
    const { reversal } = options.expressions;
    const all = await judgeFactors(store, { ...options, expressions: { reversal } }, services);
    const from = all.factors[0].sheet.dailyRankIc.dates[100];
    const late = await judgeFactors(store, { ...options, expressions: { reversal }, from }, services);
    expect(late.factors[0].sheet.rankIc.days).toBeLessThan(all.factors[0].sheet.rankIc.days);
    expect(late.factors[0].sheet.dailyRankIc.values[0]).toBe(all.factors[0].sheet.dailyRankIc.values[100]);
    expect(renderFactors(late)).toContain('entry waits, sessions');
    await expect(judgeFactors(store, { ...options, from: from + 4000 }, services)).rejects.toThrow(
      'expected a session between',
    );
  });
});
