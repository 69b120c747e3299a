import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { generateMarket, SYNTHETIC_INDEX, writeMarketStore } from '../../market/index.js';
import { runCli } from '../cli.js';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-cli-data-'));
  const market = generateMarket({ kind: 'null', symbols: 5, days: 260, seed: 2, withTruth: false });
  await writeMarketStore(join(folder, 'store'), market);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

async function run(...args: string[]) {
  const written = { out: '', err: '' };
  const into = (name: 'out' | 'err') => (text: string | Uint8Array) => {
    written[name] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  const status = await runCli(['data', ...args]);
  vi.restoreAllMocks();
  return { status, ...written };
}

it('prints Table 1 and the coverage of every index', async () => {
  const { status, out } = await run(join(folder, 'store'));
  expect(status).toBe(0);
  expect(out).toContain('Stock prices');
  expect(out).toContain(`Coverage of ${SYNTHETIC_INDEX}: `);
});

it('gives the same as one JSON document', async () => {
  const { status, out } = await run(join(folder, 'store'), '--json');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ sessions: 260, coverage: [{ index: SYNTHETIC_INDEX }] });
});

it('ends with 2 for an index or a store that is not there', async () => {
  expect(await run(join(folder, 'store'), '--index', 'nope')).toMatchObject({
    status: 2,
    err: expect.stringContaining('INDEX_UNKNOWN'),
  });
  expect(await run(join(folder, 'none'))).toMatchObject({
    status: 2,
    err: expect.stringContaining('none: market store'),
  });
});

it.each(['bars', 'calendar', 'instruments', 'members', 'macro', 'fundamentals', 'news', 'valuations'])(
  'ends with 2 and names the file where %s is missing, cut short or overwritten',
  async (table) => {
    const damages: readonly ((path: string) => void)[] = [
      (path) => rmSync(path),
      (path) => writeFileSync(path, readFileSync(path).subarray(0, 300)),
      (path) => writeFileSync(path, 'PAR1 is not all it takes PAR1'),
      (path) => writeFileSync(path, ''),
    ];
    for (const [i, damage] of damages.entries()) {
      const store = join(folder, `damaged-${table}-${i}`);
      cpSync(join(folder, 'store'), store, { recursive: true });
      damage(join(store, `${table}.parquet`));
      const { status, out, err } = await run(store, '--json');
      expect([status, out], err).toEqual([2, '']);
      expect(err).toMatch(
        new RegExp(`${table}\\.parquet.*\\[(STORE_INVALID|FILE_NOT_FOUND|FILE_UNREADABLE|TABLE_INVALID)\\]`),
      );
    }
  },
);

it('ends with 2 for a manifest that is none', async () => {
  for (const [i, text] of ['{', '{"format":"x"}', '', '[]'].entries()) {
    const store = join(folder, `manifest-${i}`);
    cpSync(join(folder, 'store'), store, { recursive: true });
    writeFileSync(join(store, 'store.json'), text);
    expect(await run(store)).toMatchObject({ status: 2, out: '', err: expect.stringContaining('store.json') });
  }
});
