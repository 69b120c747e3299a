import type { PolicyContext } from '../backtest/index.js';
import { CandlenetError, monthOf, weekOf } from '../util/index.js';

/** `weekly`, `monthly`: at the close of the last session of the calendar week or month; a number: every n sessions. */
export type Rebalance = 'daily' | 'weekly' | 'monthly' | number;

/** @throws CONFIG_INVALID unless a number of sessions is whole and positive */
export function checkRebalance(rebalance: Rebalance): Rebalance {
  if (typeof rebalance !== 'number' || (Number.isInteger(rebalance) && rebalance > 0)) return rebalance;
  throw new CandlenetError(
    'CONFIG_INVALID',
    `portfolio.rebalance: found ${rebalance}, expected "daily", "weekly", "monthly" or a whole number of sessions ≥ 1`,
  );
}

/**
 * Whether the close of this session is one to rebalance at. A portfolio that was never set is due at any close.
 * @param lastSession session of the last rebalancing, null before the first
 */
export function isDue(rebalance: Rebalance, context: PolicyContext, lastSession: number | null): boolean {
  if (lastSession === null || rebalance === 'daily') return true;
  if (rebalance === 'weekly') return weekOf(context.date) !== weekOf(context.nextDate);
  if (rebalance === 'monthly') return monthOf(context.date) !== monthOf(context.nextDate);
  return context.session - lastSession >= rebalance;
}
