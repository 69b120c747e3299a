import { type Day, formatDay, type ProgressSink, parseDay } from '../../util/index.js';
import type { ImportRecord } from '../import-record.js';
import {
  type FactTable,
  importBarFiles,
  importQlib,
  importTableFiles,
  importTushare,
  importYahoo,
  type KnownPart,
  type SourceOptions,
} from '../importers/index.js';
import type { ConflictPolicy } from '../merge/index.js';
import type { MarketPart, MarketTables } from '../types.js';

/** What asking the sources of a store again takes besides its records. */
export interface AskingOptions {
  /** Last day wanted of sources that take a period: Qlib, Tushare and Yahoo. */
  readonly to?: Day;
  /** Last day asked for over HTTP where `to` is left out; a session that still runs would be taken for a whole one. */
  readonly lastWholeDay: Day;
  /** Token of the Tushare account, asked for when a record needs it. */
  readonly tushareToken: () => string;
  /** What sources over HTTP can be told; `baseUrl` stands before the recorded one. */
  readonly http?: Omit<SourceOptions, 'progress' | 'signal'>;
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/** Sessions of two years and their holidays: a year to join, and a year before that by which it is judged. */
const ASKED_AGAIN_DAYS = 800;
const JOINED_DAYS = 400;

export const isHttp = ({ kind }: ImportRecord): boolean => kind === 'tushare' || kind === 'yahoo';
export const takesPeriod = (record: ImportRecord): boolean => isHttp(record) || record.kind === 'qlib';

/** The source of a record in a few words. */
export function sourceInWords(record: ImportRecord): string {
  switch (record.kind) {
    case 'qlib':
      return `Qlib folder ${record.path}`;
    case 'files':
      return `${record.preset} files ${record.path} (${record.table})`;
    case 'tushare':
      return `Tushare Pro (${record.index})`;
    case 'yahoo':
      return `Yahoo (${record.symbols.length} symbols)`;
  }
}

/**
 * Asks the source of a record again: files are read whole, sources over HTTP are asked for what came since the last session of
 * the store, with as much before it as shows whether they have changed it.
 * @throws what the importer throws
 */
export function askAgain(
  record: ImportRecord,
  store: MarketTables,
  onConflict: ConflictPolicy,
  { to, lastWholeDay, tushareToken, http = {}, progress, signal }: AskingOptions,
): Promise<MarketPart> {
  const watched = { progress, signal };
  switch (record.kind) {
    case 'qlib': {
      const { kind: _, path, from, onConflict: __, ...options } = record;
      return importQlib(path, { ...options, from: from === undefined ? undefined : parseDay(from), to, ...watched });
    }
    case 'files': {
      const { kind: _, path, table, map, mapFile, onConflict: __, ...options } = record;
      const read = { ...options, map: mapFile ?? map, rulebook: store.rulebook, ...watched };
      if (table === 'bars') return importBarFiles(path, { ...read, stored: store.bars });
      return importTableFiles(path, table as FactTable, { ...read, onConflict, stored: store });
    }
    case 'tushare': {
      const { kind: _, from, onConflict: __, ...options } = record;
      const period = { from: parseDay(from), to: to ?? lastWholeDay };
      const known = knownOf(store, period.from);
      return importTushare({ token: tushareToken(), ...options, ...http, ...period, known, ...watched });
    }
    case 'yahoo': {
      const { kind: _, from, onConflict: __, ...options } = record;
      const period = { from: parseDay(from), to: to ?? lastWholeDay };
      return importYahoo({ ...options, ...http, ...period, known: knownOf(store, period.from), ...watched });
    }
  }
}

function knownOf({ bars, findings }: MarketTables, first: Day): KnownPart {
  const last = bars.dates[bars.dates.length - 1];
  return {
    symbols: new Set(bars.symbols),
    from: Math.max(first, startOfQuarter(last - ASKED_AGAIN_DAYS)),
    joinFrom: last - JOINED_DAYS,
    last,
    findings: new Set(findings.map(({ kind }) => kind)),
  };
}

/** Numbers of shares are facts once a quarter, from its first session. */
function startOfQuarter(day: Day): Day {
  const [year, month] = formatDay(day).split('-');
  const first = String(3 * Math.floor((Number(month) - 1) / 3) + 1).padStart(2, '0');
  return parseDay(`${year}-${first}-01`);
}
