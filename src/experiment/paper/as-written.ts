import type { Instrument, MacroTable } from '../../market/index.js';
import type { Day } from '../../util/index.js';

/*
 * What the paper does that looks ahead, made only to show how much of a result a leak can make. Nothing but
 * `preset: paper-as-written` comes here; the report of such a run is watermarked, and the leak audit fails it.
 */

/**
 * Macro series interpolated linearly between the ends of their periods, a value for each calendar day: the paper's "linear
 * interpolation" from monthly to daily. The day after a month ends leans on the figure of the month that has just begun.
 */
export function interpolateNaively(macro: MacroTable): MacroTable {
  const { series, period_end, value } = macro.columns;
  const bySeries = new Map<string, { end: Day; value: number }[]>();
  for (let row = 0; row < macro.length; row++) {
    if (Number.isNaN(value[row])) continue;
    const list = bySeries.get(series[row]) ?? [];
    list.push({ end: period_end[row], value: value[row] });
    bySeries.set(series[row], list);
  }
  const rows: { series: string; day: Day; value: number }[] = [];
  for (const [name, points] of bySeries) {
    points.sort((a, b) => a.end - b.end);
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1], points[i]];
      for (let day = from.end + 1; day <= to.end; day++) {
        const share = (day - from.end) / (to.end - from.end);
        rows.push({ series: name, day, value: from.value + share * (to.value - from.value) });
      }
    }
  }
  return {
    length: rows.length,
    columns: {
      series: rows.map((row) => row.series),
      period_end: Int32Array.from(rows, ({ day }) => day),
      // Usable from the day itself: the features wait a day after a release.
      released: Int32Array.from(rows, ({ day }) => day - 1),
      value: Float64Array.from(rows, (row) => row.value),
    },
  };
}

/** The universe without whoever has been delisted since, however long after the day. */
export function withoutDelisted(
  universe: Uint8Array,
  symbols: readonly string[],
  sessions: number,
  delistedSince: readonly Pick<Instrument, 'symbol' | 'delistDate'>[],
): Uint8Array {
  const gone = new Set(delistedSince.filter(({ delistDate }) => delistDate !== null).map(({ symbol }) => symbol));
  const survivors = universe.slice();
  symbols.forEach((symbol, s) => {
    if (gone.has(symbol)) survivors.fill(0, s * sessions, (s + 1) * sessions);
  });
  return survivors;
}
