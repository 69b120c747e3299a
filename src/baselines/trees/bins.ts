/** Bins of a column: one byte. */
export const MAX_BINS = 256;

/** A float32 between two neighbours, so that `a <= middle < b` holds in single precision. */
function between(a: number, b: number): number {
  const middle = Math.fround(a + (b - a) / 2);
  return middle < b ? middle : a;
}

/**
 * Where to cut a column: ascending, at most 255; a value lies in the bin whose number is the count of cuts below it.
 * Columns of few values are cut between each two of them, others at equal shares of the samples; a value that fills
 * several shares (a zero of a sparse column) gets a bin of its own, as in LightGBM (Ke et al. 2017).
 * @param sorted values, ascending
 */
export function chooseCuts(sorted: Float32Array): Float32Array {
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= MAX_BINS) return distinct.slice(1).map((value, i) => between(distinct[i], value));
  const cuts = new Set<number>();
  const position = (k: number) => Math.round((k * sorted.length) / MAX_BINS);
  let seen = 0;
  for (let k = 1; k < MAX_BINS; k++) {
    const value = sorted[position(k) - 1];
    while (distinct[seen] < value) seen++;
    const fills = k < MAX_BINS - 1 && sorted[position(k + 1)] === value;
    if (fills && seen > 0) cuts.add(between(distinct[seen - 1], value));
    if (seen + 1 < distinct.length) cuts.add(between(value, distinct[seen + 1]));
  }
  return Float32Array.from(cuts).sort();
}

/** Cuts of every column, each padded with +∞ to 255, so that a search takes eight steps: float32 [width × 255 + 1]. */
export type CutTable = Float32Array<SharedArrayBuffer>;

export const CUTS = MAX_BINS - 1;

/** Number of cuts below `value`, in the column whose cuts begin at `start`. */
export function binOf(cuts: Float32Array, start: number, value: number): number {
  let bin = 0;
  if (value > cuts[start + 127]) bin = 128;
  if (value > cuts[start + bin + 63]) bin += 64;
  if (value > cuts[start + bin + 31]) bin += 32;
  if (value > cuts[start + bin + 15]) bin += 16;
  if (value > cuts[start + bin + 7]) bin += 8;
  if (value > cuts[start + bin + 3]) bin += 4;
  if (value > cuts[start + bin + 1]) bin += 2;
  return value > cuts[start + bin] ? bin + 1 : bin;
}
