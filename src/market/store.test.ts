import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDay } from '../util/index.js';
import { codedMarket } from './coded-market.fixture.js';
import { openMarketStore } from './store.js';
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
