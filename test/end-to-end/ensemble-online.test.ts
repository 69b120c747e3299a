import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParquet, type Table, type TableSchema } from '../../src/tables/index.js';
import { candlenet, candlenetInterruptedAt, createWorkbench, smallConfig } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

const FORECASTS = { symbol: 'string', date: 'day', p_buy: 'float32', p_hold: 'float32', p_sell: 'float32' } as const;
const WEIGHTS = { date: 'day', member: 'int32', weight: 'float64' } as const;

const config = smallConfig(`label: { kind: volatility, horizonDays: 2 }
baselines: { logisticRegression: false }
ensemble: { members: 2, halfLifeDays: 10 }
online: { every: 40 }
backtest: { limits: false }
`)
  .replace('maxEpochs: 4, patience: 4', 'maxEpochs: 1, patience: 1')
  .replace('placebos: { randomPortfolios: 3 }', 'placebos: { randomPortfolios: 0, shuffledLabels: false }');

interface Reached {
  readonly rankIc: number;
  readonly sharpe: number;
}
interface Metrics {
  readonly models: Readonly<
    Record<string, { readonly parameters: number; readonly signal: { readonly rankIc: { readonly mean: number } } }>
  >;
  readonly ensemble: {
    readonly members: readonly (Reached & { readonly seed: number; readonly variation: string })[];
    readonly error: { readonly ensembleError: number; readonly meanMemberError: number; readonly ambiguity: number };
    readonly forecasts: { readonly variance: number };
  };
  readonly online: {
    readonly updates: readonly {
      readonly date: string;
      readonly arrived: number;
      readonly replayed: number;
      readonly forecastNever: number;
      readonly forecastAfter: number;
    }[];
    readonly updated: Reached;
    readonly still: Reached;
  };
}

let folder: string;
let metrics: Metrics;
beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  const run = candlenet('run', bench.write('both.yaml', config), '--json', '--runs', bench.path('runs'));
  expect([run.status, run.stderr.match(/^candlenet:.*/m)]).toEqual([0, null]);
  ({ folder, metrics } = JSON.parse(run.stdout) as { folder: string; metrics: Metrics });
}, 120_000);

const read = <S extends TableSchema>(path: string, schema: S): Promise<Table<S>> =>
  readParquet(join(folder, path), schema);

describe('an ensemble that learns on', () => {
  it('forecasts the average of its members, with the weights of each session', async () => {
    const whole = await read('predictions.parquet', FORECASTS);
    const members = [
      await read('ensemble/1/predictions.parquet', FORECASTS),
      await read('ensemble/2/predictions.parquet', FORECASTS),
    ];
    const { columns: table, length } = await read('ensemble/weights.parquet', WEIGHTS);
    const weights = new Map<number, number[]>();
    for (let i = 0; i < length; i++) {
      const row = weights.get(table.date[i]) ?? [];
      row[table.member[i] - 1] = table.weight[i];
      weights.set(table.date[i], row);
    }
    for (const name of ['p_buy', 'p_hold', 'p_sell'] as const) {
      for (let i = 0; i < whole.length; i++) {
        const own = weights.get(whole.columns.date[i]) ?? [];
        const expected = members.reduce((sum, { columns }, m) => sum + own[m] * columns[name][i], 0);
        expect(Math.abs(whole.columns[name][i] - expected)).toBeLessThan(1e-6);
      }
    }
    // They roll: what became known has moved them.
    expect(new Set([...weights.values()].map(([first]) => first)).size).toBeGreaterThan(10);
    const { error, forecasts } = metrics.ensemble;
    expect(error.ensembleError).toBeCloseTo(error.meanMemberError - error.ambiguity, 10);
    expect(error.ambiguity).toBeGreaterThan(0);
    expect(forecasts.variance).toBeGreaterThan(0);
    expect(metrics.ensemble.members.map(({ variation }) => variation)).toEqual([
      '',
      'normal noise of 0.05 deviations on the inputs',
    ]);
  });

  it('was updated twice, and until then forecast what it would have without', async () => {
    const { updates, updated, still } = metrics.online;
    expect(updates).toHaveLength(2);
    const [first] = updates;
    // As many replayed as arrived.
    expect([first.arrived > 100, first.replayed]).toEqual([true, first.arrived]);
    expect(first.forecastAfter).not.toBe(first.forecastNever);
    expect(updated.rankIc).toBe(metrics.models['cnn-lstm'].signal.rankIc.mean);
    expect(still.rankIc).toBe(metrics.models['without-updates'].signal.rankIc.mean);
    expect(metrics.models['cnn-lstm'].parameters).toBe(2 * metrics.models['first-member'].parameters);
    const { columns, length } = await read('predictions.parquet', FORECASTS);
    const { columns: without } = await read('comparison/without-updates/predictions.parquet', FORECASTS);
    const from = (Date.parse(first.date) / 86_400_000) | 0;
    let differ = 0;
    for (let i = 0; i < length; i++) {
      const same = columns.p_buy[i] === without.p_buy[i];
      if (columns.date[i] < from) expect(same).toBe(true);
      else if (!same) differ++;
    }
    expect(differ).toBeGreaterThan(100);
  });

  it('says so in its report', () => {
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    for (const text of ['Krogh &amp; Vedelsby 1995', '2 updates, every 40 sessions', 'First member alone']) {
      expect(page).toContain(text);
    }
  });

  it('deploys one network that signals use, the average as it stands at the end', async () => {
    const sheet = candlenet('signals', folder, '--json', '--date', '2017-10-31');
    expect([sheet.status, sheet.stderr.match(/^candlenet:.*/m)]).toEqual([0, null]);
    const { lines } = JSON.parse(sheet.stdout) as { lines: { symbol: string; pBuy: number | null }[] };
    const { columns, length } = await read('predictions.parquet', FORECASTS);
    let compared = 0;
    for (let i = 0; i < length; i++) {
      if (columns.date[i] * 86_400_000 !== Date.parse('2017-10-31')) continue;
      const line = lines.find(({ symbol }) => symbol === columns.symbol[i]);
      if (!line) continue;
      expect(Math.abs((line.pBuy ?? Number.NaN) - columns.p_buy[i])).toBeLessThan(1e-6);
      compared++;
    }
    expect(compared).toBeGreaterThan(2);
  });

  it('comes out the same bits when it was stopped in an update of its second member', async () => {
    const path = bench.path('both.yaml');
    const args = ['run', path, '--runs', bench.path('stopped')] as const;
    const stopped = await candlenetInterruptedAt('Member 2 of 2 · Update', ...args);
    expect(stopped.status).not.toBe(0);
    const resumed = candlenet(...args, '--json');
    expect(resumed.status).toBe(0);
    const again = (JSON.parse(resumed.stdout) as { folder: string }).folder;
    const artefacts = (of: string) =>
      (JSON.parse(readFileSync(join(of, 'manifest.json'), 'utf8')) as { artefacts: object }).artefacts;
    expect(artefacts(again)).toEqual(artefacts(folder));
    expect(existsSync(join(again, 'checkpoints'))).toBe(false);
    expect(readdirSync(join(again, 'ensemble', '2', 'updates'))).toHaveLength(2);
  }, 120_000);

  it('is clean to the leak audit, which reads its networks from the run', () => {
    const audit = candlenet('audit', bench.path('both.yaml'), '--cuts', '1', '--runs', bench.path('runs'), '--json');
    expect([audit.status, audit.stderr.match(/^candlenet:.*/m)]).toEqual([0, null]);
    expect(audit.stdout).toContain('ensemble weights');
  }, 120_000);
});
