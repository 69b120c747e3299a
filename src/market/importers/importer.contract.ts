import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionFindings } from '../action-findings.js';
import { boardOf } from '../boards.js';
import { checkMarketTables } from '../check-tables.js';
import { extendMarketStore } from '../merge/index.js';
import { rulebookByName } from '../rulebooks/index.js';
import { openMarketStore } from '../store.js';
import type { BarMatrix, DataFinding, MarketPart, MarketTables } from '../types.js';
import { writeMarketStore } from '../write-store.js';

/** What an importer brings to the shared suite. */
export interface ImporterContract {
  readonly name: string;
  /** Writes a small source into an empty folder. */
  writeSource(dir: string): void | Promise<void>;
  run(dir: string, signal?: AbortSignal): Promise<MarketTables>;
  /** Every raw value the source holds, to be found in its place: the source encodes symbol, date and column. */
  expected(
    symbol: string,
    date: number,
  ): { open: number; high: number; low: number; close: number; volume: number } | null;
  /**
   * The same source in two halves by time, where it can be had so: the first, then what joins a store of the first to hold
   * the whole. Without it the suite cuts the tables themselves.
   */
  readonly halves?: {
    earlier(dir: string): Promise<MarketPart>;
    later(dir: string, stored: BarMatrix): Promise<MarketPart>;
  };
}

/** A market as it was known on an earlier session, without its last symbol. */
function earlierPart(market: MarketTables): MarketTables {
  const { bars } = market;
  const sessions = Math.ceil(bars.dates.length / 2);
  const symbols = bars.symbols.length > 1 ? bars.symbols.slice(0, -1) : bars.symbols;
  const last = bars.dates[sessions - 1];
  const cut = <T extends Float64Array | Uint8Array>(column: T): T => {
    const rows = symbols.map((_, s) => column.slice(s * bars.dates.length, s * bars.dates.length + sessions));
    const joined = column.slice(0, symbols.length * sessions) as T;
    for (const [s, row] of rows.entries()) joined.set(row, s * sessions);
    return joined;
  };
  const known = new Set<string>(symbols);
  return {
    ...market,
    bars: {
      symbols,
      dates: bars.dates.slice(0, sessions),
      open: cut(bars.open),
      high: cut(bars.high),
      low: cut(bars.low),
      close: cut(bars.close),
      volume: cut(bars.volume),
      amount: bars.amount && cut(bars.amount),
      adjFactor: cut(bars.adjFactor),
      suspended: cut(bars.suspended),
      st: bars.st && cut(bars.st),
      flags: cut(bars.flags),
    },
    instruments: market.instruments.filter(({ symbol, board }) => known.has(symbol) || board === 'index'),
    members: market.members
      .filter(({ from }) => from <= last)
      .map((spell) => ({ ...spell, to: Math.min(spell.to, last) })),
    benchmarks: market.benchmarks.map((series) => {
      const end = series.dates.filter((date) => date <= last).length;
      const { open, high, low, close, volume } = series;
      const [o, h, l, c, v] = [open, high, low, close, volume].map((column) => column.slice(0, end));
      return { ...series, dates: series.dates.slice(0, end), open: o, high: h, low: l, close: c, volume: v };
    }),
    ...(market.actions ? { actions: market.actions.filter(({ exDate }) => exDate <= last) } : {}),
  };
}

