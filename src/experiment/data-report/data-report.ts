import {
  type BarCoverage,
  barCoverage,
  type DataFinding,
  type IndexCoverage,
  type Instrument,
  indexCoverage,
  openMarketStore,
  type ScreeningCount,
  type ScreeningRules,
  type StoreManifest,
  screenUniverse,
  universeMask,
} from '../../market/index.js';
import type { DataTypeReport } from '../../report/index.js';
import { formatCount, formatDay } from '../../util/index.js';
import { breathe, type Services } from '../services.js';
import { type FundamentalFields, fundamentalFields } from './fundamental-fields.js';
import { readDatedTables, tableOne } from './table-one.js';

/** The paper’s screening (3.1), decided as of each date. */
const PAPER_SCREENING: ScreeningRules = {
  minListedYears: 3,
  suspension: { windowDays: 60, maxSessions: 20 },
  specialTreatment: true,
};

export interface DataReportOptions {
  /** The index whose coverage is told; by default every index with membership. */
  readonly index?: string;
}

/** What the screening rules would drop from an index. */
export interface IndexScreening {
  readonly index: string;
  /** Stock-days of the index before and after. */
  readonly before: number;
  readonly after: number;
  readonly counts: readonly ScreeningCount[];
  readonly notes: readonly string[];
}

/** The coverage of an index, with its sessions as YYYY-MM-DD, members, and members with a bar. */
export interface DatedCoverage extends Omit<IndexCoverage, 'daily'> {
  readonly daily: readonly (readonly [date: string, members: number, withBars: number])[];
}

/** What a market store holds, what it lacks and what was repaired. Shares are fractions. */
export interface DataReport {
  readonly store: string;
  readonly title: string;
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly sessions: number;
  readonly stocks: number;
  readonly contentHash: string;
  /** Table 1 of the paper. */
  readonly table: readonly DataTypeReport[];
  readonly bars: BarCoverage;
  /** Fundamentals of the feature set that are there and that are not. */
  readonly fundamentals: FundamentalFields;
  /** Parts of a run that would be off because the store lacks what they need. */
  readonly off: readonly { readonly what: string; readonly why: string }[];
  readonly coverage: readonly DatedCoverage[];
  readonly screeningRules: ScreeningRules;
  readonly screening: readonly IndexScreening[];
  readonly findings: readonly DataFinding[];
}

/** Looks through a whole store. @throws STORE_INVALID, FILE_NOT_FOUND, INDEX_UNKNOWN */
export async function dataReport(dir: string, options: DataReportOptions, services: Services): Promise<DataReport> {
  const store = await openMarketStore(dir);
  const { manifest } = store;
  const asOf = store.lastDay;
  const task = services.progress.start('Reading the market');
  const bars = await store.readBars({ asOf });
  const instruments = await store.readInstruments({ asOf });
  const members = await store.readMembers({ asOf });
  task.end(`${formatCount(bars.symbols.length)} stocks`);
  await breathe(services.signal);
  const indices = options.index === undefined ? manifest.memberIndices : [options.index];
  const coverage = indices.map((index) => indexCoverage(members, index, bars));
  const withBars = coverage.filter(({ meanShare }) => meanShare > 0);
  const screening = withBars.map(({ index }): IndexScreening => {
    const { mask: _, ...told } = screenUniverse(universeMask(members, index, bars), bars, instruments, PAPER_SCREENING);
    return { index, ...told };
  });
  await breathe(services.signal);
  const found = barCoverage(bars, instruments);
  const dated = await readDatedTables(store, asOf);
  return {
    store: dir,
    title: manifest.title,
    source: manifest.source,
    from: manifest.from,
    to: manifest.to,
    sessions: manifest.sessions,
    stocks: manifest.symbols,
    contentHash: manifest.contentHash,
    table: await tableOne(store, bars, found, dated, services),
    bars: found,
    fundamentals: fundamentalFields(dated),
    off: offParts(manifest, instruments),
    coverage: coverage.map(withDates),
    screeningRules: PAPER_SCREENING,
    screening,
    findings: manifest.findings,
  };
}

function withDates({ daily: { dates, members, withBars }, ...told }: IndexCoverage): DatedCoverage {
  return { ...told, daily: Array.from(dates, (date, t) => [formatDay(date), members[t], withBars[t]] as const) };
}

function offParts(manifest: StoreManifest, instruments: readonly Instrument[]): DataReport['off'] {
  const { hasAmount, hasSt, tables, benchmarkIndices } = manifest;
  const undated = instruments.every(({ listDate }) => listDate === null);
  const parts: readonly (readonly [lacks: boolean, what: string, why: string])[] = [
    [!hasAmount, 'the amount feature', 'bars have no amount'],
    [!hasSt, 'the ±5 % limit of ST shares and screening of special treatment', 'no flag of special treatment'],
    [undated, 'screening by age, and the rules of the first sessions of a listing', 'no listing date'],
    [!tables.actions, 'dividends and splits as stated', 'no corporate actions; changes of the factor are reinvested'],
    [!tables.fundamentals, 'fundamentals', 'no disclosures'],
    [!tables.valuations, 'daily ratios and the value strategy', 'no daily ratios'],
    [!tables.macro, 'macro series', 'none in the store'],
    [!tables.news, 'news features', 'no news in the store'],
    [benchmarkIndices.length === 0, 'an experiment', 'no index has a series of its own to measure against'],
  ];
  return parts.filter(([lacks]) => lacks).map(([, what, why]) => ({ what, why }));
}
