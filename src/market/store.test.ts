import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MISSING_DAY, makeTable } from '../tables/index.js';
import { parseDay } from '../util/index.js';
import { codedMarket } from './coded-market.fixture.js';
import { openMarketStore } from './store.js';
import { fundamentalsSchema, macroSchema, newsSchema, valuationsSchema } from './store-schema.js';
import type { MarketTables } from './types.js';
import { verifyStore } from './verify-store.js';
import { writeMarketStore } from './write-store.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lastDay = parseDay('2020-01-10');

describe('market store', () => {
  it('gives every cell back where it was', async () => {
    const market = codedMarket({ withTruth: true });
    await writeMarketStore(join(folder, 's'), market);
    const store = await openMarketStore(join(folder, 's'));
    const bars = await store.readBars({ asOf: lastDay });
    expect(bars).toEqual(market.bars);
    expect(await store.readInstruments({ asOf: lastDay })).toEqual(market.instruments);
    expect(await store.readMembers({ asOf: lastDay })).toEqual(market.members);
    expect(await store.readBenchmark('csi300', { asOf: lastDay })).toEqual(market.benchmarks[0]);
    expect(await store.readBenchmark('SH000300', { asOf: lastDay })).toEqual(market.benchmarks[0]);
    expect(await store.readTruth(bars)).toEqual(market.truth);
  });

  it('is what its manifest says, until somebody changes a table or the manifest behind its back', async () => {
    const dir = join(folder, 's');
    await writeMarketStore(dir, codedMarket({ withTruth: true }));
    const store = await openMarketStore(dir);
    await verifyStore(store);
    const market = codedMarket({ withTruth: true });
    const members = market.members.map((spell, i) => (i === 0 ? { ...spell, from: spell.from + 1 } : spell));
    await writeMarketStore(join(folder, 'other'), { ...market, members });
    copyFileSync(join(folder, 'other', 'members.parquet'), join(dir, 'members.parquet'));
    await expect(verifyStore(store)).rejects.toThrow(/members\.parquet: found other values/);
    const text = readFileSync(join(dir, 'store.json'), 'utf8');
    writeFileSync(join(dir, 'store.json'), text.replace(/"rulebook": "[^"]+"/, '"rulebook": "frictionless"'));
    const renamed = await openMarketStore(dir);
    await expect(verifyStore(renamed)).rejects.toThrow(
      /store\.json: found a content hash that is not that of its tables/,
    );
  });

  it('keeps a market without amount, flags of special treatment and truth', async () => {
    const market = codedMarket();
    const bare = { ...market, bars: { ...market.bars, amount: null, st: null } };
    await writeMarketStore(join(folder, 's'), bare);
    const store = await openMarketStore(join(folder, 's'));
    const bars = await store.readBars({ asOf: lastDay });
    expect(bars).toEqual(bare.bars);
    expect(await store.readTruth(bars)).toBeNull();
  });

  it('keeps corporate actions, shows those up to asOf, and tells a source that states none', async () => {
    const action = (symbol: string, day: string, cash: number) => ({
      ...{ symbol, exDate: parseDay(day), cash },
      ...{ bonus: 0.1, transfer: 0.2, rights: 0.3, rightsPrice: 4 },
    });
    const actions = [action('SH600001', '2020-01-07', 0.5), action('SZ000002', '2020-01-03', 0.25)];
    const bare = await writeMarketStore(join(folder, 'bare'), codedMarket());
    const full = await writeMarketStore(join(folder, 'full'), { ...codedMarket(), actions });
    const swapped = await writeMarketStore(join(folder, 'swapped'), {
      ...codedMarket(),
      actions: actions.toReversed(),
    });
    expect(full.contentHash).not.toBe(bare.contentHash);
    expect(swapped.contentHash).toBe(full.contentHash);
    const store = await openMarketStore(join(folder, 'full'));
    expect(await store.readActions({ asOf: lastDay })).toEqual(actions.toReversed());
    expect(await store.readActions({ asOf: parseDay('2020-01-06') })).toEqual([actions[1]]);
    expect(await (await openMarketStore(join(folder, 'bare'))).readActions({ asOf: lastDay })).toBeNull();
    // A store written before the table existed has the same manifest as one without it.
    expect(Object.keys(bare.tables)).not.toContain('actions');
    expect(bare.schemaVersion).toBe(1);
    // What speaks against the actions is told with the store, and is no content.
    expect(bare.findings).toEqual(codedMarket().findings);
    expect(full.findings.slice(1).map(({ kind }) => kind)).toEqual([
      'action-contradicts-factor',
      'factor-without-action',
      'action-without-bar',
    ]);
  });

  it('keeps disclosures, ratios, series and news, and shows what was known by the day', async () => {
    const day = (text: string) => parseDay(text);
    const fundamentals = makeTable(fundamentalsSchema, {
      symbol: ['SH600001', 'SH600001', 'SH600001'],
      period_end: Int32Array.of(day('2019-09-30'), day('2019-09-30'), day('2019-06-30')),
      field: ['roe', 'roe', 'roe'],
      announced: Int32Array.of(day('2020-01-08'), day('2020-01-03'), day('2020-01-03')),
      value: Float64Array.of(0.3, 0.2, 0.1),
    });
    const valuations = makeTable(valuationsSchema, {
      symbol: ['SZ000002', 'SH600001'],
      date: Int32Array.of(day('2020-01-06'), day('2020-01-07')),
      turnover: Float64Array.of(0.01, 0.02),
      pe_ttm: Float64Array.of(10, -20),
      pb: Float64Array.of(1, 2),
      ps_ttm: Float64Array.of(Number.NaN, 3),
      pcf_ttm: Float64Array.of(4, 5),
    });
    const macro = makeTable(macroSchema, {
      series: ['cpi', 'cpi'],
      period_end: Int32Array.of(day('2019-12-31'), day('2019-11-30')),
      released: Int32Array.of(day('2020-01-09'), day('2019-12-10')),
      value: Float64Array.of(4.5, 4.4),
    });
    const instants = ['2020-01-06T07:00:00.000Z', '2020-01-06T07:00:00.500Z'].map((text) => Date.parse(text));
    const news = makeTable(newsSchema, {
      symbol: ['SH600001', 'SH600001'],
      published: Float64Array.from(instants),
      zone: ['Asia/Shanghai', 'Asia/Shanghai'],
      title: ['利好', '利空'],
      body: ['', ''],
      score: Float64Array.of(0.5, Number.NaN),
    });
    const manifest = await writeMarketStore(join(folder, 's'), {
      ...codedMarket(),
      ...{ fundamentals, valuations, macro, news },
    });
    expect(manifest.tables.fundamentals?.rows).toBe(3);
    const store = await openMarketStore(join(folder, 's'));
    const facts = await store.readFundamentals({ asOf: lastDay });
    expect([...facts!.columns.value]).toEqual([0.1, 0.2, 0.3]);
    expect([...(await store.readFundamentals({ asOf: day('2020-01-07') }))!.columns.value]).toEqual([0.1, 0.2]);
    const ratios = await store.readValuations({ asOf: day('2020-01-06') });
    expect(ratios!.columns.symbol).toEqual(['SZ000002']);
    expect(ratios!.columns.ps_ttm).toEqual(Float64Array.of(Number.NaN));
    expect((await store.readValuations({ asOf: lastDay, from: day('2020-01-07') }))!.columns.pe_ttm[0]).toBe(-20);
    expect([...(await store.readMacro({ asOf: day('2020-01-08') }))!.columns.value]).toEqual([4.4]);
    // 15:00 in Shanghai is 07:00 UTC; half a second later is the next day's news.
    expect((await store.readNews({ asOf: day('2020-01-06') }))!.columns.title).toEqual(['利好']);
    const all = await store.readNews({ asOf: lastDay });
    expect([...all!.columns.published]).toEqual(instants);
    const bare = await writeMarketStore(join(folder, 'bare'), codedMarket());
    expect(bare.contentHash).not.toBe(manifest.contentHash);
    const without = await openMarketStore(join(folder, 'bare'));
    expect(await without.readFundamentals({ asOf: lastDay })).toBeNull();
    expect(await without.readNews({ asOf: lastDay })).toBeNull();

    const early = { ...fundamentals.columns, announced: Int32Array.of(day('2019-09-29'), day('2020-01-03'), lastDay) };
    const refused = (tables: Partial<MarketTables>) =>
      writeMarketStore(join(folder, 'x'), { ...codedMarket(), ...tables });
    await expect(refused({ fundamentals: makeTable(fundamentalsSchema, early) })).rejects.toThrow(
      'fundamentals: row 1: found SH600001 roe announced 2019-09-29 for the period to 2019-09-30',
    );
    const twice = { ...macro.columns, period_end: Int32Array.of(1, 1), released: Int32Array.of(9, 9) };
    await expect(refused({ macro: makeTable(macroSchema, twice) })).rejects.toThrow('macro: found the key series cpi');
    const undated = { ...macro.columns, released: Int32Array.of(9, MISSING_DAY) };
    await expect(refused({ macro: makeTable(macroSchema, undated) })).rejects.toThrow(
      '"released" row 2: found no date',
    );
  });

  it('shows nothing dated after asOf', async () => {
    const market = codedMarket({ withTruth: true });
    await writeMarketStore(join(folder, 's'), market);
    const store = await openMarketStore(join(folder, 's'));
    const asOf = parseDay('2020-01-06');
    const bars = await store.readBars({ asOf });
    // SZ300003 lists on 2020-01-08: on 2020-01-06 nobody has heard of it.
    expect(bars.symbols).toEqual(['SH600001', 'SZ000002']);
    expect([...bars.dates]).toEqual([...market.bars.dates].slice(0, 3));
    const sessions = market.bars.dates.length;
    for (const s of [0, 1]) {
      expect([...bars.close.subarray(s * 3, s * 3 + 3)]).toEqual([
        ...market.bars.close.subarray(s * sessions, s * sessions + 3),
      ]);
    }
    expect((await store.readInstruments({ asOf })).map(({ symbol, delistDate }) => [symbol, delistDate])).toEqual([
      ['SH600001', null],
      ['SZ000002', null],
    ]);
    expect(await store.readMembers({ asOf })).toEqual([
      { index: 'csi300', symbol: 'SH600001', from: parseDay('2020-01-02'), to: asOf },
    ]);
    expect([...(await store.readBenchmark('csi300', { asOf })).dates]).toEqual([...bars.dates]);
    const truth = await store.readTruth(bars);
    expect(truth?.pBuy).toHaveLength(6);
    expect(truth?.pBuy[4]).toBe(market.truth?.pBuy[sessions + 1]);
  });

  it('reads from a later day on', async () => {
    await writeMarketStore(join(folder, 's'), codedMarket());
    const store = await openMarketStore(join(folder, 's'));
    const bars = await store.readBars({ asOf: lastDay, from: parseDay('2020-01-08') });
    expect([...bars.dates].map((day) => day - parseDay('2020-01-08'))).toEqual([0, 1, 2]);
    expect(bars.symbols).toEqual(['SH600001', 'SZ000002', 'SZ300003']);
    expect(bars.close[0]).toBe(codedMarket().bars.close[4]);
  });

  it('has the same content hash for the same content, whatever its title and place', async () => {
    const first = await writeMarketStore(join(folder, 'a'), codedMarket());
    const again = await writeMarketStore(join(folder, 'b'), { ...codedMarket(), title: 'other', source: 'elsewhere' });
    expect(again.contentHash).toBe(first.contentHash);
    const changed = codedMarket();
    changed.bars.volume[3] += 1;
    expect((await writeMarketStore(join(folder, 'c'), changed)).contentHash).not.toBe(first.contentHash);
  });

  it('takes the place of an older store and leaves what else lies there', async () => {
    const dir = join(folder, 's');
    await writeMarketStore(dir, codedMarket({ withTruth: true }));
    writeFileSync(join(dir, 'trials.jsonl'), 'kept');
    await writeMarketStore(dir, codedMarket());
    expect(readFileSync(join(dir, 'trials.jsonl'), 'utf8')).toBe('kept');
    expect(readdirSync(dir)).not.toContain('truth.parquet');
    expect(readdirSync(folder)).toEqual(['s']);
  });

  it('refuses to overwrite a folder that is no store', async () => {
    writeFileSync(join(folder, 'thesis.txt'), 'mine');
    await expect(writeMarketStore(folder, codedMarket())).rejects.toMatchObject({
      code: 'FILE_EXISTS',
      message: expect.stringContaining('thesis.txt'),
    });
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });

  it('leaves nothing behind when a write fails', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(writeMarketStore(join(folder, 'file', 's'), codedMarket())).rejects.toMatchObject({
      code: 'FILE_WRITE_FAILED',
    });
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.each([
    ['a session twice', (m: ReturnType<typeof codedMarket>) => m.bars.dates.fill(m.bars.dates[0], 1, 2), /ascending/],
    ['a symbol twice', (m: ReturnType<typeof codedMarket>) => (m.bars.symbols as string[]).fill('X'), /unique/],
  ])('refuses %s', async (_, damage, message) => {
    const market = codedMarket();
    damage(market);
    await expect(writeMarketStore(join(folder, 's'), market)).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringMatching(message),
    });
  });
});

