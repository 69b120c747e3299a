import { FEATURE_COLUMNS } from '../../features/index.js';
import {
  barCoverage,
  CLEANING_MASKS,
  type CleaningMask,
  indexCoverage,
  SCREENING_REASONS,
  type Screening,
} from '../../market/index.js';
import type { MarketDataReport } from '../../report/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { readDatedTables, tableOne } from '../data-report/index.js';
import type { Services } from '../services.js';
import type { Studied } from './study.js';

/** What the run saw, in figures: of the market as known on the last day of its test period. */
export async function dataSection(
  prepared: Studied,
  config: ExperimentConfig,
  services: Services,
): Promise<MarketDataReport> {
  const { store, bars, instruments, screening } = prepared;
  const found = barCoverage(bars, instruments);
  const asOf = bars.dates[bars.dates.length - 1];
  const coverage = indexCoverage(await store.readMembers({ asOf }), config.market.index, bars);
  const { dates, members, withBars } = coverage.daily;
  return {
    table: await tableOne(store, bars, found, await readDatedTables(store, asOf), services),
    stockDays: found.stockDays,
    suspended: found.suspended,
    missing: found.missingBars,
    cleaning: Object.entries(CLEANING_MASKS).map(([mask, { outcome, title }]) => ({
      mask,
      outcome,
      title,
      stockDays: found.masks[mask as CleaningMask],
    })),
    extremes: found.extremes,
    coverage: {
      dates,
      share: Float64Array.from(members, (count, t) => withBars[t] / count),
      meanShare: coverage.meanShare,
      membersWithoutBars: coverage.withoutBars.length,
    },
    screening: screening && screeningOf(screening),
    groups: featureGroups(prepared),
    maxMissing: config.features.maxMissing,
  };
}

function screeningOf({ before, after, counts }: Screening): MarketDataReport['screening'] {
  return { before, after, counts: counts.map((one) => ({ ...one, title: SCREENING_REASONS[one.reason] })) };
}

function featureGroups({ columns, columnGaps }: Studied): MarketDataReport['groups'] {
  const groupOf = new Map<string, string>([...FEATURE_COLUMNS, ...columns].map(({ name, group }) => [name, group]));
  const used = new Set(columns.map(({ name }) => name));
  const gaps = columnGaps.map((column) => ({ ...column, group: groupOf.get(column.name) ?? 'expression' }));
  return [...new Set(gaps.map(({ group }) => group))].map((group) => {
    const own = gaps.filter((column) => column.group === group);
    const kept = own.filter(({ name }) => used.has(name));
    const missing = kept.reduce((sum, column) => sum + column.missing, 0);
    const rows = kept.reduce((sum, column) => sum + column.rows - column.warmUp, 0);
    const worst = kept.reduce<(typeof kept)[number] | null>(
      (most, column) => (column.missing > 0 && !(column.missingShare <= (most?.missingShare ?? 0)) ? column : most),
      null,
    );
    return {
      group,
      used: kept.length,
      leftOut: own.filter(({ name }) => !used.has(name)).map(({ name, missingShare }) => ({ name, missingShare })),
      missingShare: missing / rows,
      worst: worst && { name: worst.name, missingShare: worst.missingShare },
    };
  });
}
