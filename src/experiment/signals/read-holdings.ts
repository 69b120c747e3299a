import type { InitialHolding } from '../../backtest/index.js';
import { canonicalSymbol } from '../../market/index.js';
import { readCsv } from '../../tables/index.js';
import { CandlenetError } from '../../util/index.js';

/**
 * Reads what is held: symbol, shares, and where given `available`, the shares that may be sold in the next session.
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE; TABLE_INVALID naming file, line and column
 */
export function readHoldings(path: string, symbols: readonly string[]): InitialHolding[] {
  const { header, rows, lines } = readCsv(path, 'holdings');
  for (const name of ['symbol', 'shares']) {
    if (header.includes(name)) continue;
    throw new CandlenetError(
      'TABLE_INVALID',
      `${path}: column "${name}" is missing, found ${header.join(', ')}; expected symbol, shares, and if need be available`,
    );
  }
  const known = new Set(symbols);
  const seen = new Set<string>();
  return rows.map((cells, i) => {
    const cell = (name: string) => cells[header.indexOf(name)];
    const wrong = (column: string, expected: string) =>
      new CandlenetError(
        'TABLE_INVALID',
        `${path} line ${lines[i]}, column ${column}: found "${cell(column)}", expected ${expected}`,
      );
    const text = cell('symbol');
    const canonical = known.has(text) ? text : canonicalSymbol(text);
    if (canonical === null || !known.has(canonical)) throw wrong('symbol', 'a symbol with bars in the store');
    if (seen.has(canonical)) throw wrong('symbol', 'each symbol once');
    seen.add(canonical);
    const shares = toNumber(cell('shares'));
    if (!(shares > 0)) throw wrong('shares', 'a number above 0');
    if (!header.includes('available') || cell('available') === '') return { symbol: canonical, shares };
    const available = toNumber(cell('available'));
    if (!(available >= 0 && available <= shares))
      throw wrong('available', `a number from 0 to the ${shares} shares held`);
    return { symbol: canonical, shares, available };
  });
}

function toNumber(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
