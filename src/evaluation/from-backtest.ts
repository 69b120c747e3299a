import type { BacktestResult } from '../backtest/index.js';
import { simpleReturns } from './strategy.js';
import type { RoundTrip, StrategyRecord } from './types.js';

/** A back-test as a strategy record. @param nameOf the instrument's name, empty where the store has none */
export function strategyRecord(
  result: Pick<BacktestResult, 'equity' | 'roundTrips'>,
  nameOf: (symbol: string) => string,
): StrategyRecord {
  // Row 0 is the last close before the period.
  const { date, equity, turnover, costs } = result.equity.columns;
  return {
    dates: date.slice(1),
    returns: simpleReturns(equity.subarray(1), equity[0]),
    turnover: turnover.slice(1),
    costs: Float64Array.from(costs.subarray(1), (cost, i) => cost / equity[i]),
    roundTrips: roundTrips(result, nameOf),
  };
}

function roundTrips(
  { roundTrips: { length, columns } }: Pick<BacktestResult, 'roundTrips'>,
  nameOf: (symbol: string) => string,
): RoundTrip[] {
  return Array.from({ length }, (_, i) => ({
    symbol: columns.symbol[i],
    name: nameOf(columns.symbol[i]),
    entryDate: columns.entry_date[i],
    exitDate: columns.exit_date[i],
    profit: columns.pnl[i],
    return: columns.pnl[i] / columns.cost[i],
  }));
}

/** The `count` closed trades with the highest profit, and those with the greatest loss, largest first. */
export function extremeTrades(
  trips: readonly RoundTrip[],
  count: number,
): { readonly best: RoundTrip[]; readonly worst: RoundTrip[] } {
  const byProfit = trips.toSorted((a, b) => b.profit - a.profit);
  return {
    best: byProfit.filter((trip) => trip.profit > 0).slice(0, count),
    worst: byProfit
      .filter((trip) => trip.profit < 0)
      .reverse()
      .slice(0, count),
  };
}
