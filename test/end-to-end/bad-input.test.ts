import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, candlenet, createWorkbench, smallConfig, snapshot } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

/** Exit status 2 and one line that ends in the code. */
function refused({ status, stdout, stderr }: CliResult, code: string): string {
  const lines = stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('  ✓'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(new RegExp(`^candlenet: .* \\[${code}\\]$`));
  expect(stdout).toBe('');
  expect(status).toBe(2);
  return lines[0];
}

const runConfig = (text: string) => candlenet('run', bench.write('c.yaml', text), '--runs', bench.path('runs'));

beforeAll(() => {
  expect(candlenet('synth', '--store', bench.path('store'), '--symbols', '8', '--days', '480').status).toBe(0);
});

describe('bad configuration', () => {
  afterAll(() => expect(existsSync(bench.path('runs'))).toBe(false));

  it('unknown key', () => {
    const line = refused(runConfig(smallConfig('lable: { kind: volatility }')), 'CONFIG_UNKNOWN_KEY');
    expect(line).toMatch(/c\.yaml:11: unknown key "lable"; did you mean "label"/);
  });

  it('missing store', () => {
    const line = refused(runConfig(smallConfig().replace('store: store', 'store: nowhere')), 'FILE_NOT_FOUND');
    expect(line).toContain(bench.path('nowhere'));
  });

  it('a folder that is no store', () => {
    mkdirSync(bench.path('plain'), { recursive: true });
    refused(runConfig(smallConfig().replace('store: store', 'store: plain')), 'STORE_INVALID');
  });

  it('dates outside the store', () => {
    const line = refused(runConfig(smallConfig().replace('2017-10-31', '2027-10-29')), 'DATE_OUT_OF_STORE');
    expect(line).toContain('split.test');
    expect(line).toContain('2027-10-29');
    expect(line).toContain('2016-01-04');
  });

  it('periods that overlap', () => {
    expect(refused(runConfig(smallConfig().replace('2016-12-30', '2017-02-28')), 'CONFIG_INVALID')).toContain(
      'split.validate',
    );
  });

  it('an index the store does not know', () => {
    expect(refused(runConfig(smallConfig().replace('index: synthetic', 'index: csi300')), 'INDEX_UNKNOWN')).toContain(
      'synthetic',
    );
  });

  it('a rulebook that does not exist', () => {
    const line = refused(runConfig(smallConfig('backtest: { rulebook: cn-a-shares }')), 'CONFIG_INVALID');
    expect(line).toMatch(/c\.yaml:11: backtest\.rulebook: found "cn-a-shares"; .*cn-a-share/);
  });

  it('a section that is no section', () => {
    const path = bench.write('d.yaml', smallConfig().replace(/training: .*/, 'training: 5'));
    expect(refused(candlenet('run', path, '--seed', '3'), 'CONFIG_INVALID')).toContain('training: found 5');
  });

  it('an alias without an anchor', () => {
    refused(runConfig(smallConfig('report: *missing')), 'CONFIG_SYNTAX');
  });

  it('a batch that the workers cannot share', () => {
    expect(refused(runConfig(smallConfig().replace('batchSize: 32', 'batchSize: 33')), 'CONFIG_INVALID')).toContain(
      'batchSize',
    );
  });

  it('a training period too short to hold one sample', () => {
    const text = smallConfig().replace('[2016-01-04, 2016-12-30]', '[2016-01-04, 2016-02-26]');
    expect(refused(runConfig(text), 'SAMPLES_EMPTY')).toContain('train');
  });

  it('a configuration file that is not there', () => {
    expect(refused(candlenet('run', bench.path('none.yaml')), 'FILE_NOT_FOUND')).toContain('none.yaml');
  });
});

describe('bad arguments', () => {
  it.each([
    ['an unknown command', ['frobnicate'], 'frobnicate'],
    ['an unknown option', ['runs', '--colour'], '--colour'],
    ['a missing argument', ['run'], 'config'],
    ['a number that is none', ['synth', '--store', 'x', '--symbols', 'many'], '--symbols'],
    ['a word out of place', ['demo', '--kind', 'real'], 'null, planted'],
  ])('%s', (_title, args, named) => {
    expect(refused(candlenet(...args), 'ARGUMENT_INVALID')).toContain(named);
  });

  it('a run that does not exist', () => {
    refused(candlenet('report', 'none', '--runs', bench.path('nothing')), 'RUN_NOT_FOUND');
  });

  it('a configuration that would be overwritten', () => {
    const path = bench.write('mine.yaml', 'mine');
    expect(refused(candlenet('init', path), 'FILE_EXISTS')).toContain('--force');
  });
});

describe('bad sources', () => {
  const qlib = (folder: string) =>
    candlenet('import', 'qlib', folder, '--store', bench.path('imported'), '--index', 'csi300');

  function writeSource(calendar: string, close: Uint8Array): string {
    const folder = bench.path('qlib');
    for (const part of ['calendars', 'instruments', 'features/sh600000', 'features/sh000300']) {
      mkdirSync(`${folder}/${part}`, { recursive: true });
    }
    writeFileSync(`${folder}/calendars/day.txt`, calendar);
    writeFileSync(`${folder}/instruments/all.txt`, 'SH600000\t2020-01-02\t2020-01-06\n');
    writeFileSync(`${folder}/instruments/csi300.txt`, 'SH600000\t2020-01-02\t2020-01-06\n');
    for (const symbol of ['sh600000', 'sh000300']) {
      for (const field of ['open', 'high', 'low', 'volume', 'factor', 'change']) {
        writeFileSync(
          `${folder}/features/${symbol}/${field}.day.bin`,
          new Uint8Array(Float32Array.of(0, 1, 1, 1).buffer),
        );
      }
      writeFileSync(`${folder}/features/${symbol}/close.day.bin`, close);
    }
    return folder;
  }

  const whole = new Uint8Array(Float32Array.of(0, 1, 1, 1).buffer);

  it('a missing folder', () => {
    expect(refused(qlib(bench.path('absent')), 'FILE_NOT_FOUND')).toContain('absent');
  });

  it('a calendar out of order', () => {
    const line = refused(qlib(writeSource('2020-01-02\n2020-01-06\n2020-01-03\n', whole)), 'QLIB_CALENDAR_ORDER');
    expect(line).toMatch(/day\.txt line 3: found 2020-01-03/);
  });

  it('a truncated .bin leaves the store that stood there untouched', () => {
    const calendar = '2020-01-02\n2020-01-03\n2020-01-06\n';
    expect(qlib(writeSource(calendar, whole)).status).toBe(0);
    const before = snapshot(bench.path('imported'));
    const line = refused(qlib(writeSource(calendar, whole.slice(0, 14))), 'QLIB_BIN_TRUNCATED');
    expect(line).toMatch(/close\.day\.bin.*14/);
    expect(snapshot(bench.path('imported'))).toEqual(before);
  });
});
