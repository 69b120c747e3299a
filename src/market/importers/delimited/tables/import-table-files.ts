import { resolve } from 'node:path';
import type { RowOf, TableSchema } from '../../../../tables/index.js';
import { CandlenetError, type ProgressSink, silentProgress } from '../../../../util/index.js';
import { said } from '../../../import-record.js';
import { marketZone } from '../../../session-clock.js';
import {
  actionsSchema,
  benchmarkSchema,
  fundamentalsSchema,
  instrumentsSchema,
  macroSchema,
  membersSchema,
  newsSchema,
  valuationsSchema,
} from '../../../store-schema.js';
import { tableToActions, tableToBenchmarks, tableToInstruments, tableToMembers } from '../../../store-tables.js';
import type { MarketPart } from '../../../types.js';
import {
  type FactTable,
  namesOf,
  readColumnMap,
  recordedMap,
  TABLE_COLUMNS,
  tablePreset,
  withColumnMap,
} from '../../presets/index.js';
import { type FileFormat, listFiles } from '../list-files.js';
import { createRowReader, type RowReader } from '../row-reader.js';
import { readSourceText } from '../source-text.js';
import { readDisclosures, readMacroValues, readNewsItem, readRatios } from './facts.js';
import { readAction, readInstrument, readLevel, readMember } from './listings.js';
import { createRowCollector, type OnConflict, type RowCollector } from './row-collector.js';
import { type FindingSubject, type StoredTables, storedRows } from './stored-rows.js';
import { createTableTally } from './table-tally.js';

export interface ImportTableOptions {
  readonly format?: FileFormat;
  readonly preset?: string;
  /** What differs from the preset: a YAML file, or headers such as `announced=公告日期`. */
  readonly map?: string;
  /** Index of members and benchmark levels that do not name theirs; `all` when left out. */
  readonly index?: string;
  /** Rulebook of the market, which says in what zone a time without one is read; `cn-a-share` when left out. */
  readonly rulebook?: string;
  /** What a row does that contradicts another row of the files; it is refused when left out. */
  readonly onConflict?: OnConflict;
  /** Tables of the store that the files extend: what is odd about rows it has was counted when they came. */
  readonly stored?: StoredTables;
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/** Of files that name no market. */
const DEFAULT_RULEBOOK = 'cn-a-share';

/**
 * Reads one table other than bars from a CSV or Parquet file or a folder of them: a part of a market, to join a store.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE, ARGUMENT_INVALID, INTERRUPTED, what `readColumnMap` throws;
 *   TABLE_INVALID naming file, line or row, and column
 */
export async function importTableFiles(
  path: string,
  table: FactTable,
  options: ImportTableOptions = {},
): Promise<MarketPart> {
  const preset = tablePreset(options.preset ?? 'plain', table);
  const { layout } = preset;
  const mapped = options.map === undefined ? layout : withColumnMap(layout, readColumnMap(options.map, namesOf(table)));
  const required = TABLE_COLUMNS[table].filter((name) => !name.endsWith('?'));
  const sheets: RowReader[] = [];
  const paths = listFiles(path, options.format ?? 'csv');
  const task = (options.progress ?? silentProgress).start(`Reading ${table}`, paths.length, 'files');
  for (const [f, file] of paths.entries()) {
    await new Promise((done) => setImmediate(done));
    if (options.signal?.aborted) throw new CandlenetError('INTERRUPTED', 'import stopped: nothing was written');
    sheets.push(createRowReader(await readSourceText(file, mapped, `CSV of ${table}`), mapped, required));
    task.update(f + 1, file);
  }
  task.end();
  const part = readTable(table, sheets, options);
  const record = said({
    kind: 'files' as const,
    format: options.format ?? 'csv',
    table,
    path: resolve(path),
    preset: preset.name,
    ...recordedMap(options.map),
    index: options.index,
    rulebook: options.rulebook,
  });
  return { source: `${preset.name} files ${resolve(path)}`, imports: [record], ...part };
}

type Read = Omit<MarketPart, 'source'>;

function subjectOf(row: Readonly<Record<string, unknown>>): FindingSubject {
  const day = row.announced ?? row.date ?? row.period_end ?? row.ex_date;
  return { name: String(row.symbol ?? row.series ?? ''), ...(typeof day === 'number' ? { day } : {}) };
}

function readTable(table: FactTable, sheets: readonly RowReader[], options: ImportTableOptions): Read {
  const tally = createTableTally(storedRows(table, options.stored));
  const { index = 'all', rulebook = DEFAULT_RULEBOOK, onConflict = 'refuse' } = options;
  function collect<S extends TableSchema>(
    schema: S,
    key: readonly (keyof S & string)[],
    rowsOf: (rows: RowReader, r: number) => Iterable<RowOf<S>>,
  ): RowCollector<S> {
    const collector = createRowCollector(table, schema, key, onConflict);
    for (const rows of sheets) {
      for (let r = 0; r < rows.length; r++) {
        for (const row of rowsOf(rows, r)) {
          const isRepeated = collector.add(row, () => rows.place(r));
          if (isRepeated) tally.count('row-repeated', subjectOf(row), () => rows.place(r));
        }
      }
    }
    const all = collector.table();
    if (all.length === 0) {
      throw new CandlenetError('TABLE_INVALID', `${sheets[0].path}: found no row of ${table}, expected at least one`);
    }
    return collector;
  }
  const part = <S extends TableSchema>(collector: RowCollector<S>, tables: Omit<Read, 'findings'>): Read => ({
    ...tables,
    findings: tally.findings(),
    placeOf: (name, key) => (name === table ? collector.placeOf(key) : null),
  });
  switch (table) {
    case 'fundamentals': {
      const read = collect(fundamentalsSchema, ['symbol', 'field', 'announced', 'period_end'], (rows, r) =>
        readDisclosures(rows, r, tally),
      );
      return part(read, { fundamentals: read.table() });
    }
    case 'valuations': {
      const read = collect(valuationsSchema, ['symbol', 'date'], (rows, r) => readRatios(rows, r, tally));
      return part(read, { valuations: read.table() });
    }
    case 'macro': {
      const read = collect(macroSchema, ['series', 'released', 'period_end'], (rows, r) =>
        readMacroValues(rows, r, tally),
      );
      return part(read, { macro: read.table() });
    }
    case 'news': {
      const zone = marketZone(rulebook);
      const read = collect(newsSchema, ['symbol', 'published', 'title', 'body'], (rows, r) =>
        readNewsItem(rows, r, zone),
      );
      return part(read, { news: read.table() });
    }
    case 'instruments': {
      const read = collect(instrumentsSchema, ['symbol'], readInstrument);
      return part(read, { instruments: tableToInstruments(read.table()) });
    }
    case 'members': {
      const read = collect(membersSchema, ['index', 'symbol', 'from'], (rows, r) => readMember(rows, r, index));
      return part(read, { members: tableToMembers(read.table()) });
    }
    case 'benchmark': {
      const read = collect(benchmarkSchema, ['index', 'date'], (rows, r) => readLevel(rows, r, index));
      return part(read, { benchmarks: tableToBenchmarks(read.table()) });
    }
    case 'actions': {
      const read = collect(actionsSchema, ['symbol', 'ex_date'], (rows, r) => readAction(rows, r, tally));
      return part(read, { actions: tableToActions(read.table()) });
    }
  }
}
