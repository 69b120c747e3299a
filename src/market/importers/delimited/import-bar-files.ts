import { resolve } from 'node:path';
import { CandlenetError, formatDay, type ProgressSink, silentProgress } from '../../../util/index.js';
import { boardOf } from '../../boards.js';
import { type CleaningOptions, createFindingTally } from '../../cleaning/index.js';
import { absolute, said } from '../../import-record.js';
import { knownIndex } from '../../known-indices.js';
import { rulebookByName } from '../../rulebooks/index.js';
import type { BenchmarkSeries, DataFinding, MarketTables, MembershipSpell } from '../../types.js';
import { checkMembership } from '../check-membership.js';
import { describeInstruments } from '../describe-instruments.js';
import { readInstrumentNames } from '../instrument-names.js';
import { withoutStored } from '../known-part.js';
import { barPreset, recordedMap } from '../presets/index.js';
import { symbolCell } from './cells.js';
import { fillBars } from './fill-bars.js';
import { type GatheredSeries, gatherSeries } from './gather-series.js';
import { knownOnly } from './known-only.js';
import { type FileFormat, listFiles, stemOf } from './list-files.js';
import { type BarFile, readBarFile } from './read-bar-file.js';
import { readMembersFile } from './read-members.js';
import type { StoredBars } from './stored-bars.js';

