import { CandlenetError, formatDay } from '../util/index.js';
import type { BacktestResult } from './result.js';

/**
 * The life of one order in words: why it was given, each fill, each session it stood over, and how it ended.
 * @throws ARGUMENT_INVALID for an id that no order has
 */
export function explainOrder(result: BacktestResult, id: number): string[] {
  const { orders, fills, orderTrail } = result;
  if (!(Number.isInteger(id) && id >= 0 && id < orders.length)) {
    throw new CandlenetError('ARGUMENT_INVALID', `order: found ${id}, expected 0 … ${orders.length - 1}`);
  }
  const o = orders.columns;
  const lines: { date: number; text: string }[] = [];
  for (let i = 0; i < fills.length; i++) {
    const { order_id, date, shares, price } = fills.columns;
    if (order_id[i] === id) lines.push({ date: date[i], text: `filled ${shares[i]} at ${price[i]}` });
  }
  for (let i = 0; i < orderTrail.length; i++) {
    const { order_id, date, event, shares, reason } = orderTrail.columns;
    if (order_id[i] === id) lines.push({ date: date[i], text: `${event[i]} ${shares[i]}: ${reason[i]}` });
  }
  if (o.shares_rejected[id] > 0 || Number.isNaN(o.shares_rejected[id])) {
    // Less than a lot remains of an order that is otherwise filled.
    const why = o.reason[id] === '' ? 'below-lot' : o.reason[id];
    const last = Math.max(o.trade_date[id], ...lines.map(({ date }) => date));
    lines.push({ date: last, text: `rejected ${o.shares_rejected[id]}: ${why}` });
  }
  // The sort is stable: within a session a fill comes before what became of the rest.
  lines.sort((a, b) => a.date - b.date);
  const given = `${formatDay(o.signal_date[id])} ${o.why[id]}: ${o.side[id]} ${o.shares_requested[id]} ${o.symbol[id]}`;
  return [given, ...lines.map(({ date, text }) => `${formatDay(date)} ${text}`)];
}
