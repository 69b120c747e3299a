import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMarketStore, writeMarketStore } from '../../src/market/index.js';
import { plantedMarket } from '../leakage/planted/market.fixture.js';
import { candlenet, createWorkbench, root, smallConfig } from './workbench.js';

interface Difference {
  readonly artefact: string;
  readonly column: string;
  readonly symbol: string;
  readonly date: string;
  readonly found: number | null;
  readonly recomputed: number | null;
}
interface Certificate {
  readonly path: string;
  readonly run: string | null;
  readonly format: string;
  readonly schemaVersion: number;
  readonly pipeline: string;
  readonly store: { readonly title: string; readonly contentHash: string };
  readonly seed: number;
  readonly cuts: readonly string[];
  readonly artefacts: readonly {
    readonly name: string;
    readonly columns: number;
    readonly hash: string;
    readonly cells: number;
  }[];
  readonly recomputations: readonly {
    readonly cut: string;
    readonly future: string;
    readonly cells: Readonly<Record<string, number>>;
    readonly differences: readonly Difference[];
  }[];
  readonly provenance: readonly {
    readonly check: string;
    readonly status: string;
    readonly detail: string;
    readonly title: string;
  }[];
  readonly verdict: string;
  readonly first: (Difference & { readonly cut: string; readonly future: string }) | null;
}

const bench = createWorkbench();
afterAll(bench.remove);

let config: string;
beforeAll(() => {
  const made = candlenet('synth', '--store', bench.path('store'), '--symbols', '16', '--days', '480');
  expect(made.stderr).not.toContain('[');
  expect(made.status).toBe(0);
  config = bench.write('small.yaml', smallConfig());
});

const CHECKS = [
  'trade-after-signal',
  'label-purge',
  'fitted-on-training',
  'factor-direction',
  'dated-membership',
  'listings-that-ended',
  'announcement-dates',
  'release-dates',
];
const BEFORE_TRAINING = ['universe', 'features', 'masks', 'labels', 'forward returns'];
const OF_THE_FOLD = ['scaler', 'standardised features', 'sample counts', 'training inputs'];
const OF_THE_NETWORK = ['weights', 'forecasts', 'target weights', 'orders', 'fills'];

describe('candlenet audit of an honest experiment', () => {
  let certificate: Certificate;
  let run: { readonly id: string; readonly folder: string };
  beforeAll(() => {
    const ran = candlenet('run', config, '--json', '--runs', bench.path('runs'));
    expect(ran.status, ran.stderr).toBe(0);
    run = JSON.parse(ran.stdout) as typeof run;
    const audited = candlenet('audit', config, '--json', '--cuts', '1', '--runs', bench.path('runs'));
    expect(audited.status, audited.stderr).toBe(0);
    certificate = JSON.parse(audited.stdout) as Certificate;
  });

  it('certifies with cuts, artefacts, hashes and provenance that nothing looks ahead', () => {
    const { format, schemaVersion, verdict, first, cuts, artefacts, recomputations, provenance } = certificate;
    expect({ format, schemaVersion, verdict, first }).toEqual({
      format: 'candlenet-leak-certificate',
      schemaVersion: 1,
      verdict: 'clean',
      first: null,
    });
    expect(cuts.length).toBeGreaterThanOrEqual(6);
    for (const cut of cuts) expect(cut).toMatch(/^201[67]-\d\d-\d\d$/);
    expect(artefacts.map(({ name }) => name)).toEqual([...BEFORE_TRAINING, ...OF_THE_FOLD, ...OF_THE_NETWORK]);
    for (const { name, hash, cells, columns } of artefacts) {
      expect(hash, name).toMatch(/^[0-9a-f]{64}$/);
      expect(cells, name).toBeGreaterThan(0);
      expect(columns, name).toBeGreaterThan(0);
    }
    expect(recomputations.map(({ cut, future }) => `${cut} ${future}`)).toEqual(
      cuts.flatMap((cut) => [`${cut} removed`, `${cut} noise`]),
    );
    expect(provenance.map(({ check }) => check)).toEqual(CHECKS);
    expect(provenance.filter(({ status }) => status === 'fail')).toEqual([]);
    for (const { title, detail } of provenance) expect(`${title}: ${detail}`.length).toBeGreaterThan(20);
  });

  it('compares the weights, forecasts, targets and orders of the run that is there, without training', () => {
    expect(certificate.run).toBe(run.id);
    const inTest = certificate.recomputations.filter(({ cells }) => (cells.orders ?? 0) > 0);
    expect(new Set(inTest.map(({ future }) => future))).toEqual(new Set(['removed', 'noise']));
    for (const { cells } of inTest) for (const name of OF_THE_NETWORK) expect(cells[name], name).toBeGreaterThan(0);
  });

  it('stores it with the run, whose report shows it', () => {
    expect(certificate.path).toBe(join(run.folder, 'leak-certificate.json'));
    const { path: _path, run: _run, ...stored } = certificate;
    expect(JSON.parse(readFileSync(certificate.path, 'utf8'))).toEqual(stored);
    const report = readFileSync(join(run.folder, 'report.html'), 'utf8');
    expect(report).toContain('<h2>Does anything look ahead?</h2>');
    for (const cut of certificate.cuts) expect(report).toContain(cut);
  });
});

