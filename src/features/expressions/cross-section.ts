import { lowerBound } from '../../util/index.js';

/** What a cross-section is taken over. */
export interface Section {
  /** [S × D], 1 for a member; null for all. */
  readonly universe: Uint8Array | null;
  /** Symbols of each group; null for one group of all. A symbol in none has no value. */
  readonly groups: readonly (readonly number[])[] | null;
  readonly days: number;
}

interface SectionStep {
  readonly operator: string;
  readonly share: number;
}

/** Symbols by industry, in the order of their first symbol; those without an industry are left out. */
export function groupSymbols(
  symbols: readonly string[],
  industries: ReadonlyMap<string, string> | null,
): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [s, symbol] of symbols.entries()) {
    const industry = industries?.get(symbol) ?? '';
    if (industry === '') continue;
    const group = groups.get(industry);
    if (group) group.push(s);
    else groups.set(industry, [s]);
  }
  return [...groups.values()];
}

/**
 * Statistics over the stocks of a day, or of each group of them. They are taken over the members of the universe that have
 * a value; a stock outside it is measured against them, so that a stock that joins the index has a history to look back on.
 * @param series [S × D] each; NaN where there is no value
 */
export function crossSection(step: SectionStep, series: readonly Float64Array[], section: Section): Float64Array {
  const [values] = series;
  const { days } = section;
  const symbols = values.length / days;
  const groups = section.groups ?? [Array.from({ length: symbols }, (_, s) => s)];
  if (step.operator === 'neutralize') return residuals(values, series[1] ?? null, groups, section);
  const { universe } = section;
  const out = new Float64Array(values.length).fill(Number.NaN);
  const members = new Float64Array(symbols);
  for (const group of groups) {
    for (let t = 0; t < days; t++) {
      let n = 0;
      for (const s of group) {
        const cell = s * days + t;
        if (Number.isFinite(values[cell]) && (universe === null || universe[cell] === 1)) members[n++] = values[cell];
      }
      if (n === 0) continue;
      const measure = MEASURES[step.operator](members.subarray(0, n), step.share);
      for (const s of group) {
        const cell = s * days + t;
        if (Number.isFinite(values[cell])) out[cell] = measure(values[cell], universe === null || universe[cell] === 1);
      }
    }
  }
  return out;
}

type Measure = (section: Float64Array, share: number) => (value: number, member: boolean) => number;

function meanOf(section: Float64Array): number {
  let sum = 0;
  for (const x of section) sum += x;
  return sum / section.length;
}

/** Hyndman and Fan's type 7, as NumPy and pandas. */
function quantileOf(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
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
  winsorize: (section, share) => {
    const sorted = section.slice().sort();
    const [low, high] = [quantileOf(sorted, share), quantileOf(sorted, 1 - share)];
    return (value) => Math.min(high, Math.max(low, value));
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

/**
 * Residuals of the day's least squares of x on a constant for each group and, where given, on y. By Frisch, Waugh and
 * Lovell the slope is that of x on y after both have lost their groups' means; a y that says nothing beyond its groups has
 * slope 0.
 */
function residuals(
  x: Float64Array,
  y: Float64Array | null,
  groups: readonly (readonly number[])[],
  { universe, days }: Section,
): Float64Array {
  const out = new Float64Array(x.length).fill(Number.NaN);
  const isThere = (cell: number) => Number.isFinite(x[cell]) && (y === null || Number.isFinite(y[cell]));
  const isMember = (cell: number) => isThere(cell) && (universe === null || universe[cell] === 1);
  const meanX = new Float64Array(groups.length);
  const meanY = new Float64Array(groups.length);
  for (let t = 0; t < days; t++) {
    let product = 0;
    let squares = 0;
    let size = 0;
    for (const [g, group] of groups.entries()) {
      let [n, sumX, sumY] = [0, 0, 0];
      for (const s of group) {
        const cell = s * days + t;
        if (!isMember(cell)) continue;
        n++;
        sumX += x[cell];
        if (y !== null) sumY += y[cell];
      }
      meanX[g] = sumX / n;
      meanY[g] = sumY / n;
      if (y === null) continue;
      for (const s of group) {
        const cell = s * days + t;
        if (!isMember(cell)) continue;
        const own = y[cell] - meanY[g];
        product += own * (x[cell] - meanX[g]);
        squares += own * own;
        size += y[cell] ** 2;
      }
    }
    const slope = squares > 1e-20 * size ? product / squares : 0;
    for (const [g, group] of groups.entries()) {
      for (const s of group) {
        const cell = s * days + t;
        if (!isThere(cell)) continue;
        out[cell] = x[cell] - meanX[g] - (y === null ? 0 : slope * (y[cell] - meanY[g]));
      }
    }
  }
  return out;
}
