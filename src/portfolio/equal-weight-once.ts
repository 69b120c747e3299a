import type { Policy } from '../backtest/index.js';
import { fraction } from './parameters.js';

export interface EqualWeightOnceOptions {
  readonly name?: string;
  /** Such as the members of the index at the close before the period. */
  readonly symbols: readonly string[];
  /** Default 1. */
  readonly exposure?: number;
}

/**
 * Buy-and-hold of a universe: at the first close asked, equal weights of the names that traded that day; never touched
 * again. What cannot be bought at the next open stays in cash.
 */
export function equalWeightOnce(options: EqualWeightOnceOptions): Policy {
  const symbols = [...new Set(options.symbols)].sort();
  const exposure = fraction(options.exposure ?? 1, 'exposure');
  return {
    name: options.name ?? 'buy and hold, equal weights',
    start() {
      let done = false;
      return (context) => {
        if (done) return null;
        done = true;
        const tradable = symbols.filter((symbol) => context.tradable(symbol));
        const weights = new Map(tradable.map((symbol) => [symbol, exposure / tradable.length]));
        return { signalDate: context.date, weights };
      };
    },
  };
}
