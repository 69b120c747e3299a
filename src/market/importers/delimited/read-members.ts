import { readCsv } from '../../../tables/index.js';
import { CandlenetError } from '../../../util/index.js';
import type { MembershipSpell } from '../../types.js';
import { cellError, dayCell, numberCell, symbolCell } from './cells.js';

/** Membership over time from a CSV with the columns symbol, from, to (inclusive), and weight (0 … 1) where it is known. @throws TABLE_INVALID naming line and column */
export function readMembersFile(path: string, index: string): MembershipSpell[] {
  const { header, rows, lines } = readCsv(path, 'CSV of members');
  const at = (name: string) => {
    const found = header.indexOf(name);
    if (found >= 0) return found;
    throw new CandlenetError(
      'TABLE_INVALID',
      `${path} line 1: column "${name}" is missing, found ${header.join(', ')}`,
    );
  };
  const [symbol, from, to] = [at('symbol'), at('from'), at('to')];
  const weightAt = header.indexOf('weight');
  return rows.map((cells, r) => {
    const where = (name: string) => () => `${path} line ${lines[r]}: column "${name}"`;
    const spell = {
      index,
      symbol: symbolCell(cells[symbol], where('symbol')),
      from: dayCell(cells[from], where('from')),
      to: dayCell(cells[to], where('to')),
    };
    if (spell.from > spell.to) throw cellError(where('to')(), cells[to], `no day before ${cells[from]}`);
    const weight = weightAt < 0 ? Number.NaN : numberCell(cells[weightAt], where('weight'));
    if (weight < 0 || weight > 1)
      throw cellError(where('weight')(), cells[weightAt], 'a share of the index from 0 to 1');
    return Number.isNaN(weight) ? spell : { ...spell, weight };
  });
}
