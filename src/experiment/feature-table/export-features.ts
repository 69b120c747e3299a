import type { OmittedColumn } from '../../features/index.js';
import { openMarketStore } from '../../market/index.js';
import { CandlenetError, type Day, formatCount, formatDay } from '../../util/index.js';
import { type FeaturePlan, planFeatures } from '../pipeline/feature-plan.js';
import type { Services } from '../services.js';
import { type FeatureChoice, featurePanel } from './feature-panel.js';
import { writePanelTable } from './panel-pieces.js';

export interface FeatureTableOptions extends FeatureChoice {
  /** First and last day written; all days before `from` count as history all the same. */
  readonly from?: Day;
  readonly to?: Day;
}

/** What was written, and what the store could not give. */
export interface FeatureTableSummary {
  readonly store: string;
  readonly out: string;
  readonly rows: number;
  readonly symbols: number;
  readonly from: string;
  readonly to: string;
  readonly columns: readonly string[];
  readonly omitted: readonly OmittedColumn[];
}

/**
 * Writes the features of a store as a Parquet table: symbol, date, and one float32 column a feature, a row for each day on
 * which an instrument traded; missing values are null. They are raw: standardising needs a training period.
 * @throws CONFIG_INVALID, EXPRESSION_INVALID, EXPRESSION_LOOKS_AHEAD, STORE_INVALID, INDEX_UNKNOWN, DATE_OUT_OF_STORE, FILE_WRITE_FAILED
 */
export async function exportFeatures(
  storeDir: string,
  out: string,
  options: FeatureTableOptions,
  services: Services,
): Promise<FeatureTableSummary> {
  const plan = planFeatures(options.groups, options.expressions ?? {}, options.own ?? []);
  checkKeys(plan);
  const store = await openMarketStore(storeDir);
  const asOf = options.to ?? store.lastDay;
  const { panel, omitted } = await featurePanel(store, asOf, options, services);
  const { rows, symbols, firstDay, lastDay } = await writePanelTable(out, panel, options.from ?? store.firstDay);
  const day = (one: Day | null) => (one === null ? '' : formatDay(one));
  return {
    store: storeDir,
    out,
    rows,
    symbols,
    from: day(firstDay),
    to: day(lastDay),
    columns: panel.columns.map(({ name }) => name),
    omitted,
  };
}

/** The table's own columns are no names for features. */
function checkKeys({ families }: FeaturePlan): void {
  const taken = families.flatMap(({ columns }) => columns).find(({ name }) => name === 'symbol' || name === 'date');
  if (taken === undefined) return;
  throw new CandlenetError(
    'CONFIG_INVALID',
    `features.expressions: found "${taken.name}", the name of a key of the table; expected another`,
  );
}

export function renderFeatureTable({ out, rows, symbols, from, to, columns, omitted }: FeatureTableSummary): string {
  const lines = [
    `${out}: ${formatCount(columns.length)} features of ${formatCount(symbols)} stocks, ${from} … ${to}, ${formatCount(rows)} rows`,
  ];
  const reasons = [...new Set(omitted.map(({ reason }) => reason))];
  for (const reason of reasons) {
    const names = omitted.filter((one) => one.reason === reason).map(({ name }) => name);
    lines.push(`  left out: ${names.join(', ')} (${reason})`);
  }
  return lines.join('\n');
}
