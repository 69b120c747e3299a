import type { CountedReason } from '../../report/index.js';
import { formatDay } from '../../util/index.js';

interface OrderColumns {
  readonly symbol: readonly string[];
  readonly trade_date: Int32Array;
  readonly reason: readonly string[];
}

/** Orders that were not wholly filled, by reason, the most frequent first. */
export function countReasons({ symbol, trade_date: date, reason }: OrderColumns): CountedReason[] {
  const byReason = new Map<string, { count: number; example: string }>();
  for (let i = 0; i < reason.length; i++) {
    if (reason[i] === '') continue;
    const entry = byReason.get(reason[i]) ?? { count: 0, example: `${symbol[i]} ${formatDay(date[i])}` };
    byReason.set(reason[i], { ...entry, count: entry.count + 1 });
  }
  return [...byReason].map(([key, entry]) => ({ reason: key, ...entry })).sort((a, b) => b.count - a.count);
}
