import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readModelMetadata } from '../../src/onnx/index.js';
import { operatorsOf } from '../../src/onnx/operators.fixture.js';

import { smallConfig } from '../end-to-end/workbench.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = mkdtempSync(join(tmpdir(), 'candlenet-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function printed(example: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join('examples', example), ...args], {
    encoding: 'utf8',
    cwd: root,
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

const figure = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);

describe('examples', () => {
  it('own-model.mjs: a model of one’s own learns the planted signal and is written as model.onnx', () => {
    const path = join(folder, 'model.onnx');
    const text = printed('own-model.mjs', path);
    expect(figure(text, /accuracy ([\d.]+) %/)).toBeGreaterThan(figure(text, /majority class ([\d.]+) %/) + 2);
    const crossEntropy = figure(text, /cross-entropy ([\d.]+),/);
    expect(crossEntropy).toBeLessThan(figure(text, /training frequencies ([\d.]+)/));
    const model = readFileSync(path);
    expect(readModelMetadata(model)).toMatchObject({ modelName: 'attention-pool', window: 20 });
    expect(operatorsOf(model)).toContain('Softmax');
  });

  it('own-factor.mjs: factors as formulas and in code are columns; one that looks ahead is refused', () => {
    const text = printed('own-factor.mjs');
    for (const name of ['reversal', 'momentum', 'calm', 'calm_in_industry', 'up_streak']) {
      const ic = figure(text, new RegExp(`^${name}: rank IC (-?[\\d.]+) over \\d+ days`, 'm'));
      expect([name, Math.abs(ic) < 0.3]).toEqual([name, true]);
    }
    expect(text).toContain('EXPRESSION_LOOKS_AHEAD: "ref(close, -5) / close - 1", column 12: found -5');
  });

  it('attention-pool.mjs: takes no more than 20 lines, imports included', () => {
    const lines = readFileSync(join(root, 'examples', 'attention-pool.mjs'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThanOrEqual(20);
  });

  it('attention-pool.mjs: a configuration can name it once Node was told to load it', () => {
    const cli = join('dist', 'cli', 'main.js');
    const call = (...args: string[]) =>
      spawnSync(process.execPath, ['--import', './examples/attention-pool.mjs', cli, ...args], {
        encoding: 'utf8',
        cwd: root,
      });
    expect(call('synth', '--store', join(folder, 'store'), '--symbols', '16', '--days', '480').status).toBe(0);
    const config = join(folder, 'own.yaml');
    const model = '{ name: attention-pool, hidden: 8 }';
    writeFileSync(config, smallConfig().replace(/^model: .*$/m, `model: ${model}`));
    const { status, stdout } = call('run', config, '--json', '--runs', join(folder, 'runs'));
    expect(status).toBe(0);
    expect(Object.keys((JSON.parse(stdout) as { metrics: { models: object } }).metrics.models)[0]).toBe(
      'attention-pool',
    );
  });

  it('backtest-weights.mjs: writes weights that candlenet backtest trades', () => {
    const store = join(folder, 'weights-store');
    const cli = (...args: string[]) =>
      spawnSync(process.execPath, [join('dist', 'cli', 'main.js'), ...args], { encoding: 'utf8', cwd: root });
    expect(cli('synth', '--store', store, '--symbols', '16', '--days', '480').status).toBe(0);
    const weights = join(folder, 'momentum.csv');
    expect(figure(printed('backtest-weights.mjs', store, weights), /^(\d+) weights/)).toBe(21 * 8);
    const { status, stdout } = cli('backtest', weights, '--store', store, '--json', '--quick');
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { orders: number }).orders).toBeGreaterThan(21);
  });

  it('tensor.mjs: the engine by itself fits a curve', () => {
    const text = printed('tensor.mjs');
    const errors = [...text.matchAll(/mean squared error ([\d.]+)/g)].map((match) => Number(match[1]));
    expect(errors).toHaveLength(5);
    expect(errors[4]).toBeLessThan(0.01);
    expect(errors[0]).toBeGreaterThan(10 * errors[4]);
    expect(text).toContain('return loss=');
  });
});
