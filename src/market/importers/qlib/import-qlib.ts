import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  CandlenetError,
  type Day,
  formatDay,
  type ProgressSink,
  sessionsBetween,
  silentProgress,
} from '../../../util/index.js';
import { boardOf } from '../../boards.js';
import { type CleaningOptions, createFindingTally } from '../../cleaning/index.js';
import { absolute, said } from '../../import-record.js';
import { type KnownIndex, knownIndex } from '../../known-indices.js';
import { rulebookByName } from '../../rulebooks/index.js';
import type { MarketTables } from '../../types.js';
import { checkMembership } from '../check-membership.js';
import { describeInstruments } from '../describe-instruments.js';
import { readInstrumentNames } from '../instrument-names.js';
import { readBenchmark } from './benchmark.js';
import { readMembership } from './membership.js';
import { readQlibBars } from './read-bars.js';
import { readQlibCalendar } from './read-calendar.js';
import { hasQlibFeatures } from './read-features.js';
import { qlibInstrumentFiles, readQlibInstruments } from './read-instruments.js';

export interface ImportQlibOptions {
  /** Only the members, past and present, of this index; left out, everything in `all.txt` and every index there is. */
  readonly index?: string;
  /** Period to import; the whole calendar when left out. */
  readonly from?: Day;
  readonly to?: Day;
  /** CSV in Tushare's columns that adds names, industries and listing dates. */
  readonly instrumentsFile?: string;
  readonly cleaning?: CleaningOptions;
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/** Qlib's own data are the Chinese market's. */
const RULEBOOK = 'cn-a-share';
/** The instruments file that is a list of listings, not of an index. */
const ALL = 'all';

/**
 * Reads a folder in Qlib's binary layout: `calendars/day.txt`, `instruments/*.txt`, `features/<symbol>/<field>.day.bin`.
 * Its prices are back-adjusted: raw price = price ÷ factor. Volume is taken as raw shares. What is wrong with the source
 * is repaired or marked in time order, and counted in `findings`.
 * @throws FILE_NOT_FOUND, QLIB_CALENDAR_INVALID, QLIB_CALENDAR_ORDER, QLIB_INSTRUMENTS_INVALID, QLIB_BIN_TRUNCATED,
 *   QLIB_BIN_RANGE, INDEX_UNKNOWN, DATE_OUT_OF_STORE, UNIVERSE_EMPTY, TABLE_INVALID (names), INTERRUPTED
 */
export async function importQlib(dir: string, options: ImportQlibOptions = {}): Promise<MarketTables> {
  if (!existsSync(dir)) throw new CandlenetError('FILE_NOT_FOUND', `${dir}: Qlib folder not found`);
  const calendar = readQlibCalendar(dir);
  const from = options.from ?? calendar[0];
  const to = options.to ?? calendar[calendar.length - 1];
  const span = sessionsBetween(calendar, from, to, `${dir}: period`);
  const dates = calendar.slice(span.start, span.end);
  const indices = options.index ? [options.index] : qlibInstrumentFiles(dir).filter((name) => name !== ALL);
  const memberships = indices.map((index) => readMembership(dir, index, dates));
  const facts = options.instrumentsFile ? readInstrumentNames(options.instrumentsFile) : new Map();

  const listed = options.index ? [] : readQlibInstruments(dir, ALL).map(({ symbol }) => symbol);
  const wanted = new Set([...listed, ...memberships.flat().map(({ symbol }) => symbol)]);
  const symbols = [...wanted].filter((symbol) => boardOf(symbol) !== 'index' && hasQlibFeatures(dir, symbol)).sort();
  const tally = createFindingTally();
  const bars = await readQlibBars(symbols, {
    dir,
    calendar,
    span,
    rulebook: rulebookByName(RULEBOOK),
    tally,
    cleaning: options.cleaning,
    progress: options.progress ?? silentProgress,
    signal: options.signal,
  });

  tally.count('st-absent', () => bars.symbols[0], { cases: bars.symbols.length });
  const covered = new Set(bars.symbols);
  for (const [i, index] of indices.entries()) checkMembership(index, memberships[i], dates, covered, tally);
  const benchmarks = indices
    .map(knownIndex)
    .filter((index): index is KnownIndex => index !== null && hasQlibFeatures(dir, index.symbol));
  for (const index of indices) {
    if (benchmarks.some((known) => known.index === knownIndex(index)?.index)) continue;
    tally.count('benchmark-absent', () => `${index}: no folder of ${knownIndex(index)?.symbol ?? 'a known index'}`);
  }
  return {
    title: `${options.index ? (knownIndex(options.index)?.name ?? options.index) : 'Qlib'} (Qlib)`,
    source: `Qlib folder ${resolve(dir)}`,
    imports: [
      said({
        kind: 'qlib' as const,
        path: resolve(dir),
        index: options.index,
        from: options.from === undefined ? undefined : formatDay(options.from),
        instrumentsFile: absolute(options.instrumentsFile),
        cleaning: options.cleaning,
      }),
    ],
    rulebook: RULEBOOK,
    bars,
    instruments: describeInstruments(bars.symbols, benchmarks, facts, tally),
    members: memberships.flat(),
    benchmarks: benchmarks.map((index) => readBenchmark(dir, index, calendar, span)),
    findings: tally.findings(),
  };
}
