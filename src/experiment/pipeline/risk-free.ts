import { type MacroTable, type MarketStore, RISK_FREE_SERIES } from '../../market/index.js';
import { type AnnualBasis, mean, sessionRate } from '../../stats/index.js';
import type { Day } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';

/** What money earned without risk over a period. */
export interface RiskFree {
  /** Annual yield of each session, as known at the close before it. */
  readonly annual: Float64Array;
  /** Their mean; 0 where the store has no yield. */
  readonly meanAnnual: number;
  /** Why it is 0, or where it comes from, as a sentence. */
  readonly note: string;
}

/** Calendar days after which a yield that nothing followed is no longer one. */
const STALE_DAYS = 60;

/**
 * The store's one-year government yield over sessions; 0 throughout, and said, where it has none for one of them.
 * @param dates the sessions of the period, and the one before first
 */
export async function readRiskFree(store: MarketStore, dates: Int32Array): Promise<RiskFree> {
  const table = await store.readMacro({ asOf: dates[dates.length - 1] });
  return riskFreeOf(table, dates);
}

/** @param dates the sessions of the period, and the one before first */
export function riskFreeOf(table: MacroTable | null, dates: Int32Array): RiskFree {
  const days = dates.subarray(0, dates.length - 1);
  const yields = yieldsAsOf(table, days);
  const missing = yields.findIndex(Number.isNaN);
  if (missing >= 0) {
    const why = yields.every(Number.isNaN)
      ? 'The store has no government yield'
      : 'The store’s one-year government yield does not cover the test period';
    return { annual: yields.fill(0), meanAnnual: 0, note: `${why}: the risk-free rate is 0.` };
  }
  const meanAnnual = mean(yields);
  const note = `The risk-free rate is the store’s one-year government yield (${RISK_FREE_SERIES}) as known before each session; its mean over the test period is ${(100 * meanAnnual).toFixed(2)} %.`;
  return { annual: yields, meanAnnual, note };
}

/** The latest value known on each day, a fraction; NaN where there is none, or only one long stale. */
function yieldsAsOf(table: MacroTable | null, days: Int32Array): Float64Array {
  const rows = table === null ? [] : rowsOf(table);
  let next = 0;
  let latest = { end: Number.NEGATIVE_INFINITY, value: Number.NaN };
  return Float64Array.from(days, (day) => {
    while (next < rows.length && rows[next].released <= day) {
      const row = rows[next++];
      if (row.end >= latest.end) latest = row;
    }
    return day - latest.end <= STALE_DAYS ? latest.value / 100 : Number.NaN;
  });
}

function rowsOf({ length, columns }: MacroTable): { released: Day; end: Day; value: number }[] {
  return Array.from({ length }, (_, row) => row)
    .filter((row) => columns.series[row] === RISK_FREE_SERIES && Number.isFinite(columns.value[row]))
    .map((row) => ({ released: columns.released[row], end: columns.period_end[row], value: columns.value[row] }))
    .sort((a, b) => a.released - b.released || a.end - b.end);
}

/** Sessions per year and the mean risk-free rate, on which a run's measures are annualised. */
export function basisOf({ riskFree }: { readonly riskFree: RiskFree }, { backtest }: ExperimentConfig): AnnualBasis {
  return { sessionsPerYear: backtest.sessionsPerYear, riskFree: riskFree.meanAnnual };
}

/** Rate of each session that compounds to the yield of a year. */
export function sessionRates({ annual }: RiskFree, sessionsPerYear: number): Float64Array {
  return annual.map((riskFree) => sessionRate({ riskFree, sessionsPerYear }));
}
