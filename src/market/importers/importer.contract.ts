import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionFindings } from '../action-findings.js';
import { boardOf } from '../boards.js';
import { checkMarketTables } from '../check-tables.js';
import { rulebookByName } from '../rulebooks/index.js';
import { openMarketStore } from '../store.js';
import type { MarketTables } from '../types.js';
import { writeMarketStore } from '../write-store.js';

/** What an importer brings to the shared suite. */
export interface ImporterContract {
  readonly name: string;
  /** Writes a small source into an empty folder. */
  writeSource(dir: string): void;
  run(dir: string, signal?: AbortSignal): Promise<MarketTables>;
  /** Every raw value the source holds, to be found in its place: the source encodes symbol, date and column. */
  expected(
    symbol: string,
    date: number,
  ): { open: number; high: number; low: number; close: number; volume: number } | null;
}

/** The suite every importer passes: call it from the test file of the importer. */
export function importerContract(importer: ImporterContract): void {
  describe(`importer contract: ${importer.name}`, () => {
    let folder: string;
    let source: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'candlenet-import-'));
      source = join(folder, 'source');
      importer.writeSource(source);
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it('delivers tables that make a store: ascending dates, unique symbols, equal sizes', async () => {
      const market = await importer.run(source);
      expect(() => checkMarketTables(market)).not.toThrow();
      expect(market.bars.symbols.length).toBeGreaterThan(0);
      expect([...market.bars.symbols]).toEqual([...market.bars.symbols].sort());
      expect(rulebookByName(market.rulebook).name).toBe(market.rulebook);
      const known = new Set(market.instruments.map(({ symbol }) => symbol));
      for (const symbol of market.bars.symbols) expect(known).toContain(symbol);
      for (const { symbol, board } of market.instruments) expect(board).toBe(boardOf(symbol));
    });

    it('puts every value into its cell and nothing elsewhere', async () => {
      const { bars } = await importer.run(source);
      let found = 0;
      for (const [s, symbol] of bars.symbols.entries()) {
        for (const [d, date] of bars.dates.entries()) {
          const cell = s * bars.dates.length + d;
          const { open, high, low, close, volume } = bars;
          const actual = [open, high, low, close, volume].map((column) => column[cell]);
          const wanted = importer.expected(symbol, date);
          const none = new Array(5).fill(Number.NaN);
          expect(actual, `${symbol} session ${d}`).toEqual(
            wanted ? [wanted.open, wanted.high, wanted.low, wanted.close, wanted.volume] : none,
          );
          if (wanted) found++;
        }
      }
      expect(found).toBeGreaterThan(0);
    });

    it('states every finding with a count, an example where there is one, and what was done', async () => {
      const { findings } = await importer.run(source);
      expect(findings.length).toBeGreaterThan(0);
      expect(new Set(findings.map(({ kind }) => kind)).size).toBe(findings.length);
      for (const { kind, count, example, action, title } of findings) {
        expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(example === '', `${kind}: ${count} cases, example "${example}"`).toBe(count === 0);
        expect(action).not.toBe('');
        expect(title).not.toBe('');
      }
    });

    it('gives the same content hash when run again', async () => {
      const first = await writeMarketStore(join(folder, 'a'), await importer.run(source));
      const again = await writeMarketStore(join(folder, 'a'), await importer.run(source));
      const beside = await writeMarketStore(join(folder, 'b'), await importer.run(source));
      expect(again.contentHash).toBe(first.contentHash);
      expect(beside.contentHash).toBe(first.contentHash);
    });

    it('comes back from the store as it went in', async () => {
      const market = await importer.run(source);
      await writeMarketStore(join(folder, 's'), market);
      const store = await openMarketStore(join(folder, 's'));
      const asOf = store.lastDay;
      expect(await store.readBars({ asOf })).toEqual(market.bars);
      expect(await store.readMembers({ asOf })).toEqual(market.members);
      expect(await store.readInstruments({ asOf })).toEqual(market.instruments);
      for (const series of market.benchmarks) {
        expect(await store.readBenchmark(series.index, { asOf })).toEqual(series);
      }
      expect(store.manifest.findings).toEqual([...market.findings, ...actionFindings(market)]);
    });

    it('leaves the store as it was when interrupted', async () => {
      const dir = join(folder, 's');
      await writeMarketStore(dir, await importer.run(source));
      const before = readFileSync(join(dir, 'store.json'));
      await expect(
        importer.run(source, AbortSignal.abort()).then((market) => writeMarketStore(dir, market)),
      ).rejects.toMatchObject({ code: 'INTERRUPTED', exitStatus: 1 });
      expect(readFileSync(join(dir, 'store.json'))).toEqual(before);
      expect(readdirSync(folder).sort()).toEqual(['s', 'source']);
    });
  });
}
