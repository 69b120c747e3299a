import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../util/index.js';
import { importBarFiles, importTableFiles } from '../importers/index.js';
import { type ConflictPolicy, extendMarketStore } from '../merge/index.js';
import { openMarketStore } from '../store.js';
import { generateMarket } from '../synthetic/index.js';
import { verifyStore } from '../verify-store.js';
import { writeMarketStore } from '../write-store.js';
import { type UpdateOptions, updateMarketStore } from './update-store.js';

let folder: string;
let store: string;
let bars: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-update-'));
  store = join(folder, 'store');
  bars = join(folder, 'bars');
  mkdirSync(bars);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const OPTIONS: UpdateOptions = {
  lastWholeDay: parseDay('2024-12-31'),
  tushareToken: () => {
    throw new Error('no token is needed');
  },
};
const FIRST = parseDay('2024-01-01');
const price = (t: number, s: number) => Math.round((10 + s + Math.sin(t + s)) * 100) / 100;

/** Bars of two stocks over the first `days` days; `scale` restates every price, as a vendor's adjustment does. */
function writeBars(days: number, { scale = 1, from = 0, revised = -1 } = {}): void {
  for (const [s, symbol] of ['SH600000', 'SZ000001'].entries()) {
    const rows = Array.from({ length: days - from }, (_, k) => {
      const t = k + from;
      const close = (price(t, s) + (t === revised ? 0.5 : 0)) * scale;
      return [formatDay(FIRST + t), close, close * 1.02, close * 0.98, close, 1000 + t].join(',');
    });
    writeFileSync(join(bars, `${symbol}.csv`), `date,open,high,low,close,volume\n${rows.join('\n')}\n`);
  }
}

const importBars = async (onConflict?: ConflictPolicy) =>
  extendMarketStore(store, await importBarFiles(bars, { rulebook: 'frictionless' }), onConflict);
const manifestText = () => readFileSync(join(store, 'store.json'), 'utf8');

describe('a store of files', () => {
  it('is extended by what the files have gained to what an import of the whole is', async () => {
    writeBars(30);
    await importBars();
    writeBars(34);
    const { changed, sources, before, after, manifest } = await updateMarketStore(store, OPTIONS);
    expect([before, after]).toEqual([
      { to: '2024-01-30', sessions: 30, stocks: 2 },
      { to: '2024-02-03', sessions: 34, stocks: 2 },
    ]);
    expect(changed).toBe(true);
    expect(sources).toEqual([
      {
        source: `plain files ${bars} (bars)`,
        sessions: 4,
        bars: 8,
        rows: {},
        revised: [],
        onConflict: 'refuse',
      },
    ]);
    const whole = await writeMarketStore(
      join(folder, 'whole'),
      await importBarFiles(bars, { rulebook: 'frictionless' }),
    );
    expect(manifest.contentHash).toBe(whole.contentHash);
    await verifyStore(await openMarketStore(store));
  });

  it('changes nothing when there is nothing new, and nothing at all in a dry run', async () => {
    writeBars(30);
    await importBars();
    const text = manifestText();
    expect((await updateMarketStore(store, OPTIONS)).changed).toBe(false);
    expect(manifestText()).toBe(text);
    writeBars(31);
    const { changed, after } = await updateMarketStore(store, { ...OPTIONS, dryRun: true });
    expect([changed, after.sessions]).toEqual([true, 31]);
    expect(manifestText()).toBe(text);
    writeBars(30);
    expect((await updateMarketStore(store, { ...OPTIONS, dryRun: true })).changed).toBe(false);
  });

  it('refuses a revised value, keeps it or takes it, as told', async () => {
    writeBars(30);
    await importBars();
    writeBars(32, { revised: 10 });
    const text = manifestText();
    await expect(updateMarketStore(store, OPTIONS)).rejects.toMatchObject({ code: 'STORE_CONFLICT', exitStatus: 2 });
    expect(manifestText()).toBe(text);
    const closeOn = async (t: number) => {
      const { close } = await (await openMarketStore(store)).readBars({ asOf: FIRST + 100 });
      return close[t];
    };
    const kept = await updateMarketStore(store, { ...OPTIONS, onConflict: 'keep' });
    expect(kept.sources[0].revised.map(({ column, count }) => [column, count])).toContainEqual(['close', 2]);
    expect(await closeOn(10)).toBe(price(10, 0));
    await updateMarketStore(store, { ...OPTIONS, onConflict: 'replace' });
    expect(await closeOn(10)).toBeCloseTo(price(10, 0) + 0.5, 12);
  });

  it('does not splice new bars to old ones that the source has restated since', async () => {
    writeBars(30);
    await importBars();
    writeBars(32, { scale: 0.5 });
    for (const onConflict of ['refuse', 'keep'] as const) {
      await expect(updateMarketStore(store, { ...OPTIONS, onConflict })).rejects.toMatchObject({
        code: 'STORE_CONFLICT',
        message: expect.stringMatching(/close of SH600000 on 2024-01-30 restated by the factor 0\.5/) as string,
      });
    }
    writeBars(32, { scale: 0.5, from: 10 });
    await expect(updateMarketStore(store, { ...OPTIONS, onConflict: 'replace' })).rejects.toThrow(/restated/);
    writeBars(32, { scale: 0.5 });
    const { manifest } = await updateMarketStore(store, { ...OPTIONS, onConflict: 'replace' });
    const whole = await writeMarketStore(
      join(folder, 'whole'),
      await importBarFiles(bars, { rulebook: 'frictionless' }),
    );
    expect(manifest.contentHash).toBe(whole.contentHash);
  });

  it('asks for every table it has, and counts what is odd about a row once', async () => {
    const ratios = join(folder, 'ratios.csv');
    const rows = (days: number) =>
      Array.from({ length: days }, (_, t) => `SH600000,${formatDay(FIRST + t)},${t % 5 === 2 ? '' : 12 + t}`);
    const write = (days: number) => writeFileSync(ratios, `symbol,date,pe_ttm\n${rows(days).join('\n')}\n`);
    write(30);
    writeBars(30);
    await importBars();
    await extendMarketStore(store, await importTableFiles(ratios, 'valuations'));
    const absent = async () =>
      (await openMarketStore(store)).manifest.findings.find(({ kind }) => kind === 'value-absent')?.count;
    expect(await absent()).toBe(6);
    write(35);
    const { sources } = await updateMarketStore(store, OPTIONS);
    expect(sources.map(({ rows: gained }) => gained)).toEqual([{}, { valuations: 4 }]);
    expect(await absent()).toBe(7);
  });
});

