import type { BarMatrix } from '../market/index.js';
import { invariant } from '../util/index.js';
import { type AnyFamily, type FeatureFamily, isMarketFamily, type MarketValues } from './feature-family.js';
import { isTraded, tradedSeries } from './traded-bars.js';
import type { FeatureColumn, Panel } from './types.js';

/** A panel of missing values on memory that threads share; a row is complete where the instrument traded, until a value is found missing. */
export function emptyPanel(bars: BarMatrix, columns: readonly FeatureColumn[]): Panel {
  const rows = bars.symbols.length * bars.dates.length;
  const panel: Panel = {
    symbols: bars.symbols,
    dates: bars.dates,
    columns,
    values: new Float32Array(new SharedArrayBuffer(rows * columns.length * Float32Array.BYTES_PER_ELEMENT)),
    complete: new Uint8Array(new SharedArrayBuffer(rows)),
    traded: new Uint8Array(new SharedArrayBuffer(rows)),
  };
  for (let row = 0; row < rows; row++) if (isTraded(bars, row)) panel.traded[row] = 1;
  panel.complete.set(panel.traded);
  panel.values.fill(Number.NaN);
  return panel;
}

/** A family, and where each of its columns stands in the panel; null where it is not wanted. */
export interface Placed {
  readonly family: AnyFamily;
  readonly slots: readonly (number | null)[];
}

export function placeColumns(families: readonly AnyFamily[], wanted: (column: FeatureColumn) => boolean): Placed[] {
  let next = 0;
  return families.map((family) => ({
    family,
    slots: family.columns.map((column) => (wanted(column) ? next++ : null)),
  }));
}

/** What the threads that fill a panel need of it. */
export type PanelMemory = Pick<Panel, 'values' | 'complete' | 'columns'>;

/** The features of one instrument's own bars: its rows, missing values included, of the columns that are placed. */
export function fillSymbol(panel: PanelMemory, bars: BarMatrix, symbolIndex: number, placed: readonly Placed[]): void {
  const { values, complete, columns } = panel;
  const width = columns.length;
  const firstRow = symbolIndex * bars.dates.length;
  const series = tradedSeries(bars, symbolIndex);
  if (series.sessions.length === 0) return;
  const slots: number[] = [];
  const outputs: Float64Array[] = [];
  for (const { family, slots: own } of placed) {
    if (isMarketFamily(family)) continue;
    const computed = (family as FeatureFamily).compute(series);
    for (const [output, k] of own.entries()) {
      if (k === null) continue;
      slots.push(k);
      outputs.push(computed[output]);
    }
  }
  const required = slots.map((k) => !columns[k].optional);
  // Row by row: the rows lie one after the other in memory.
  for (let i = 0; i < series.sessions.length; i++) {
    const row = firstRow + series.sessions[i];
    for (let at = 0; at < slots.length; at++) {
      const value = Math.fround(outputs[at][i]);
      if (Number.isFinite(value)) values[row * width + slots[at]] = value;
      else if (required[at]) complete[row] = 0;
    }
  }
}

/** A column across instruments, on the rows on which they traded. */
export function fillMarketColumn(
  { values, complete, traded, columns, dates }: Panel,
  k: number,
  source: MarketValues,
): void {
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
