import { lowerBound } from '../../util/index.js';

/**
 * Statistics over the stocks of a day. They are taken over the members of the universe that have a value; a stock outside
 * it is measured against them, so that a stock that joins the index has a history to look back on.
 * @param values [S × D]; NaN where there is none
 * @param universe [S × D], 1 for a member; null for all
 */
export function crossSection(
  operator: string,
  values: Float64Array,
  universe: Uint8Array | null,
  days: number,
): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  const section = new Float64Array(values.length / days);
  for (let t = 0; t < days; t++) {
    let n = 0;
    for (let cell = t; cell < values.length; cell += days) {
      if (Number.isFinite(values[cell]) && (universe === null || universe[cell] === 1)) section[n++] = values[cell];
    }
    if (n === 0) continue;
    const measure = MEASURES[operator](section.subarray(0, n));
    for (let cell = t; cell < values.length; cell += days) {
      if (Number.isFinite(values[cell])) out[cell] = measure(values[cell], universe === null || universe[cell] === 1);
    }
  }
  return out;
}

type Measure = (section: Float64Array) => (value: number, member: boolean) => number;

function meanOf(section: Float64Array): number {
  let sum = 0;
  for (const x of section) sum += x;
  return sum / section.length;
}

const MEASURES: Readonly<Record<string, Measure>> = {
  demean: (section) => {
    const mean = meanOf(section);
    return (value) => value - mean;
  },
  zscore: (section) => {
    const mean = meanOf(section);
    let squares = 0;
    for (const x of section) squares += (x - mean) ** 2;
    const deviation = Math.sqrt(squares / (section.length - 1));
    return (value) => (deviation > 1e-12 * Math.abs(mean) ? (value - mean) / deviation : Number.NaN);
  },
  scale: (section) => {
    let sum = 0;
    for (const x of section) sum += Math.abs(x);
    return (value) => value / sum;
  },
  // pandas' rank(pct=True); a stock outside ranks as if it came in.
  rank: (section) => {
    const sorted = section.slice().sort();
    return (value, member) => {
      const first = lowerBound(sorted, value);
      let equal = 0;
      while (sorted[first + equal] === value) equal++;
      return member ? (first + (equal + 1) / 2) / sorted.length : (first + 1 + equal / 2) / (sorted.length + 1);
    };
  },
};
