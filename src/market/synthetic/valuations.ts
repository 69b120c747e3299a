import { allocateColumns, makeTable, type Table } from '../../tables/index.js';
import { valuationsSchema } from '../store-schema.js';
import type { FactInputs, KnownBooks } from './fundamentals.js';

/** A ratio to something that is 0 is none. */
const ratio = (value: number, base: number) => (base === 0 ? Number.NaN : value / base);

/**
 * Turnover and the close's ratios to what was known of the company's books on the day, for every bar; a loss makes a
 * negative ratio, as sources state it. Turnover is of all shares: every share can be traded here.
 * @param known from `simulateFundamentals`
 */
export function simulateValuations(
  { listings, states, bars, dates }: FactInputs,
  known: readonly (readonly KnownBooks[])[],
): Table<typeof valuationsSchema> {
  const length = listings.reduce((sum, { firstSession, lastSession }) => sum + lastSession - firstSession + 1, 0);
  const columns = allocateColumns(valuationsSchema, length);
  let row = 0;
  for (const [s, { instrument, firstSession, lastSession }] of listings.entries()) {
    let next = 0;
    let books: KnownBooks | null = null;
    for (let d = firstSession; d <= lastSession; d++, row++) {
      for (; next < known[s].length && known[s][next].day <= dates[d]; next++) {
        // A restatement of an older report leaves the newest one in force.
        if (books === null || known[s][next].index >= books.index) books = known[s][next];
      }
      const cell = s * dates.length + d;
      const shares = states[s].shares[d];
      const capitalisation = shares * bars.close[cell];
      columns.symbol[row] = instrument.symbol;
      columns.date[row] = dates[d];
      columns.turnover[row] = bars.volume[cell] / shares;
      columns.pe_ttm[row] = books ? ratio(capitalisation, books.parentProfit) : Number.NaN;
      columns.pb[row] = books ? ratio(capitalisation, books.equity) : Number.NaN;
      columns.ps_ttm[row] = books ? ratio(capitalisation, books.revenue) : Number.NaN;
      columns.pcf_ttm[row] = books ? ratio(capitalisation, books.operatingCash) : Number.NaN;
    }
  }
  return makeTable(valuationsSchema, columns);
}
