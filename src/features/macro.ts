import { MACRO_SERIES, type MacroSeries } from '../market/index.js';
import type { MarketFamily } from './feature-family.js';
import type { PanelSources } from './panel-sources.js';
import { type Published, stepAsOf } from './step-as-of.js';

/** A year of sessions. */
export const MACRO_DAYS = 252;

/**
 * Calendar days after the end of its period on which a figure still counts: until the next one is surely out, the longest
 * silence included: where a source has neither January nor February (retail sales since 2012), December's counts until March's is
 * out on 25 April. A series that has ended is then missing.
 */
const STALE_DAYS: Readonly<Record<MacroSeries['frequency'], number>> = { quarterly: 220, monthly: 120, daily: 15 };

/** A figure is out at some hour of its day, the central bank's often after the close: it is used from the next day on. */
const DAYS_TO_USE = 1;

function macroAsOf({ bars, macro }: PanelSources, { series, frequency }: MacroSeries): Float64Array {
  const published: Published[] = [];
  for (let row = 0; macro && row < macro.length; row++) {
    if (macro.columns.series[row] !== series) continue;
    published.push({
      periodEnd: macro.columns.period_end[row],
      // A market rate of a day is fixed before the close of that day.
      usable: macro.columns.released[row] + (frequency === 'daily' ? 0 : DAYS_TO_USE),
      value: macro.columns.value[row],
    });
  }
  return stepAsOf(published, bars.dates, STALE_DAYS[frequency]);
}

/**
 * (x − mean) / population standard deviation, both of the last `days` values, the day's own included; NaN where one of them is
 * missing or all are equal. Whole-sample statistics would tell the first day what the last will be.
 */
export function trailingZScore(values: Float64Array, days: number): Float64Array {
  return values.map((value, t) => {
    if (t < days - 1) return Number.NaN;
    let sum = 0;
    let same = true;
    for (let i = t - days + 1; i <= t; i++) {
      sum += values[i];
      same &&= values[i] === value;
    }
    if (same || Number.isNaN(sum)) return Number.NaN;
    const mean = sum / days;
    let squares = 0;
    for (let i = t - days + 1; i <= t; i++) squares += (values[i] - mean) ** 2;
    return (value - mean) / Math.sqrt(squares / days);
  });
}

/** The 15 macro series of the paper, the same for every instrument. */
export const MACRO: readonly MarketFamily[] = MACRO_SERIES.map((one) => ({
  columns: [
    {
      name: one.series.toUpperCase(),
      group: 'macro',
      formula: `z-score over ${MACRO_DAYS} sessions of the last released: ${one.meaning}`,
      source: `paper, section 3.1.1, ${one.frequency}`,
      lookback: MACRO_DAYS,
      optional: true,
    },
  ],
  lacks: ({ series }) => {
    if (series?.has(one.series)) return null;
    if (!series) return 'the store has no macro series';
    const there = MACRO_SERIES.filter((other) => series.has(other.series)).length;
    return `the store has ${there} of the ${MACRO_SERIES.length} macro series, not this one`;
  },
  computeMarket: (sources) => trailingZScore(macroAsOf(sources, one), MACRO_DAYS),
}));