export interface ImportBarFilesOptions {
  /** Which files of a folder are read; a single file is read as what it is. `csv` when left out. */
  readonly format?: FileFormat;
  /** `baostock`, `tushare`, `akshare`, `wind`, `tonghuashun`, `yahoo`; `plain` when left out. */
  readonly preset?: string;
  /** What differs from the preset: a YAML file, or headers such as `date=日期,close=收盘`. */
  readonly map?: string;
  readonly rulebook?: string;
  /** Name of the index whose members are the universe; `all` when left out. */
  readonly index?: string;
  /** CSV with symbol, from, to; left out, every instrument is a member while it has bars. */
  readonly membersFile?: string;
  /** Symbol among the files that is the benchmark; a known index has its own. */
  readonly benchmark?: string;
  /** Of a folder with a file a symbol, only these are read; all when left out. */
  readonly symbols?: readonly string[];
  /** Bars of the store that the files extend, whose factors they go on from. */
  readonly stored?: StoredBars;
  /** CSV in Tushare's columns that adds names, industries and listing dates. */
  readonly instrumentsFile?: string;
  readonly cleaning?: CleaningOptions;
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/**
 * Reads daily bars from a CSV or Parquet file or a folder of them, CSV plain or gzipped, in UTF-8 or GBK, one file a symbol
 * or one with a column of symbols. Missing marks of the vendors become NaN; prices, volumes and amounts come into currency and shares;
 * what is wrong is repaired or marked as in every importer, and counted in `findings`.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, ARGUMENT_INVALID, UNIVERSE_EMPTY, INTERRUPTED, what `readColumnMap` throws;
 *   TABLE_INVALID naming file, line or row, and column
 */
export async function importBarFiles(path: string, options: ImportBarFilesOptions = {}): Promise<MarketTables> {
  const preset = barPreset(options.preset ?? 'plain', options.map);
  const rulebook = rulebookByName(options.rulebook ?? preset.rulebook);
  const index = options.index ?? 'all';
  const names = options.instrumentsFile ? readInstrumentNames(options.instrumentsFile) : new Map();
  const spells = options.membersFile === undefined ? null : readMembersFile(options.membersFile, index);
  const files: BarFile[] = [];
  const wanted = options.symbols === undefined ? null : new Set(options.symbols);
  const paths = listFiles(path, options.format ?? 'csv').filter(
    (file) => wanted === null || wanted.has(symbolCell(stemOf(file), () => file)),
  );
  const task = (options.progress ?? silentProgress).start('Reading bars', paths.length, 'files');
  for (const [f, file] of paths.entries()) {
    await new Promise((done) => setImmediate(done));
    if (options.signal?.aborted) throw new CandlenetError('INTERRUPTED', 'import stopped: nothing was written');
    files.push(await readBarFile(file, preset));
    task.update(f + 1, file);
  }
  task.end();

  const gathered = gatherSeries(files, options.stored ?? null);
  const benchmark = benchmarkOf(gathered, index, options.benchmark);
  const stocks = new Map(
    [...gathered].filter(([symbol]) => symbol !== benchmark?.symbol && boardOf(symbol) !== 'index'),
  );
  if ([...stocks.values()].every(({ bars }) => bars.length === 0)) {
    throw new CandlenetError('UNIVERSE_EMPTY', `${path}: found no bar of an instrument, expected at least one`);
  }
  const tally = createFindingTally();
  const has = { amount: files.every((file) => file.hasAmount), st: files.some((file) => file.hasSt) };
  const bars = fillBars(stocks, has, rulebook, tally, options.cleaning);
  const before = createFindingTally();
  const known = new Set(options.stored?.symbols ?? []);
  if (options.stored) fillBars(knownOnly(stocks), has, rulebook, before, options.cleaning);
  if (!has.amount) {
    tally.count('amount-absent', () => bars.symbols[0], { cases: bars.close.filter((price) => price > 0).length });
  }
  const unflagged = bars.symbols.filter((symbol) => !gathered.get(symbol)!.file.hasSt);
  tally.count('st-absent', () => unflagged[0], { cases: unflagged.length });
  if (spells !== null) {
    checkMembership(index, spells, bars.dates, new Set([...bars.symbols, ...known]), tally);
  }
  describeInstruments(
    bars.symbols.filter((symbol) => known.has(symbol)),
    [],
    names,
    before,
  );
  if (benchmark === null) tally.count('benchmark-absent', () => `${index}: no file of its own series`);
  return {
    title: `${knownIndex(index)?.name ?? index} (${preset.name} files)`,
    source: `${preset.name} files ${resolve(path)}`,
    imports: [
      said({
        kind: 'files' as const,
        format: options.format ?? 'csv',
        table: 'bars',
        path: resolve(path),
        preset: preset.name,
        ...recordedMap(options.map),
        index: options.index,
        benchmark: options.benchmark,
        rulebook: options.rulebook,
        symbols: options.symbols?.slice(),
        membersFile: absolute(options.membersFile),
        instrumentsFile: absolute(options.instrumentsFile),
        cleaning: options.cleaning,
      }),
    ],
    rulebook: rulebook.name,
    bars,
    instruments: describeInstruments([...bars.symbols, ...(benchmark ? [benchmark.symbol] : [])], [], names, tally),
    members: spells ?? membersFromBars(stocks, index),
    membersAssumed: spells === null,
    benchmarks: benchmark ? [benchmark.series] : [],
    findings: [
      ...withoutStored(tally.findings(), before.findings()),
      ...sourceFindings(stocks, spells, (symbol) => !known.has(symbol)),
    ],
    ...(options.stored ? { findingsAreNew: true } : {}),
    placeOf: (table, key) => (table === 'bars' ? placeOf(gathered, key) : null),
  };
}

function placeOf(gathered: ReadonlyMap<string, GatheredSeries>, key: string): string | null {
  const [symbol, date] = key.split(' ');
  const series = gathered.get(symbol);
  const bar = series?.bars.find((one) => formatDay(one.date) === date);
  return series && bar && bar.line > 0 ? series.file.place(bar.line) : null;
}

function benchmarkOf(gathered: ReadonlyMap<string, GatheredSeries>, index: string, asked: string | undefined) {
  const symbol = asked === undefined ? knownIndex(index)?.symbol : symbolCell(asked, () => 'benchmark');
  const found = symbol === undefined ? undefined : gathered.get(symbol);
  if (symbol === undefined || found === undefined || found.bars.length === 0) {
    if (asked === undefined) return null;
    throw new CandlenetError('ARGUMENT_INVALID', `benchmark: found "${asked}", expected a symbol that has bars`);
  }
  const { bars } = found;
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') => Float64Array.from(bars, (bar) => bar[name]);
  const series: BenchmarkSeries = {
    index,
    name: knownIndex(index)?.name ?? symbol,
    kind: 'price',
    dates: Int32Array.from(bars, ({ date }) => date),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
  return { symbol, series };
}

function membersFromBars(stocks: ReadonlyMap<string, GatheredSeries>, index: string): MembershipSpell[] {
  return [...stocks]
    .filter(([, { bars }]) => bars.length > 0)
    .map(([symbol, { bars }]) => ({ index, symbol, from: bars[0].date, to: bars[bars.length - 1].date }));
}

function sourceFindings(
  stocks: ReadonlyMap<string, GatheredSeries>,
  spells: readonly MembershipSpell[] | null,
  isNew: (symbol: string) => boolean,
): DataFinding[] {
  const unknown = [...stocks]
    .filter(([symbol, { factorKnown }]) => !factorKnown && isNew(symbol))
    .map(([symbol]) => symbol);
  const adjusted = [...stocks].filter(([, series]) => series.adjusted > 0);
  const recovered = [...stocks].filter(([, series]) => series.recovered > 0);
  const assumed = spells === null ? [...stocks.keys()].filter(isNew) : [];
  return [
    {
      kind: 'factor-unknown',
      title: 'Instruments whose source does not say what adjusts their prices',
      count: unknown.length,
      example: unknown[0] ?? '',
      action: 'factor 1: dividends and splits stay in the returns',
    },
    {
      kind: 'prices-adjusted',
      title: 'Bars whose prices the source has adjusted, beyond telling what was traded at',
      count: adjusted.reduce((sum, [, series]) => sum + series.adjusted, 0),
      example: adjusted[0]?.[0] ?? '',
      action: 'taken as traded, factor 1: returns are right, money per share is not',
    },
    {
      kind: 'prices-recovered',
      title: 'Bars whose traded prices are worked out from adjusted ones',
      count: recovered.reduce((sum, [, series]) => sum + series.recovered, 0),
      example: recovered[0]?.[0] ?? '',
      action:
        'adjusted price ÷ factor, which between two ex-days is the one number that makes every price whole ticks and the mean price paid one between low and high',
    },
    {
      kind: 'members-assumed',
      title: 'Instruments taken as members because no membership was given',
      count: assumed.length,
      example: assumed[0] ?? '',
      action: 'a member from its first bar to its last: results are biased towards survivors',
    },
  ];
}
