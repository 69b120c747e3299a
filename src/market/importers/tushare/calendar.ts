import { CandlenetError, type Day, formatDay } from '../../../util/index.js';
import { callTushare, type TushareApi } from './call.js';
import { compact, requiredDay } from './rows.js';

/** Sessions of the Shanghai exchange, which Shenzhen and Beijing share (`trade_cal`). @throws HTTP_REFUSED, DATE_OUT_OF_STORE */
export async function readSessions(tushare: TushareApi, from: Day, to: Day): Promise<Int32Array> {
  const params = { exchange: 'SSE', start_date: compact(from), end_date: compact(to) };
  const rows = await callTushare(tushare, 'trade_cal', params, ['cal_date', 'is_open']);
  if (rows === null) throw neededApi('trade_cal');
  const days = new Set<Day>();
  for (let row = 0; row < rows.items.length; row++) {
    const day = requiredDay(rows, row, 'cal_date');
    const open = rows.number(row, 'is_open');
    if (open !== 0 && open !== 1) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${rows.what}: row ${row + 1}, column "is_open": found ${open}, expected 0 or 1`,
      );
    }
    if (open === 1 && day >= from && day <= to) days.add(day);
  }
  if (days.size === 0) {
    throw new CandlenetError(
      'DATE_OUT_OF_STORE',
      `tushare trade_cal: found no session in ${formatDay(from)} … ${formatDay(to)}`,
    );
  }
  return Int32Array.from(days).sort();
}

/** Without this api there is no store. */
export function neededApi(api: string): CandlenetError {
  return new CandlenetError(
    'HTTP_REFUSED',
    `tushare ${api}: found no permission for it, expected an account that may use it`,
  );
}