/** The suite every importer passes: call it from the test file of the importer. */
export function importerContract(importer: ImporterContract): void {
  describe(`importer contract: ${importer.name}`, () => {
    let folder: string;
    let source: string;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'candlenet-import-'));
      source = join(folder, 'source');
      await importer.writeSource(source);
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

    it('changes nothing of a store that has its rows already', async () => {
      const dir = join(folder, 's');
      await extendMarketStore(dir, await importer.run(source));
      const before = readFileSync(join(dir, 'store.json'));
      const again = await extendMarketStore(dir, await importer.run(source));
      expect(again).toMatchObject({ changed: false, disagreements: [] });
      expect(readFileSync(join(dir, 'store.json'))).toEqual(before);
    });

    it('extends a store by later days and further symbols to what the whole is', async () => {
      const whole = await importer.run(source);
      const { contentHash } = await writeMarketStore(join(folder, 'whole'), whole);
      const dir = join(folder, 's');
      const first = await extendMarketStore(dir, earlierPart(whole));
      expect(first.manifest.contentHash).not.toBe(contentHash);
      const extended = await extendMarketStore(dir, await importer.run(source));
      expect(extended.changed).toBe(true);
      expect(extended.manifest.contentHash).toBe(contentHash);
      // What both have was found once.
      const counts = ({ findings }: { findings: readonly DataFinding[] }) =>
        Object.fromEntries(findings.filter(({ count }) => count > 0).map(({ kind, count }) => [kind, count]));
      expect(counts(extended.manifest)).toMatchObject(
        counts({ findings: [...whole.findings, ...actionFindings(whole)] }),
      );
      // What is older than the store says nothing new.
      expect((await extendMarketStore(dir, earlierPart(whole))).changed).toBe(false);
    });

    it.skipIf(importer.halves === undefined)('joins two halves of its source to what the whole is', async () => {
      const { halves } = importer;
      if (halves === undefined) throw new Error('no halves');
      const dir = join(folder, 's');
      const first = await extendMarketStore(dir, await halves.earlier(source));
      const extended = await extendMarketStore(dir, await halves.later(source, first.market.bars));
      const { contentHash, findings } = await writeMarketStore(join(folder, 'whole'), await importer.run(source));
      expect(extended.manifest.contentHash).toBe(contentHash);
      const counts = (all: readonly DataFinding[]) => Object.fromEntries(all.map(({ kind, count }) => [kind, count]));
      expect(counts(extended.manifest.findings)).toEqual(counts(findings));
    });

    it('refuses a row that contradicts the store, keeps it or replaces it, as told', async () => {
      const whole = await importer.run(source);
      const dir = join(folder, 's');
      const cell = whole.bars.close.findIndex(
        (price, c) => price > 0 && whole.bars.flags[c] === 0 && whole.bars.suspended[c] === 0,
      );
      const close = whole.bars.close.slice();
      close[cell] = (whole.bars.low[cell] + close[cell]) / 2 + 1e-4;
      const wrong = await writeMarketStore(dir, { ...whole, bars: { ...whole.bars, close } });
      const before = readFileSync(join(dir, 'store.json'));
      await expect(extendMarketStore(dir, whole)).rejects.toMatchObject({
        code: 'STORE_CONFLICT',
        exitStatus: 2,
        message: expect.stringMatching(/column "close": found [\d.]+, .* has [\d.]+ \(1 such values\)/) as string,
      });
      expect(readFileSync(join(dir, 'store.json'))).toEqual(before);
      const kept = await extendMarketStore(dir, whole, 'keep');
      expect(kept.manifest.contentHash).toBe(wrong.contentHash);
      expect(kept.disagreements).toMatchObject([{ table: 'bars', column: 'close', count: 1 }]);
      const right = await writeMarketStore(join(folder, 'whole'), whole);
      expect((await extendMarketStore(dir, whole, 'replace')).manifest.contentHash).toBe(right.contentHash);
    });

    it('leaves the store as it was when interrupted', async () => {
      const dir = join(folder, 's');
      await writeMarketStore(dir, await importer.run(source));
      const before = readFileSync(join(dir, 'store.json'));
      await expect(
        importer.run(source, AbortSignal.abort()).then((market) => extendMarketStore(dir, market)),
      ).rejects.toMatchObject({ code: 'INTERRUPTED', exitStatus: 1 });
      expect(readFileSync(join(dir, 'store.json'))).toEqual(before);
      expect(readdirSync(folder).sort()).toEqual(['s', 'source']);
    });
  });
}
