import { CandlenetError } from '../../util/index.js';

export interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
  /** Where it starts, from 1. */
  readonly column: number;
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|\$?([A-Za-z_]\w*)|(<=|>=|==|!=|[-+*/^<>(),]))/y;

/** @throws EXPRESSION_INVALID at the first character that belongs to nothing */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) {
      const column = from + (source.slice(from).match(/^\s*/)?.[0].length ?? 0) + 1;
      throw expressionError(
        source,
        column,
        `"${source[column - 1]}"`,
        'a field, a number, an operator or a parenthesis',
      );
    }
    const text = match[1] ?? match[2] ?? match[3];
    const column = TOKEN.lastIndex - text.length + 1;
    if (match[1] !== undefined) tokens.push({ kind: 'number', text, column });
    else if (match[2] !== undefined) tokens.push({ kind: 'name', text: text.toLowerCase(), column });
    else tokens.push({ kind: 'symbol', text, column });
  }
  tokens.push({ kind: 'end', text: 'the end', column: end + 1 });
  return tokens;
}

export function expressionError(
  source: string,
  column: number,
  found: string,
  expected: string,
  code: 'EXPRESSION_INVALID' | 'EXPRESSION_LOOKS_AHEAD' = 'EXPRESSION_INVALID',
): CandlenetError {
  return new CandlenetError(code, `"${source.trim()}", column ${column}: found ${found}, expected ${expected}`);
}
