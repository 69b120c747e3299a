import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParquet } from '../../src/tables/index.js';
import { candlenet, createWorkbench, smallConfig } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

const CONTROLS = `risk:
  stopLoss: { multiple: 1, horizonDays: 5 }
  marketState: {}
  correlation: { threshold: 0.2, days: 20, exposure: 0.8 }
  drawdown: { threshold: 0.03, maxSessions: 10 }
  volatilityTarget: { target: 0.15, days: 20 }
`;

interface Money {
  readonly performance: { readonly totalReturn: number; readonly maxDrawdown: number };
}

interface Summary {
  readonly folder: string;
  readonly artefacts: Record<string, string>;
  readonly metrics: {
    readonly strategies: Record<string, Money>;
    readonly risk: Record<string, { readonly measures: Money; readonly acted: number | null }> | null;
  };
}

function run(name: string, more: string): Summary {
  const config = bench.write(`${name}.yaml`, smallConfig(more));
  const result = candlenet('run', config, '--json', '--runs', bench.path('runs'));
  expect(result.stderr).not.toContain('candlenet:');
  expect(result.status).toBe(0);
  return JSON.parse(result.stdout) as Summary;
}

let controlled: Summary;
let free: Summary;

beforeAll(() => {
  expect(
    candlenet('synth', '--store', bench.path('store'), '--symbols', '16', '--days', '480', '--seed', '5').status,
  ).toBe(0);
  controlled = run('controlled', CONTROLS);
  free = run('free', '');
});

describe('candlenet run with risk controls', () => {
  it('compares the strategy with each control off in turn, and with none', () => {
    const { risk, strategies } = controlled.metrics;
    expect(Object.keys(risk!)).toEqual([
      'all',
      'stop-loss',
      'market-state',
      'correlation',
      'drawdown',
      'volatility-target',
      'none',
    ]);
    expect(risk!.all.measures.performance.totalReturn).toBe(strategies['cnn-lstm'].performance.totalReturn);
    // The same network on the same market: without any control it is the other run's strategy.
    expect(risk!.none.measures.performance).toEqual(free.metrics.strategies['cnn-lstm'].performance);
    expect(risk!.none.measures.performance.totalReturn).not.toBe(risk!.all.measures.performance.totalReturn);
    const acts = Object.entries(risk!).flatMap(([id, { acted }]) => (id === 'all' || id === 'none' ? [] : [acted!]));
    expect(acts.reduce((sum, count) => sum + count, 0)).toBe(risk!.all.acted);
    expect(risk!.all.acted).toBeGreaterThan(0);
    expect(free.metrics.risk).toBeNull();
  });

  it('lists what the controls did, and what they allowed after each close', async () => {
    const events = await readParquet(join(controlled.folder, 'risk-events.parquet'), {
      date: 'day',
      kind: 'string',
      exposure: 'float64',
    } as const);
    const acts = events.columns.kind.filter((kind) => kind === 'stop' || kind === 'cut' || kind === 'alert');
    expect(acts).toHaveLength(controlled.metrics.risk!.all.acted!);
    const exposure = await readParquet(join(controlled.folder, 'exposure.parquet'), {
      date: 'day',
      allowed: 'float64',
      invested: 'float64',
    } as const);
    const equity = await readParquet(join(controlled.folder, 'equity.parquet'), {
      date: 'day',
      equity: 'float64',
      positions_value: 'float64',
    } as const);
    // After each close but the last, whose signal could not trade.
    expect([...exposure.columns.date]).toEqual([...equity.columns.date.slice(0, -1)]);
    for (let day = 0; day < exposure.length; day++) {
      const share = equity.columns.positions_value[day] / equity.columns.equity[day];
      expect(exposure.columns.invested[day]).toBeCloseTo(share, 12);
    }
    expect(Math.min(...exposure.columns.allowed)).toBeLessThan(1);
    expect(Object.keys(controlled.artefacts)).toEqual(
      expect.arrayContaining(['risk-events.parquet', 'exposure.parquet']),
    );
  });

  it('gives the reason of a stop or a cut in the orders', async () => {
    const orders = await readParquet(join(controlled.folder, 'orders.parquet'), { why: 'string' } as const);
    expect(new Set(orders.columns.why)).toEqual(new Set(['target', 'stop-loss', 'exposure']));
  });

  it('says so in the report, where there is something to say', () => {
    const heading = 'What risk control saved and cost';
    expect(readFileSync(join(controlled.folder, 'report.html'), 'utf8')).toContain(heading);
    expect(readFileSync(join(free.folder, 'report.html'), 'utf8')).not.toContain(heading);
    expect(existsSync(join(free.folder, 'risk-events.parquet'))).toBe(false);
  });

  it('refuses a limit that the market cannot serve before it trains', () => {
    candlenet('synth', '--store', bench.path('bare'), '--symbols', '8', '--days', '480', '--no-facts');
    const config = bench.write(
      'capitalisation.yaml',
      smallConfig('').replace('{ k: 4 }', '{ policy: capitalisation-weighted }').replace('store: store', 'store: bare'),
    );
    const result = candlenet('run', config, '--runs', bench.path('runs'));
    expect(result.status).toBe(2);
    expect(result.stderr).toContain(
      'portfolio.capitalisation: found "store", but the market store has no "total_shares"',
    );
  });
});
