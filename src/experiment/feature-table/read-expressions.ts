import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { expressionFamilies } from '../../features/index.js';
import { CandlenetError, readInputFile } from '../../util/index.js';

/**
 * Factor expressions from a YAML file, `name: formula` a line; each is read, so that what is wrong is named with its line.
 * @throws FILE_NOT_FOUND, CONFIG_SYNTAX, CONFIG_INVALID, EXPRESSION_INVALID, EXPRESSION_LOOKS_AHEAD
 */
export function readExpressions(path: string): Record<string, string> {
  const lines = new LineCounter();
  const text = readInputFile(path, 'expressions').toString('utf8');
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    const [reason] = syntax.message.split('\n');
    throw new CandlenetError('CONFIG_SYNTAX', `${path}:${line}:${col}: not valid YAML: ${reason}`);
  }
  if (!isMap(document.contents) || document.contents.items.length === 0) {
    throw new CandlenetError('CONFIG_INVALID', `${path}:1: found no expressions, expected lines of name: formula`);
  }
  const expressions: Record<string, string> = {};
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const line = isScalar(key) && key.range ? lines.linePos(key.range[0]).line : 1;
    if (!isScalar(value) || (typeof value.value !== 'string' && typeof value.value !== 'number')) {
      throw new CandlenetError(
        'CONFIG_INVALID',
        `${path}:${line}: ${name}: expected a formula, such as close / open - 1`,
      );
    }
    const formula = String(value.value);
    try {
      expressionFamilies({ [name]: formula });
    } catch (error) {
      if (!(error instanceof CandlenetError)) throw error;
      throw new CandlenetError(error.code, `${path}:${line}: ${error.message}`);
    }
    expressions[name] = formula;
  }
  return expressions;
}

/**
 * `name=formula` of the command line.
 * @throws CONFIG_INVALID; EXPRESSION_INVALID, EXPRESSION_LOOKS_AHEAD
 */
export function readExpression(text: string): readonly [name: string, formula: string] {
  const [, name, formula] = /^\s*([^=\s]+)\s*=(?!=)(.*)$/s.exec(text) ?? [];
  if (name === undefined || formula.trim() === '') {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `--expression: found "${text}", expected name=formula, such as "reversal=mean(close, 5) / close - 1"`,
    );
  }
  expressionFamilies({ [name]: formula });
  return [name, formula.trim()];
}
