import { type Expression, FIELDS, type FieldName } from './expression.js';
import { expressionError, type Token, tokenise } from './lexer.js';
import { ALIASES, NOT_PRECEDENCE, OPERATORS, UNARY_MINUS_PRECEDENCE } from './operators.js';

const INFIX = new Map(
  Object.entries(OPERATORS).flatMap(([name, { infix }]) =>
    infix === undefined ? [] : [[infix.symbol, { name, precedence: infix.precedence }] as const],
  ),
);
const GROUP = 'industry';
const POWER_PRECEDENCE = 7;
const DEEPEST = 100;

/**
 * Reads a factor expression such as `mean(close, 5) / close - 1`; Qlib's spelling, `Mean($close, 5)/$close-1`, reads the
 * same. `rank(x)` is over the stocks of the day, `rank(x, n)` over the stock's own last n bars, which is `ts_rank(x, n)`.
 * @throws EXPRESSION_INVALID with the column, what was found and what was expected
 * @throws EXPRESSION_LOOKS_AHEAD for `ref(x, -n)` and `delta(x, -n)`: only labels may know the future
 */
export function parseExpression(source: string): Expression {
  return new Parser(source).whole();
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(private readonly source: string) {
    this.tokens = tokenise(source);
  }

  whole(): Expression {
    const expression = this.expression(0);
    if (this.next.kind !== 'end') throw this.unexpected('an operator or the end');
    return expression;
  }

  private get next(): Token {
    return this.tokens[this.at];
  }

  private unexpected(expected: string, token = this.next): Error {
    const found = token.kind === 'end' ? token.text : `"${token.text}"`;
    return expressionError(this.source, token.column, found, expected);
  }

  private eat(text: string, expected = `"${text}"`): void {
    if (this.next.kind !== 'symbol' || this.next.text !== text) throw this.unexpected(expected);
    this.at++;
  }

  /** Operators that bind at least as tightly as `lowest`; all associate to the left but `^`. */
  private expression(lowest: number): Expression {
    if (++this.depth > DEEPEST) throw this.unexpected(`at most ${DEEPEST} nested parts`);
    let left = this.operand();
    for (;;) {
      const operator = this.next.kind === 'number' ? undefined : INFIX.get(this.next.text);
      if (operator === undefined || operator.precedence < lowest) break;
      this.at++;
      const right = this.expression(operator.precedence + (operator.precedence === POWER_PRECEDENCE ? 0 : 1));
      left = { kind: 'call', operator: operator.name, args: [left, right] };
    }
    this.depth--;
    return left;
  }

  private operand(): Expression {
    const token = this.next;
    if (token.kind === 'number') {
      this.at++;
      return { kind: 'number', value: Number(token.text) };
    }
    if (token.kind === 'symbol' && (token.text === '-' || token.text === '+')) {
      this.at++;
      const argument = this.expression(UNARY_MINUS_PRECEDENCE + 1);
      if (token.text === '+') return argument;
      if (argument.kind === 'number') return { kind: 'number', value: -argument.value };
      return { kind: 'call', operator: 'neg', args: [argument] };
    }
    if (token.kind === 'symbol' && token.text === '(') {
      this.at++;
      const inner = this.expression(0);
      this.eat(')');
      return inner;
    }
    if (token.kind !== 'name') throw this.unexpected('a field, a number, a function or "("');
    this.at++;
    if (token.text === 'not' && this.next.text !== '(') {
      return { kind: 'call', operator: 'not', args: [this.expression(NOT_PRECEDENCE)] };
    }
    if (this.next.kind === 'symbol' && this.next.text === '(') return this.call(token);
    if ((FIELDS as readonly string[]).includes(token.text)) return { kind: 'field', name: token.text as FieldName };
    throw this.unexpected(`a field (${FIELDS.join(', ')})`, token);
  }

  /** The name of a group as a whole argument; null for anything else. */
  private group(): Expression | null {
    const after = this.tokens[this.at + 1];
    if (this.next.kind !== 'name' || this.next.text !== GROUP) return null;
    if (after.kind !== 'symbol' || (after.text !== ',' && after.text !== ')')) return null;
    this.at++;
    return { kind: 'group', name: GROUP };
  }

  private call(name: Token): Expression {
    this.at++;
    const args: Expression[] = [];
    const columns: number[] = [];
    if (this.next.text !== ')') {
      do {
        if (args.length > 0) this.at++;
        columns.push(this.next.column);
        args.push(this.group() ?? this.expression(0));
      } while (this.next.kind === 'symbol' && this.next.text === ',');
    }
    this.eat(')', '"," or ")"');
    let operator = ALIASES[name.text] ?? name.text;
    if (operator === 'rank' && args.length === 2 && args[1].kind !== 'group') operator = 'ts_rank';
    if (!Object.hasOwn(OPERATORS, operator)) throw this.unexpected('the name of a function', name);
    this.checkArguments(name, operator, args, columns);
    return { kind: 'call', operator, args };
  }

  private checkArguments(name: Token, operator: string, args: readonly Expression[], columns: readonly number[]): void {
    const { kind, series, written, minWindow = 1 } = OPERATORS[operator];
    if (kind === 'cross-section') {
      if (written?.includes(`${operator}(${shapeOf(operator, args)})`)) return;
      throw expressionError(this.source, name.column, `${name.text} with other arguments`, `${written?.join(' or ')}`);
    }
    const group = args.findIndex((argument) => argument.kind === 'group');
    if (group >= 0) {
      throw expressionError(this.source, columns[group], `"${GROUP}"`, 'a series; cross-sections alone take groups');
    }
    const windowed = kind === 'window' || kind === 'pair-window' || kind === 'shift';
    const expected = series + (windowed ? 1 : 0) + (operator === 'quantile' ? 1 : 0);
    if (args.length !== expected) {
      const count = `${args.length} argument${args.length === 1 ? '' : 's'}`;
      throw expressionError(this.source, name.column, `${name.text} with ${count}`, `${expected}`);
    }
    if (windowed) {
      const window = args[series];
      const what = kind === 'shift' ? 'a number of bars' : 'a window';
      const least = Math.max(1, minWindow);
      if (kind === 'shift' && window.kind === 'number' && window.value < 0) {
        const past = `${what} of at least 1: a feature may not know the future`;
        throw expressionError(this.source, columns[series], `${window.value}`, past, 'EXPRESSION_LOOKS_AHEAD');
      }
      if (
        window.kind !== 'number' ||
        !Number.isInteger(window.value) ||
        window.value < least ||
        window.value > 10_000
      ) {
        const found = window.kind === 'number' ? `${window.value}` : 'an expression';
        throw expressionError(this.source, columns[series], found, `${what}, a whole number from ${least} to 10000`);
      }
    }
    if (operator === 'quantile') {
      const share = args[2];
      if (share.kind !== 'number' || !(share.value >= 0 && share.value <= 1)) {
        const found = share.kind === 'number' ? `${share.value}` : 'an expression';
        throw expressionError(this.source, columns[2], found, 'a quantile, a number from 0 to 1');
      }
    }
  }
}

/** The arguments of a cross-section as the table of operators writes them. */
function shapeOf(operator: string, args: readonly Expression[]): string {
  const isShare = (argument: Expression) =>
    operator === 'winsorize' && argument.kind === 'number' && argument.value >= 0 && argument.value < 0.5;
  return args
    .map((argument, i) => {
      if (argument.kind === 'group') return GROUP;
      if (i === 0) return 'x';
      return isShare(argument) ? 'q' : 'y';
    })
    .join(', ');
}