describe('candlenet audit of what looks ahead', () => {
  const own = (name: string, ahead: number) => {
    const module = bench.write(
      `${name.toLowerCase()}.mjs`,
      `import { defineFeature } from ${JSON.stringify(pathToFileURL(join(root, 'dist', 'index.js')).href)};
defineFeature({
  name: '${name}',
  formula: 'mean close of five trading days over the close',
  lookback: 5,
  compute: ({ close }) => close.map((price, t) => close.subarray(Math.max(0, t - 4 + ${ahead}), t + 1 + ${ahead}).reduce((a, b) => a + b, 0) / 5 / price),
});
`,
    );
    const path = bench.write(`${name}.yaml`, smallConfig(`features: { groups: [price-volume], own: [${name}] }`));
    const audit = (...more: string[]) =>
      spawnSync(
        process.execPath,
        ['--import', pathToFileURL(module).href, join(root, 'dist', 'cli', 'main.js'), 'audit', path, ...more],
        { cwd: root, encoding: 'utf8' },
      );
    return { path, audit };
  };

  it('names column, symbol and date of a feature of one’s own that is centred on its day, and exits 1', () => {
    const out = bench.path('centred.json');
    const { audit } = own('CENTRED_MEAN', 2);
    const { status, stdout, stderr } = audit('--skip-training', '--cuts', '2', '--out', out);
    expect(status).toBe(1);
    const { first, verdict, cuts } = JSON.parse(readFileSync(out, 'utf8')) as Certificate;
    expect(verdict).toBe('looks-ahead');
    expect(first).toMatchObject({ artefact: 'features', column: 'CENTRED_MEAN' });
    expect(first!.symbol).toMatch(/^(SH|SZ)\d{6}$/);
    // The last two sessions before a cut read beyond it, no others do.
    const days = (Date.parse(first!.cut) - Date.parse(first!.date)) / 86_400_000;
    expect(cuts).toContain(first!.cut);
    expect(days).toBeLessThan(16);
    expect(stdout).toContain(`Looks ahead: features, CENTRED_MEAN of ${first!.symbol} on ${first!.date}`);
    expect(stderr).toContain('[LOOKS_AHEAD]');
    expect(stderr).toContain('features, CENTRED_MEAN looks ahead');
  });

  it('has nothing against its honest twin', () => {
    const { status, stdout } = own('TRAILING_MEAN', 0).audit(
      '--skip-training',
      '--cuts',
      '2',
      '--out',
      bench.path('x.json'),
    );
    expect(stdout).toContain('Clean: nothing of what was compared looks ahead.');
    expect(status).toBe(0);
  });

  it('names the check that a store of undated figures fails', async () => {
    const market = plantedMarket({ disclosure: 0, release: 0 });
    await writeMarketStore(bench.path('undated'), market);
    const store = await openMarketStore(bench.path('undated'));
    expect(store.manifest.sessions).toBe(640);
    const out = bench.path('undated.json');
    const args = ['--store', bench.path('undated'), '--skip-training', '--cuts', '1', '--out', out];
    const { status, stdout, stderr } = candlenet('audit', config, ...args);
    expect(status).toBe(1);
    const { provenance, first } = JSON.parse(readFileSync(out, 'utf8')) as Certificate;
    expect(first).toBeNull();
    const failing = provenance.filter((one) => one.status === 'fail');
    expect(failing.map(({ check }) => check)).toEqual(['announcement-dates', 'release-dates']);
    expect(failing[0].detail).toMatch(
      /100\.0\s% of .* announced by the end of their period, such as S[HZ]\d{6} roe of 20\d\d-/,
    );
    expect(stdout).toContain('FAILS');
    expect(stderr).toContain('a check of provenance fails');
  });
});

describe('candlenet audit of bad input', () => {
  it.each([
    [
      'a key that there is not',
      () => bench.write('typo.yaml', smallConfig('portfollio: {}')),
      /typo\.yaml:\d+.*portfollio/,
    ],
    [
      'a feature that nobody defined',
      () => bench.write('own.yaml', smallConfig('features: { own: [NOBODY] }')),
      /NOBODY/,
    ],
    ['a file that is not there', () => bench.path('none.yaml'), /none\.yaml/],
  ])('exits 2 for %s, writes no certificate, and says in one line what it found', (_what, path, message) => {
    const out = bench.path('never.json');
    const { status, stdout, stderr } = candlenet('audit', path(), '--skip-training', '--out', out);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n').at(-1)).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });
});
