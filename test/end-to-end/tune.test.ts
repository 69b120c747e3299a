import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candlenet, candlenetKilledWhen, createWorkbench, smallConfig } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

interface Report {
  readonly folder: string;
  readonly id: string;
  readonly status: string;
  readonly unopened: readonly string[];
  readonly trials: readonly { readonly number: number; readonly status: string; readonly score: number | null }[];
  readonly best: { readonly number: number; readonly settings: Readonly<Record<string, unknown>> };
  readonly bestConfig: string;
}

const CONFIG = smallConfig(`features: { groups: [price-volume], window: 10 }
label: { kind: volatility, volatilityDays: 20 }
tune:
  space:
    training.learningRate: { log: [1.0e-3, 1.0e-1] }   # the rate
    model.hidden: { choice: [4, 8] }
  trials: 4
  folds: 2
  validateDays: 20
  initial: 3
  parallel: 2
  eta: 2
`)
  .replace('maxEpochs: 4, patience: 4', 'maxEpochs: 2, patience: 2')
  .replace('train: [2016-01-04, 2016-12-30]', 'train: [2016-01-04, 2017-03-31]')
  .replace('validate: [2017-01-02, 2017-05-31]', 'validate: [2017-04-03, 2017-07-31]')
  .replace('test: [2017-06-01, 2017-10-31]', 'test: [2017-08-01, 2017-10-31]');

function tune(runs: string, ...options: string[]): Report {
  const { status, stdout, stderr } = candlenet('tune', bench.path('c.yaml'), '--json', '--runs', runs, ...options);
  expect([status, stderr.match(/^candlenet:.*/m)]).toEqual([0, null]);
  return JSON.parse(stdout) as Report;
}

beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  bench.write('c.yaml', CONFIG);
}, 60_000);

describe('candlenet tune', () => {
  it('plans without running', () => {
    const plan = candlenet('tune', bench.path('c.yaml'), '--dry-run', '--runs', bench.path('planned'));
    expect(plan.status).toBe(0);
    expect(plan.stdout).toMatch(/method +bayes, 4 candidates, 2 side by side/);
    expect(plan.stdout).toMatch(/unopened +2017-08-01 … 2017-10-31/);
    expect(plan.stdout).toMatch(/fold 2 +[\d,]+ train, [\d,]+ validate, [\d,]+ judge/);
    expect(existsSync(bench.path('planned'))).toBe(false);
  }, 120_000);

  it('killed outright and called again ends with the table of a search that never stopped; more can be asked for', async () => {
    const runs = bench.path('killed');
    const judged = () =>
      existsSync(runs) && readdirSync(runs, { recursive: true }).some((name) => `${name}`.endsWith('fold-1.json'));
    await candlenetKilledWhen(judged, 'tune', bench.path('c.yaml'), '--runs', runs);
    const resumed = tune(runs);
    const whole = tune(bench.path('whole'));
    expect(resumed.trials).toEqual(whole.trials);
    expect(resumed.best).toEqual(whole.best);
    expect(whole).toMatchObject({ status: 'complete', unopened: ['2017-08-01', '2017-10-31'] });
    expect(whole.trials.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(whole.trials.some(({ status }) => status === 'stopped')).toBe(true);

    const ledger = readdirSync(bench.path('whole', 'trials'));
    expect(ledger).toHaveLength(4);
    const trial = JSON.parse(readFileSync(bench.path('whole', 'trials', ledger[0]), 'utf8'));
    expect(trial).toMatchObject({ source: whole.id, kind: 'search', score: { name: 'log-loss' } });
    expect(trial.dates.length).toBe(trial.returns.length);
    expect(trial.judged[1] < '2017-08-01').toBe(true);
    expect(existsSync(bench.path('whole', 'test-openings'))).toBe(false);

    const more = tune(bench.path('whole'), '--trials', '5');
    expect(more.folder).toBe(whole.folder);
    expect(more.trials).toHaveLength(5);
    // What is expected of a stopped candidate is told anew by every further one.
    const evaluated = ({ trials }: Report) => trials.map(({ number, status, score }) => ({ number, status, score }));
    expect(evaluated(more).slice(0, 4)).toEqual(evaluated(whole));
  }, 240_000);

  it('writes the best as a configuration that a run takes', () => {
    const { bestConfig, best } = tune(bench.path('whole'));
    const text = readFileSync(bestConfig, 'utf8');
    expect(text).not.toContain('tune:');
    const plan = candlenet('run', bestConfig, '--dry-run', '--json', '--runs', bench.path('planned'));
    expect(plan.status).toBe(0);
    expect(text).toContain(`learningRate: ${best.settings['training.learningRate']}`);
    expect(text).toContain(`hidden: ${best.settings['model.hidden']}`);
  }, 120_000);

  it('refuses a key that is none, before any data is read', () => {
    const path = bench.write('bad.yaml', CONFIG.replace('model.hidden', 'model.hiden'));
    const { status, stderr } = candlenet('tune', path, '--runs', bench.path('bad'));
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(
        /bad\.yaml:\d+: unknown key "model\.hiden"; did you mean "hidden"\?.*\[CONFIG_UNKNOWN_KEY\]/,
      ),
    ]);
    expect(existsSync(join(bench.path('bad')))).toBe(false);
  });
});
