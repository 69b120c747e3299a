import { mkdtempSync, rmSync } from 'node:fs';
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
