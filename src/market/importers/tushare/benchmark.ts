import type { KnownIndex } from '../../known-indices.js';
import { MOST_PRICE, MOST_SHARES } from '../../plausible.js';
import type { BenchmarkSeries } from '../../types.js';
import { callTushare, type TushareApi } from './call.js';
import { SHARES_PER_LOT } from './fill-bars.js';
import type { SourceFindings } from './findings.js';
import { compact, rowsByDay } from './rows.js';

/** The index itself (`index_daily`); null without permission or rows. */
export async function readIndexSeries(
  tushare: TushareApi,
  { index, symbol, name }: KnownIndex,
  sessions: Int32Array,
  findings: SourceFindings,
): Promise<BenchmarkSeries | null> {
  const params = {
    ts_code: `${symbol.slice(2)}.${symbol.slice(0, 2)}`,
    start_date: compact(sessions[0]),
    end_date: compact(sessions[sessions.length - 1]),
  };
  const rows = await callTushare(tushare, 'index_daily', params, ['trade_date', 'open', 'high', 'low', 'close', 'vol']);
  if (rows === null) return null;
  const byDay = rowsByDay(rows, 'trade_date', (row) => findings.repeated(`${rows.what} row ${row + 1}`));
  const dates = Int32Array.from([...byDay.keys()].sort((a, b) => a - b));
  if (dates.length === 0) return null;
  const column = (field: string) =>
    Float64Array.from(dates, (day) => rows.positive(byDay.get(day) as number, field, MOST_PRICE));
  const volume = (day: number) => rows.number(byDay.get(day) as number, 'vol', MOST_SHARES / SHARES_PER_LOT);
  return {
    index,
    name,
    kind: 'price',
    dates,
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: Float64Array.from(dates, (day) => volume(day) * SHARES_PER_LOT),
  };
}
