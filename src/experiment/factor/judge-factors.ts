import { type TearSheet, tearSheet } from '../../evaluation/index.js';
import type { Panel } from '../../features/index.js';
import { openMarketStore } from '../../market/index.js';
import { benjaminiHochberg } from '../../stats/index.js';
import { CandlenetError, type Day, formatDay, lowerBound } from '../../util/index.js';
import { type FeatureChoice, featurePanel } from '../feature-table/index.js';
import { breathe, type Services } from '../services.js';

export interface FactorOptions extends FeatureChoice {
  readonly horizonDays: number;
  readonly quantiles: number;
  /** First and last day whose scores are judged; the store is read as of the last. */
  readonly from?: Day;
  readonly to?: Day;
}

/** One column as a factor. */
export interface JudgedFactor {
  readonly name: string;
  readonly sheet: TearSheet;
  /** Of the rank IC, corrected for all factors judged together (Benjamini & Hochberg). */
  readonly pCorrected: number;
}

export interface FactorReport {
  readonly store: string;
  readonly index: string | null;
  readonly from: string;
  readonly to: string;
  readonly horizonDays: number;
  readonly factors: readonly JudgedFactor[];
  /** What the store cannot give. */
  readonly omitted: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * The tear sheet of every feature asked for, among the members of an index or all stocks. Scores are raw and as of each day;
 * only the returns they are judged by come later.
 * @throws what `featurePanel` throws; DATE_OUT_OF_STORE for a period without a session
 */
export async function judgeFactors(
  storeDir: string,
  options: FactorOptions,
  services: Services,
): Promise<FactorReport> {
  const store = await openMarketStore(storeDir);
  const asOf = Math.min(options.to ?? store.lastDay, store.lastDay);
  const { panel, bars, universe, omitted } = await featurePanel(store, asOf, options, services);
  const { dates } = bars;
  const first = lowerBound(dates, options.from ?? store.firstDay);
  const last = dates.length - 1;
  if (first > last) {
    throw new CandlenetError(
      'DATE_OUT_OF_STORE',
      `${storeDir}: asked for factors from ${formatDay(options.from ?? store.firstDay)} to ${formatDay(asOf)}, expected a session between`,
    );
  }
  const period = { first, last, horizonDays: options.horizonDays, quantiles: options.quantiles };
  const task = services.progress.start('Tear sheets', panel.columns.length, 'factors');
  const sheets: TearSheet[] = [];
  for (const column of panel.columns.keys()) {
    await breathe(services.signal);
    sheets.push(tearSheet(bars, scoresOf(panel, column, universe), period));
    task.update(column + 1);
  }
  task.end();
  const corrected = benjaminiHochberg(sheets.map(({ rankIc }) => rankIc.p));
  return {
    store: storeDir,
    index: options.index ?? null,
    from: formatDay(dates[first]),
    to: formatDay(dates[last]),
    horizonDays: options.horizonDays,
    factors: panel.columns.map(({ name }, i) => ({ name, sheet: sheets[i], pCorrected: corrected[i] })),
    omitted,
  };
}

/** One column of the panel [S × D], of the universe alone. */
function scoresOf({ columns, values, traded }: Panel, column: number, universe: Uint8Array | null): Float32Array {
  return Float32Array.from(traded, (isTraded, row) =>
    isTraded === 1 && (universe === null || universe[row] === 1) ? values[row * columns.length + column] : Number.NaN,
  );
}
