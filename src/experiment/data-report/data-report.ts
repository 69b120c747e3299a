import {
  type BarCoverage,
  barCoverage,
  type DataFinding,
  type IndexCoverage,
  indexCoverage,
  openMarketStore,
  type ScreeningCount,
  type ScreeningRules,
  screenUniverse,
  universeMask,
} from '../../market/index.js';
import { formatCount } from '../../util/index.js';
import { breathe, type Services } from '../services.js';
import { type TableOneRow, tableOne } from './table-one.js';

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
  readonly table: readonly TableOneRow[];
  readonly bars: BarCoverage;
  readonly coverage: readonly IndexCoverage[];
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
  return {
    store: dir,
    title: manifest.title,
    source: manifest.source,
    from: manifest.from,
    to: manifest.to,
    sessions: manifest.sessions,
    stocks: manifest.symbols,
    contentHash: manifest.contentHash,
    table: await tableOne(store, bars, found, services),
    bars: found,
    coverage,
    screeningRules: PAPER_SCREENING,
    screening,
    findings: manifest.findings,
  };
}
