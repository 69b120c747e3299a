import type { Scratch } from './rolling/scratch.js';

/** A constant, or one number a bar. */
export type Value = number | Float64Array;

type Scalar = (a: number, b: number, c: number) => number;

const truth = (holds: boolean) => (holds ? 1 : 0);
/** A comparison with a missing value is missing. */
const compare =
  (holds: (a: number, b: number) => boolean): Scalar =>
  (a, b) =>
    Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : truth(holds(a, b));

const SCALARS: Readonly<Record<string, Scalar>> = {
  neg: (a) => -a,
  abs: Math.abs,
  log: Math.log,
  sign: Math.sign,
  power: (a, b) => a ** b,
  greater: (a, b) => Math.max(a, b),
  less: (a, b) => Math.min(a, b),
  lt: compare((a, b) => a < b),
  le: compare((a, b) => a <= b),
  gt: compare((a, b) => a > b),
  ge: compare((a, b) => a >= b),
  eq: compare((a, b) => a === b),
  ne: compare((a, b) => a !== b),
  and: compare((a, b) => a !== 0 && b !== 0),
  or: compare((a, b) => a !== 0 || b !== 0),
  not: (a) => (Number.isNaN(a) ? Number.NaN : truth(a === 0)),
  if: (condition, a, b) => (Number.isNaN(condition) ? Number.NaN : condition !== 0 ? a : b),
};

const COMPARISONS = new Set(['lt', 'le', 'gt', 'ge', 'eq', 'ne']);

/** NumPy's comparison: with a missing value it is false, `!=` true. */
function numpyCompare(operator: string): Scalar {
  const compared = SCALARS[operator];
  const missing = truth(operator === 'ne');
  return (a, b, c) => (Number.isNaN(a) || Number.isNaN(b) ? missing : compared(a, b, c));
}

export function applyElement(operator: string, args: readonly Value[], scratch: Scratch, numpyTruth: boolean): Value {
  if (args.every((value) => typeof value === 'number') && !(numpyTruth && COMPARISONS.has(operator))) {
    const [a, b, c] = args as number[];
    return operator in ARITHMETIC ? ARITHMETIC[operator](a, b) : SCALARS[operator](a, b, c);
  }
  const [a, b, c] = args.map((value) => (typeof value === 'number' ? scratch.take().fill(value) : value));
  const out = scratch.take();
  const bars = out.length;
  switch (operator) {
    case 'add':
      for (let i = 0; i < bars; i++) out[i] = a[i] + b[i];
      return out;
    case 'sub':
      for (let i = 0; i < bars; i++) out[i] = a[i] - b[i];
      return out;
    case 'mul':
      for (let i = 0; i < bars; i++) out[i] = a[i] * b[i];
      return out;
    case 'div':
      for (let i = 0; i < bars; i++) out[i] = a[i] / b[i];
      return out;
    case 'greater':
      for (let i = 0; i < bars; i++) out[i] = Math.max(a[i], b[i]);
      return out;
    case 'less':
      for (let i = 0; i < bars; i++) out[i] = Math.min(a[i], b[i]);
      return out;
    case 'abs':
      for (let i = 0; i < bars; i++) out[i] = Math.abs(a[i]);
      return out;
    case 'log':
      for (let i = 0; i < bars; i++) out[i] = Math.log(a[i]);
      return out;
    case 'gt':
      for (let i = 0; i < bars; i++) out[i] = a[i] > b[i] ? 1 : a[i] <= b[i] || numpyTruth ? 0 : Number.NaN;
      return out;
    case 'lt':
      for (let i = 0; i < bars; i++) out[i] = a[i] < b[i] ? 1 : a[i] >= b[i] || numpyTruth ? 0 : Number.NaN;
      return out;
    default: {
      const scalar = numpyTruth && COMPARISONS.has(operator) ? numpyCompare(operator) : SCALARS[operator];
      for (let i = 0; i < bars; i++) out[i] = scalar(a[i], b?.[i], c?.[i]);
      return out;
    }
  }
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};
