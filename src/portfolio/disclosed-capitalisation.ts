import type { PolicyContext } from '../backtest/index.js';
import { type Day, indexAsOf } from '../util/index.js';
import type { PriceHistory } from './price-history.js';

/** What companies disclosed, one fact a row, in any order. */
export interface DisclosedFacts {
  readonly length: number;
  readonly columns: Readonly<{
    symbol: readonly string[];
    period_end: Int32Array;
    field: readonly string[];
    announced: Int32Array;
    value: Float64Array;
  }>;
}

/**
 * The market value of companies as known after a close: the shares of the latest period disclosed by then, at the price of
 * that period's end, grown with the adjusted price since. So a bonus issue counts at once; new shares sold count from
 * their disclosure on, and dividends of the meantime, a quarter or two, count in as if reinvested. NaN before a company has
 * disclosed its shares.
 * @param dates of the sessions
 * @param field `total_shares`, or `float_shares` for those that can be traded
 */
export function disclosedCapitalisation(
  { length, columns }: DisclosedFacts,
  history: PriceHistory,
  dates: ArrayLike<Day>,
  field: 'total_shares' | 'float_shares' = 'total_shares',
): (symbol: string, context: Pick<PolicyContext, 'session'>) => number {
  const rows = new Map<string, number[]>();
  for (let row = 0; row < length; row++) {
    if (columns.field[row] !== field || !(columns.value[row] > 0)) continue;
    const own = rows.get(columns.symbol[row]);
    if (own) own.push(row);
    else rows.set(columns.symbol[row], [row]);
  }
  const { announced, period_end: periodEnd } = columns;
  const known = new Map(
    Array.from(rows, ([symbol, own]) => {
      own.sort((a, b) => announced[a] - announced[b] || periodEnd[a] - periodEnd[b]);
      // A report that comes late says nothing newer than the one already out.
      let latest = own[0];
      const current = own.map((row) => {
        if (periodEnd[row] >= periodEnd[latest]) latest = row;
        return latest;
      });
      return [symbol, { announced: own.map((row) => announced[row]), current }];
    }),
  );
  return (symbol, { session }) => {
    const facts = known.get(symbol);
    const at = facts ? indexAsOf(facts.announced, dates[session]) : -1;
    if (!facts || at < 0) return Number.NaN;
    const row = facts.current[at];
    return history.valueOfShares(symbol, session, columns.value[row], indexAsOf(dates, periodEnd[row]));
  };
}
