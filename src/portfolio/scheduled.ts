import type { Policy, PolicyContext } from '../backtest/index.js';
import { checkRebalance, isDue, type Rebalance } from './rebalance.js';

export interface Schedule {
  readonly name: string;
  readonly rebalance: Rebalance;
  /** Weights at a close that is due; null where the day says nothing, and then the next close is due. */
  choose(context: PolicyContext): ReadonlyMap<string, number> | null;
}

/** A policy that chooses afresh at each close that is due and leaves the portfolio alone otherwise. */
export function scheduledPolicy({ name, rebalance, choose }: Schedule): Policy {
  const period = checkRebalance(rebalance);
  return {
    name,
    start() {
      let lastSession: number | null = null;
      return (context) => {
        if (!isDue(period, context, lastSession)) return null;
        const weights = choose(context);
        if (weights === null) return null;
        lastSession = context.session;
        return { signalDate: context.date, weights };
      };
    },
  };
}
