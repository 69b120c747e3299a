import type { BarMatrix } from '../market/index.js';
import { invariant, type ProgressSink, silentProgress } from '../util/index.js';
import { type AnyFamily, type FeatureFamily, isMarketFamily, type MarketValues } from './feature-family.js';
import { DEFAULT_FEATURE_SET, selectFamilies } from './feature-set.js';
import { type FeatureTables, offerOf } from './panel-sources.js';
import { tradedSeries } from './traded-bars.js';
import type { FeatureColumn, Panel } from './types.js';

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
const RULEBOOK = 'cn-a-share';
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
  const { tables = {}, universe = null, rulebook = RULEBOOK } = options;
  const { families, wanted } = selectFamilies(
    options.featureSet ?? DEFAULT_FEATURE_SET,
    offerOf(bars, tables),
    options.families,
  );
  const columns = families.flatMap((family) => family.columns.filter(wanted));
  const symbols = bars.symbols.length;
  const rows = symbols * bars.dates.length;
  const panel: Panel = {
    symbols: bars.symbols,
    dates: bars.dates,
    columns,
    values: new Float32Array(new SharedArrayBuffer(rows * columns.length * Float32Array.BYTES_PER_ELEMENT)),
    complete: new Uint8Array(rows),
    traded: new Uint8Array(rows),
  };
  panel.values.fill(Number.NaN);
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

/** A family, and where each of its columns stands in the panel; null where it is not wanted. */
interface Placed {
  readonly family: AnyFamily;
  readonly slots: readonly (number | null)[];
}

function placeColumns(families: readonly AnyFamily[], wanted: (column: FeatureColumn) => boolean): Placed[] {
  let next = 0;
  return families.map((family) => ({
    family,
    slots: family.columns.map((column) => (wanted(column) ? next++ : null)),
  }));
}

function fillSymbol(panel: Panel, bars: BarMatrix, symbolIndex: number, placed: readonly Placed[]): void {
  const { values, complete, traded, columns } = panel;
  const width = columns.length;
  const firstRow = symbolIndex * bars.dates.length;
  const series = tradedSeries(bars, symbolIndex);
  if (series.sessions.length === 0) return;
  for (const session of series.sessions) {
    traded[firstRow + session] = 1;
    complete[firstRow + session] = 1;
  }
  for (const { family, slots } of placed) {
    if (isMarketFamily(family)) continue;
    const outputs = (family as FeatureFamily).compute(series);
    for (const [output, k] of slots.entries()) {
      if (k === null) continue;
      const source = outputs[output];
      for (let i = 0; i < source.length; i++) {
        const row = firstRow + series.sessions[i];
        const value = Math.fround(source[i]);
        if (Number.isFinite(value)) values[row * width + k] = value;
        else if (!columns[k].optional) complete[row] = 0;
      }
    }
  }
}

function fillMarketColumn({ values, complete, traded, columns, dates }: Panel, k: number, source: MarketValues): void {
  const forAll = source.length === dates.length && source.length !== traded.length;
  invariant(
    forAll || source.length === traded.length,
    `${columns[k].name}: ${source.length} values, not [S × D] or [D]`,
  );
  const width = columns.length;
  for (let row = 0; row < traded.length; row++) {
    if (traded[row] === 0) continue;
    const value = Math.fround(source[forAll ? row % dates.length : row]);
    if (Number.isFinite(value)) values[row * width + k] = value;
    else if (!columns[k].optional) complete[row] = 0;
  }
}