describe('bad stores', () => {
  it('names a folder that does not exist', async () => {
    await expect(openMarketStore(join(folder, 'none'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it('tells a folder that is no store', async () => {
    await expect(openMarketStore(folder)).rejects.toMatchObject({
      code: 'STORE_INVALID',
      message: expect.stringContaining('store.json'),
    });
  });

  it.each([
    ['broken JSON', '{', /not valid JSON/],
    ['a foreign manifest', '{"format":"other"}', /format/],
  ])('tells %s', async (_, text, message) => {
    mkdirSync(join(folder, 's'));
    writeFileSync(join(folder, 's', 'store.json'), text);
    await expect(openMarketStore(join(folder, 's'))).rejects.toMatchObject({
      code: 'STORE_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('names a table that is missing or damaged', async () => {
    const dir = join(folder, 's');
    await writeMarketStore(dir, codedMarket());
    const bytes = readFileSync(join(dir, 'bars.parquet'));
    writeFileSync(join(dir, 'bars.parquet'), bytes.subarray(0, bytes.length / 2));
    const store = await openMarketStore(dir);
    await expect(store.readBars({ asOf: lastDay })).rejects.toMatchObject({
      code: 'STORE_INVALID',
      message: expect.stringMatching(/bars\.parquet: not a readable Parquet file/),
    });
    rmSync(join(dir, 'members.parquet'));
    await expect(openMarketStore(dir)).rejects.toMatchObject({
      code: 'STORE_INVALID',
      message: expect.stringContaining('members.parquet'),
    });
  });

  it('reads nothing dated for a caller who does not say as of when', async () => {
    await writeMarketStore(join(folder, 's'), codedMarket());
    const store = await openMarketStore(join(folder, 's'));
    const reads = Object.entries(store).filter(([name]) => name.startsWith('read') && name !== 'readTruth');
    expect(reads.map(([name]) => name).sort()).toEqual([
      'readActions',
      'readBars',
      'readBenchmark',
      'readCalendar',
      'readFundamentals',
      'readInstruments',
      'readMacro',
      'readMembers',
      'readNews',
      'readValuations',
    ]);
    for (const [name, read] of reads as [string, (...args: unknown[]) => Promise<unknown>][]) {
      for (const asOf of [undefined, Number.NaN, Number.POSITIVE_INFINITY, '2020-01-06']) {
        const args = name === 'readBenchmark' ? ['csi300', { asOf }] : [{ asOf }];
        await expect(read(...args), `${name} as of ${asOf}`).rejects.toMatchObject({
          code: 'ARGUMENT_INVALID',
          message: expect.stringContaining('asOf: found '),
        });
      }
    }
  });

  it('names the span it holds and the indices it has', async () => {
    await writeMarketStore(join(folder, 's'), codedMarket());
    const store = await openMarketStore(join(folder, 's'));
    await expect(store.readBars({ asOf: parseDay('2019-12-31') })).rejects.toMatchObject({
      code: 'DATE_OUT_OF_STORE',
      message: expect.stringContaining('2020-01-02 … 2020-01-10'),
    });
    await expect(store.readBenchmark('csi500', { asOf: lastDay })).rejects.toMatchObject({
      code: 'INDEX_UNKNOWN',
      message: expect.stringContaining('csi300'),
    });
  });
});
