import type { LinearRow } from './convex-program.js';
import type { Limits } from './limits.js';

/** A limit as rows, with its name for messages. */
export interface NamedRows {
  readonly name: string;
  readonly equal: readonly LinearRow[];
  readonly atMost: readonly LinearRow[];
}

/** Bounds closer than this fix the weight: an interior-point method needs room between two inequalities. */
const FIXED = 1e-12;

/** Every linear limit but turnover, in unknowns 0 … n − 1. */
export function linearLimits(limits: Limits): NamedRows[] {
  const { n, budget, lower, upper, groups } = limits;
  const all = Array.from({ length: n }, (_, i) => i);
  const ones = new Array<number>(n).fill(1);
  const fixed = all.filter((i) => upper[i] - lower[i] <= FIXED);
  const free = all.filter((i) => upper[i] - lower[i] > FIXED);
  const named: NamedRows[] = [
    { name: `weights that sum to ${short(budget)}`, equal: [{ index: all, value: ones, bound: budget }], atMost: [] },
    {
      name: `lower bounds (together ${short(sum(lower))})`,
      equal: fixed.map((i) => ({ index: [i], value: [1], bound: lower[i] })),
      atMost: free.map((i) => ({ index: [i], value: [-1], bound: -lower[i] })),
    },
    {
      name: `upper bounds of ${n} assets (together ${short(sum(upper))})`,
      equal: [],
      atMost: free.map((i) => ({ index: [i], value: [1], bound: upper[i] })),
    },
  ];
  if (groups === null) return named;
  for (const [g, name] of groups.names.entries()) {
    const members = all.filter((i) => groups.of[i] === g);
    const value = members.map(() => 1);
    const [low, high] = [groups.lower[g], groups.upper[g]];
    if (high - low <= FIXED) {
      named.push({ name: `"${name}" at ${short(low)}`, equal: [{ index: members, value, bound: low }], atMost: [] });
      continue;
    }
    if (Number.isFinite(low)) {
      const row = { index: members, value: members.map(() => -1), bound: -low };
      named.push({ name: `"${name}" at least ${short(low)}`, equal: [], atMost: [row] });
    }
    if (Number.isFinite(high)) {
      named.push({
        name: `"${name}" at most ${short(high)}`,
        equal: [],
        atMost: [{ index: members, value, bound: high }],
      });
    }
  }
  return named;
}

/** |x_i − previous_i| ≤ y_i for auxiliary unknowns y that begin at `first`. */
export function absoluteTrades(previous: Float64Array, first: number): LinearRow[] {
  return Array.from(previous, (held, i) => [
    { index: [i, first + i], value: [1, -1], bound: held },
    { index: [i, first + i], value: [-1, -1], bound: -held },
  ]).flat();
}

/** Σ y ≤ 2 · one-way turnover. */
export function turnoverRow(n: number, first: number, limit: number): LinearRow {
  const index = Array.from({ length: n }, (_, i) => first + i);
  return { index, value: index.map(() => 1), bound: 2 * limit };
}

/** The row for weights x / κ: its bound becomes the coefficient of the unknown κ, and what is left is a cone. */
export function homogeneous(row: LinearRow, kappa: number): LinearRow {
  if (row.bound === 0) return row;
  return { index: [...row.index, kappa], value: [...row.value, -row.bound], bound: 0 };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
