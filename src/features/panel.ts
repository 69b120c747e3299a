import type { BarMatrix } from '../market/index.js';
import { type ProgressSink, silentProgress } from '../util/index.js';
import type { FeatureFamily } from './feature-family.js';
import { DEFAULT_FEATURE_SET, selectFamilies } from './feature-set.js';
import { tradedSeries } from './traded-bars.js';
import type { FeatureColumn, Panel } from './types.js';

export interface PanelOptions {
  /** Names of groups or columns; price-volume and technical by default. */
  readonly featureSet?: readonly string[];
  readonly progress?: ProgressSink;
}

const SYMBOLS_PER_REPORT = 10;

/**
 * All features of all instruments, float32 [S × D × F].
 *
 * Each feature is computed over the sequence of the days the instrument really traded, on back-adjusted prices. On the
 * other days (not listed, suspended, misrecorded) every feature is missing and the row is incomplete: a carried price is
 * no observation. So a window that touches such a day is no sample, and the first day after a suspension is compared
 * with the last day before it.
 * @throws CONFIG_INVALID for an unknown feature, or when none is left
 */
export function buildPanel(bars: BarMatrix, options: PanelOptions = {}): Panel {
  const { families, wanted } = selectFamilies(options.featureSet ?? DEFAULT_FEATURE_SET, bars.amount !== null);
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
  for (let s = 0; s < symbols; s++) {
    fillSymbol(panel, bars, s, families, wanted);
    if ((s + 1) % SYMBOLS_PER_REPORT === 0) task.update(s + 1);
  }
  task.end();
  return panel;
}

function fillSymbol(
  panel: Panel,
  bars: BarMatrix,
  symbolIndex: number,
  families: readonly FeatureFamily[],
  wanted: (column: FeatureColumn) => boolean,
): void {
  const { values, complete, traded } = panel;
  const width = panel.columns.length;
  const firstRow = symbolIndex * bars.dates.length;
  const series = tradedSeries(bars, symbolIndex);
  if (series.sessions.length === 0) return;
  for (const session of series.sessions) {
    traded[firstRow + session] = 1;
    complete[firstRow + session] = 1;
  }
  let k = 0;
  for (const family of families) {
    const outputs = family.compute(series);
    for (const [output, column] of family.columns.entries()) {
      if (!wanted(column)) continue;
      const source = outputs[output];
      for (let i = 0; i < source.length; i++) {
        const row = firstRow + series.sessions[i];
        const value = Math.fround(source[i]);
        if (Number.isFinite(value)) values[row * width + k] = value;
        else complete[row] = 0;
      }
      k++;
    }
  }
}
