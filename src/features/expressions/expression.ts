/** A parsed factor expression. Infix operators are calls too: `a + b` is `add(a, b)`. */
export type Expression = NumberNode | FieldNode | GroupNode | CallNode;

export interface NumberNode {
  readonly kind: 'number';
  readonly value: number;
}

export interface FieldNode {
  readonly kind: 'field';
  readonly name: FieldName;
}

/** What the stocks of a day are grouped by; an argument of cross-sections only. */
export interface GroupNode {
  readonly kind: 'group';
  readonly name: 'industry';
}

export interface CallNode {
  readonly kind: 'call';
  /** Canonical name, a key of `OPERATORS`. */
  readonly operator: string;
  readonly args: readonly Expression[];
}

/**
 * The columns of a bar. Prices and vwap are back-adjusted (price × factor), volume is divided by the factor, amount is
 * currency as traded: Qlib's convention, in which price × volume is what changed hands. vwap is amount / volume × factor.
 */
export const FIELDS = ['open', 'high', 'low', 'close', 'volume', 'amount', 'vwap'] as const;
export type FieldName = (typeof FIELDS)[number];

/** Whether the expression reads traded amounts, which not every source has. */
export function needsAmount(expression: Expression): boolean {
  if (expression.kind === 'field') return expression.name === 'amount' || expression.name === 'vwap';
  return expression.kind === 'call' && expression.args.some(needsAmount);
}

/** Whether a cross-section of the expression is taken industry by industry. */
export function needsIndustry(expression: Expression): boolean {
  return expression.kind === 'group' || (expression.kind === 'call' && expression.args.some(needsIndustry));
}
