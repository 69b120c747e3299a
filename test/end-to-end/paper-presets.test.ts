import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candlenet, createWorkbench } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

const config = (preset: string) => `name: small
preset: ${preset}
market: { store: store, index: synthetic }
split: { train: [2016-01-04, 2016-12-30], validate: [2017-01-02, 2017-05-31], test: [2017-06-01, 2017-10-31] }
model: { filters: [8, 8], hidden: 8, dense: 8 }
training: { workers: 1, batchSize: 32, maxEpochs: 1, noise: null }
placebos: { shuffledLabels: false, randomPortfolios: 0 }
portfolio: { k: 4 }
backtest: { limits: false }
`;

beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
}, 60_000);

interface Run {
  readonly report: string;
  readonly stdout: string;
  readonly manifest: {
    readonly config: { readonly asWritten: object | null; readonly training: { readonly timeShift: object | null } };
  };
}

function run(preset: string): Run {
  const path = bench.write(`${preset}.yaml`, config(preset));
  const { status, stdout, stderr } = candlenet('run', path, '--runs', bench.path(preset));
  expect([status, stderr.match(/^candlenet:.*/m)]).toEqual([0, null]);
  const report = /\S+report\.html/.exec(stdout)?.[0] ?? '';
  const folder = join(report, '..');
  return {
    report: readFileSync(report, 'utf8'),
    stdout,
    manifest: JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Run['manifest'],
  };
}

describe('the paper’s presets', () => {
  it('lie under what a configuration writes, and list what the paper leaves open', () => {
    const { report, manifest } = run('paper');
    expect(manifest.config.training.timeShift).toEqual({ maxSessions: 2 });
    expect(manifest.config).toMatchObject({ asWritten: null, training: { noise: null, maxEpochs: 1, patience: 10 } });
    expect(report).toContain('81 variables in its text, 86 in its Table 1');
    expect(report).toContain('the members of the index on each day');
    expect(report).not.toContain('class="watermark"');
  }, 60_000);

  it('as written looks ahead, says so across the page and in the terminal, and fails the leak audit', () => {
    const { report, stdout, manifest } = run('paper-as-written');
    expect(manifest.config.asWritten).toEqual({ macroInterpolation: true, wholeSampleScaler: true, survivors: true });
    expect(report).toContain('class="watermark"');
    expect(report).toContain('Stocks that were delisted by the end of the store are left out from the beginning.');
    expect(report).not.toContain('the members of the index on each day');
    expect(stdout).toContain('LOOKS AHEAD');
    const audit = candlenet(
      ...['audit', bench.path('paper-as-written.yaml'), '--skip-training', '--cuts', '1'],
      ...['--runs', bench.path('none'), '--out', bench.path('certificate.json')],
    );
    expect([audit.status, audit.stdout]).toEqual([1, expect.stringMatching(/looks ahead|FAIL/i)]);
  }, 120_000);

  it('are named when they are not known', () => {
    const path = bench.write('bad.yaml', config('papers'));
    const { status, stderr } = candlenet('run', path, '--dry-run');
    expect([status, stderr]).toEqual([2, expect.stringContaining('expected paper, paper-as-written, quick')]);
  });
});
