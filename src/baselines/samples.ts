import { type Design, startOf } from './design.js';
import { SUMMARY_STATISTICS, summarise } from './summary.js';

/** Windows of a panel, told by their summaries: what trees and machines see of a sample. */
export interface SummarisedWindows {
  /** [rows × features] */
  readonly values: Float32Array<SharedArrayBuffer>;
  readonly features: number;
  /** Days of a window. */
  readonly window: number;
  /** Panel row that each window ends on. */
  readonly rows: Int32Array;
}

/**
 * Where samples come from. Summaries are worked out block by block, so that 800,000 of them (1.1 GB for 86 features) are
 * never in memory together.
 */
export type SampleSource = SummarisedWindows | Design;

export const isDesign = (source: SampleSource): source is Design => 'stride' in source;

/** Features of one sample. */
export function widthOf(source: SampleSource): number {
  return isDesign(source) ? source.width : source.features * SUMMARY_STATISTICS.length;
}

/** Some samples, by their positions, float32 [positions × width]. */
export function samplesAt(source: SampleSource, positions: Int32Array): Float32Array {
  const rows = Int32Array.from(positions, (i) => source.rows[i]);
  return samplesOn({ ...source, rows });
}

/** The samples from position `from` up to, not including, `to`, float32 [(to − from) × width]. */
export function samplesBetween(source: SampleSource, from: number, to: number): Float32Array {
  return samplesOn({ ...source, rows: source.rows.subarray(from, to) });
}

function samplesOn(source: SampleSource): Float32Array {
  if (!isDesign(source)) return summarise(source.values, source.features, source.window, source.rows).values;
  const out = new Float32Array(source.rows.length * source.width);
  for (let i = 0; i < source.rows.length; i++) {
    const start = startOf(source, i);
    out.set(source.values.subarray(start, start + source.width), i * source.width);
  }
  return out;
}
