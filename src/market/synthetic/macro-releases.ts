import { createTableBuilder, type Table } from '../../tables/index.js';
import { createRng, type Day, monthOf, parseDay, type Rng } from '../../util/index.js';
import { RISK_FREE_SERIES } from '../macro-series.js';
import { macroSchema } from '../store-schema.js';

/** How a series swings about its level, and when it comes out. */
interface SeriesSetting {
  readonly series: string;
  readonly level: number;
  /** Long-run standard deviation. */
  readonly spread: number;
  /** Correlation of a period with the one before. */
  readonly memory: number;
  /** Months in a period; 0 for every session. */
  readonly months: 0 | 1 | 3;
  /** Days from the end of the period to the release, earliest and latest. */
  readonly lag: readonly [number, number];
  /** Chance that a value is revised with the next release. */
  readonly revised: number;
  /** January is told together with February, as the NBS does for the Spring Festival's sake. */
  readonly skipsJanuary?: boolean;
}

/**
 * Release lags in the manner of the calendars of the National Bureau of Statistics (PMI on the last day of the month, prices about the 9th to
 * 12th, activity about the 14th to 18th, GDP some 16 to 20 days after the quarter), the central bank (10th to 15th) and customs (7th to 14th).
 */
export const SERIES: readonly SeriesSetting[] = [
  { series: RISK_FREE_SERIES, level: 2.4, spread: 0.5, memory: 0.998, months: 0, lag: [0, 0], revised: 0 },
  { series: 'cpi', level: 2, spread: 1, memory: 0.93, months: 1, lag: [9, 12], revised: 0 },
  { series: 'exports_growth', level: 6, spread: 8, memory: 0.7, months: 1, lag: [7, 14], revised: 0.1 },
  { series: 'gdp_growth', level: 6, spread: 1, memory: 0.85, months: 3, lag: [16, 20], revised: 0.3 },
  { series: 'imports_growth', level: 5, spread: 9, memory: 0.7, months: 1, lag: [7, 14], revised: 0.1 },
  {
    series: 'investment_growth',
    level: 7,
    spread: 3,
    memory: 0.95,
    months: 1,
    lag: [14, 18],
    revised: 0.1,
    skipsJanuary: true,
  },
  { series: 'm0_growth', level: 6, spread: 2.5, memory: 0.8, months: 1, lag: [10, 15], revised: 0 },
  { series: 'm1_growth', level: 7, spread: 4, memory: 0.94, months: 1, lag: [10, 15], revised: 0 },
  { series: 'm2_growth', level: 9.5, spread: 1.5, memory: 0.95, months: 1, lag: [10, 15], revised: 0 },
  { series: 'new_loans', level: 13_500, spread: 5000, memory: 0.2, months: 1, lag: [10, 15], revised: 0 },
  { series: 'pmi', level: 50.3, spread: 0.9, memory: 0.85, months: 1, lag: [0, 0], revised: 0 },
  { series: 'ppi', level: 1, spread: 4, memory: 0.97, months: 1, lag: [9, 12], revised: 0 },
  {
    series: 'retail_sales_growth',
    level: 7,
    spread: 3,
    memory: 0.85,
    months: 1,
    lag: [14, 18],
    revised: 0.1,
    skipsJanuary: true,
  },
  { series: 'shibor_3m', level: 2.8, spread: 0.7, memory: 0.997, months: 0, lag: [0, 0], revised: 0 },
  { series: 'social_financing', level: 20_000, spread: 8000, memory: 0.2, months: 1, lag: [10, 15], revised: 0.1 },
  { series: 'usd_cny', level: 6.8, spread: 0.25, memory: 0.97, months: 1, lag: [3, 8], revised: 0 },
];

/** Periods before the first session, in months, so that something is known on it. */
const EARLIER_MONTHS = 15;
/** Standard deviation of a revision, as a share of the series' spread. */
const REVISION = 0.1;

function firstOfMonth(month: number): Day {
  return parseDay(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`);
}

function periodEnds({ months, skipsJanuary }: SeriesSetting, dates: Int32Array): Day[] {
  if (months === 0) return Array.from(dates);
  const ends: Day[] = [];
  for (let month = monthOf(dates[0]) - EARLIER_MONTHS; month <= monthOf(dates[dates.length - 1]); month++) {
    if ((month + 1) % months !== 0 || (skipsJanuary && month % 12 === 0)) continue;
    ends.push(firstOfMonth(month + 1) - 1);
  }
  return ends;
}

/** Two decimals, as series are published. */
const published = (value: number) => Math.round(value * 100) / 100;

function simulateSeries(setting: SeriesSetting, dates: Int32Array, rng: Rng) {
  const { level, spread, memory, lag, revised } = setting;
  const lastDay = dates[dates.length - 1];
  let deviation = rng.normal();
  let correction: { period_end: Day; value: number } | null = null;
  const rows: { series: string; period_end: Day; released: Day; value: number }[] = [];
  for (const period_end of periodEnds(setting, dates)) {
    deviation = memory * deviation + Math.sqrt(1 - memory ** 2) * rng.normal();
    const released = period_end + lag[0] + rng.int(lag[1] - lag[0] + 1);
    const isRevised = rng.uniform() < revised;
    const noise = REVISION * rng.normal();
    if (released > lastDay) break;
    if (correction) rows.push({ series: setting.series, ...correction, released });
    const value = published(level + spread * deviation);
    rows.push({ series: setting.series, period_end, released, value });
    const better = published(level + spread * (deviation + noise));
    correction = isRevised && better !== value ? { period_end, value: better } : null;
  }
  return rows;
}

/**
 * Series of the economy, each drawn for itself and beside the market: they tell nothing about returns. Ordered by
 * series, release and period; what is released after the last session is not there.
 */
export function simulateMacro(dates: Int32Array, seed: number): Table<typeof macroSchema> {
  const builder = createTableBuilder(macroSchema);
  for (const setting of SERIES) {
    for (const row of simulateSeries(setting, dates, createRng(seed, 'macro', setting.series))) builder.add(row);
  }
  return builder.build();
}
