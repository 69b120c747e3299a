import type { Expression } from './expression.js';
import { OPERATORS, UNARY_MINUS_PRECEDENCE } from './operators.js';

const ATOM = 10;

/** The expression in its canonical spelling; reading it back gives the same expression. */
export function formatExpression(expression: Expression): string {
  return print(expression).text;
}

function print(expression: Expression): { text: string; precedence: number } {
  if (expression.kind === 'number') {
    return { text: `${expression.value}`, precedence: expression.value < 0 ? UNARY_MINUS_PRECEDENCE : ATOM };
  }
  if (expression.kind === 'field' || expression.kind === 'group') return { text: expression.name, precedence: ATOM };
  const { operator, args } = expression;
  const { infix } = OPERATORS[operator];
  if (operator === 'neg') {
    return { text: `-${wrapped(args[0], UNARY_MINUS_PRECEDENCE + 1)}`, precedence: UNARY_MINUS_PRECEDENCE };
  }
  if (infix === undefined) {
    return { text: `${operator}(${args.map(formatExpression).join(', ')})`, precedence: ATOM };
  }
  const { symbol, precedence } = infix;
  const rightFirst = operator === 'power';
  const left = wrapped(args[0], precedence + (rightFirst ? 1 : 0));
  const right = wrapped(args[1], precedence + (rightFirst ? 0 : 1));
  return { text: `${left} ${symbol} ${right}`, precedence };
}

function wrapped(expression: Expression, atLeast: number): string {
  const { text, precedence } = print(expression);
  return precedence < atLeast ? `(${text})` : text;
}
