import type { Expression } from './expression.js';
import { OPERATORS } from './operators.js';

/** α·n bars after which what came before weighs less than a millionth: ln(10⁻⁶) / ln(1 − 2 / (n + 1)), Qlib's measure. */
const memoryOfEma = (window: number) =>
  window === 1 ? 1 : Math.max(window, Math.ceil(Math.log(1e-6) / Math.log(1 - 2 / (window + 1))));

/** Bars of history the value at t needs, t included. */
export function lookbackOf(expression: Expression): number {
  if (expression.kind !== 'call') return 1;
  const { operator, args } = expression;
  const inner = Math.max(...args.map(lookbackOf));
  const { kind, series } = OPERATORS[operator];
  const size = args[series];
  if (size === undefined || size.kind !== 'number') return inner;
  if (kind === 'shift') return inner + size.value;
  if (operator === 'ema') return inner + memoryOfEma(size.value) - 1;
  return kind === 'window' || kind === 'pair-window' ? inner + size.value - 1 : inner;
}
