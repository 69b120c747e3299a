import type { BarMatrix } from '../market/index.js';
import { type ProgressSink, silentProgress } from '../util/index.js';
import { type AnyFamily, isMarketFamily } from './feature-family.js';
import { DEFAULT_FEATURE_SET, selectFamilies } from './feature-set.js';
import { emptyPanel, fillMarketColumn, fillSymbol, placeColumns } from './fill-panel.js';
import { type FeatureTables, offerOf } from './panel-sources.js';
import type { Panel } from './types.js';

export interface PanelOptions {
  /** Names of sets, groups or columns; price-volume and technical by default. */
  readonly featureSet?: readonly string[];
  /** Families of the caller's own, such as factor expressions, after the built-in ones. */
  readonly families?: readonly AnyFamily[];
  /** What the store has beside bars, as known on the last session. */
  readonly tables?: FeatureTables;
  /** [S × D], the section that ranks are taken in; every instrument by default. */
  readonly universe?: Uint8Array | null;
  /** Name of the store's rulebook, whose sessions news belong to; by default `cn-a-share`. */
  readonly rulebook?: string;
  readonly progress?: ProgressSink;
}

/** Whose session decides which news a day knew, where the caller does not say. */
export const DEFAULT_RULEBOOK = 'cn-a-share';
const SYMBOLS_PER_REPORT = 10;

/**
 * All features of all instruments, float32 [S × D × F].
 *
 * Each feature of bars is computed over the sequence of the days the instrument really traded, on back-adjusted prices. On
 * the other days (not listed, suspended, misrecorded) every feature is missing and the row is incomplete: a carried price
 * is no observation. So a window that touches such a day is no sample, and the first day after a suspension is compared
 * with the last day before it.
 * @throws CONFIG_INVALID for an unknown feature, or when none is left
 */
export function buildPanel(bars: BarMatrix, options: PanelOptions = {}): Panel {
  const { tables = {}, universe = null, rulebook = DEFAULT_RULEBOOK } = options;
  const { families, wanted } = selectFamilies(
    options.featureSet ?? DEFAULT_FEATURE_SET,
    offerOf(bars, tables),
    options.families,
  );
  const columns = families.flatMap((family) => family.columns.filter(wanted));
  const panel = emptyPanel(bars, columns);
  const symbols = bars.symbols.length;
  const task = (options.progress ?? silentProgress).start('Computing features', symbols, 'stocks');
  const placed = placeColumns(families, wanted);
  for (let s = 0; s < symbols; s++) {
    fillSymbol(panel, bars, s, placed);
    if ((s + 1) % SYMBOLS_PER_REPORT === 0) task.update(s + 1);
  }
  for (const { family, slots } of placed) {
    if (!isMarketFamily(family) || slots[0] === null) continue;
    fillMarketColumn(panel, slots[0], family.computeMarket({ ...tables, bars, universe, rulebook }));
  }
  task.end();
  return panel;
}
