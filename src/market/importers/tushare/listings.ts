import { CandlenetError } from '../../../util/index.js';
import { canonicalSymbol } from '../../boards.js';
import type { InstrumentFacts } from '../instrument-names.js';
import { callTushare, type TushareApi } from './call.js';

/** Listed, delisted and suspended from listing: without the latter two a list holds survivors only. */
const STATUSES = ['L', 'D', 'P'] as const;
const FIELDS = ['ts_code', 'name', 'industry', 'list_date', 'delist_date'] as const;

/** Facts about every listing there ever was, by canonical symbol (`stock_basic`); empty without permission. */
export async function readListings(tushare: TushareApi): Promise<Map<string, InstrumentFacts>> {
  const facts = new Map<string, InstrumentFacts>();
  for (const status of STATUSES) {
    const rows = await callTushare(tushare, 'stock_basic', { list_status: status }, FIELDS);
    if (rows === null) break;
    for (let row = 0; row < rows.items.length; row++) {
      const symbol = canonicalSymbol(rows.text(row, 'ts_code'));
      if (symbol === null) continue;
      facts.set(symbol, {
        name: rows.text(row, 'name').normalize('NFKC'),
        industry: rows.text(row, 'industry'),
        listDate: rows.day(row, 'list_date'),
        delistDate: rows.day(row, 'delist_date'),
      });
    }
  }
  return facts;
}

/** Tushare writes `600000.SH`. @throws ARGUMENT_INVALID */
export function tushareCode(symbol: string): string {
  const canonical = canonicalSymbol(symbol);
  if (canonical !== null) return `${canonical.slice(2)}.${canonical.slice(0, 2)}`;
  throw new CandlenetError('ARGUMENT_INVALID', `symbol: found "${symbol}", expected a code such as 600000.SH`);
}