describe('the record of a store', () => {
  it('holds paths from the store’s folder, so that both can move, and is no part of its content', async () => {
    writeBars(30);
    const { manifest } = await importBars();
    expect(manifest.imports).toEqual([
      { kind: 'files', format: 'csv', table: 'bars', path: '../bars', preset: 'plain', rulebook: 'frictionless' },
    ]);
    const moved = join(folder, 'elsewhere');
    mkdirSync(moved);
    cpSync(store, join(moved, 'store'), { recursive: true });
    cpSync(bars, join(moved, 'bars'), { recursive: true });
    rmSync(bars, { recursive: true });
    const { changed, sources } = await updateMarketStore(join(moved, 'store'), OPTIONS);
    expect([changed, sources[0].source]).toEqual([false, `plain files ${join(moved, 'bars')} (bars)`]);
    const other = await writeMarketStore(
      join(moved, 'beside'),
      await importBarFiles(join(moved, 'bars'), { rulebook: 'frictionless' }),
    );
    expect(other.contentHash).toBe(manifest.contentHash);
  });

  it('is added by an import of what the store has already, the policy of the import with it', async () => {
    writeBars(30);
    const { imports: _, ...market } = await importBarFiles(bars, { rulebook: 'frictionless' });
    await extendMarketStore(store, market);
    await expect(updateMarketStore(store, OPTIONS)).rejects.toMatchObject({
      code: 'STORE_SOURCE_UNKNOWN',
      exitStatus: 2,
      message: expect.stringContaining('import its source into it again') as string,
    });
    expect((await importBars('keep')).changed).toBe(false);
    writeBars(31, { revised: 3 });
    expect((await updateMarketStore(store, OPTIONS)).sources).toMatchObject([{ onConflict: 'keep', sessions: 1 }]);
  });

  it('is none of a synthetic market', async () => {
    await writeMarketStore(store, generateMarket({ kind: 'null', symbols: 2, days: 30, seed: 1, withTruth: true }));
    await expect(updateMarketStore(store, OPTIONS)).rejects.toThrow(/found a synthetic market/);
  });

  it('says what cannot be asked of it', async () => {
    writeBars(30);
    await importBars();
    await expect(updateMarketStore(store, { ...OPTIONS, to: FIRST + 50 })).rejects.toThrow(
      /files, which are read whole/,
    );
    await expect(updateMarketStore(store, { ...OPTIONS, http: { baseUrl: 'http://localhost:1' } })).rejects.toThrow(
      /expected one source over HTTP/,
    );
    rmSync(bars, { recursive: true });
    await expect(updateMarketStore(store, OPTIONS)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});
