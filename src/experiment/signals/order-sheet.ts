import {
  type BacktestOptions,
  type InitialHolding,
  type Policy,
  runBacktest,
  type TargetWeights,
} from '../../backtest/index.js';
import {
  type BarMatrix,
  freeSessionsOfListing,
  type Instrument,
  priceLimitsOf,
  tradingRulesOn,
} from '../../market/index.js';
import { type Day, lowerBound } from '../../util/index.js';
import type { Execution } from '../pipeline/execution.js';
import { withNextSession } from './next-session.js';

/** One order for the next session. */
export interface SheetLine {
  readonly symbol: string;
  readonly name: string;
  readonly side: 'buy' | 'sell';
  /** What the target asks for, before lots, limits and cash. */
  readonly sharesWanted: number;
  /** To order: whole lots that can be sold, or paid at the reference price. 0 where nothing can be done, and why. */
  readonly shares: number;
  readonly obstacle: string;
  /** Why the policy gave the order: `target`, or what a risk control demanded, such as `stop-loss`. */
  readonly why: string;
  /** The last close. */
  readonly referencePrice: number;
  /** Of the next session, rounded to the tick; null where there are none. */
  readonly lowerLimit: number | null;
  readonly upperLimit: number | null;
  /** At the reference price, in money. */
  readonly estimatedAmount: number;
  readonly estimatedCost: number;
  readonly weightNow: number;
  readonly weightTarget: number;
}

export interface OrderSheet {
  readonly lines: readonly SheetLine[];
  readonly equity: number;
  readonly cash: number;
  /** After all orders, at the reference prices. */
  readonly cashAfter: number;
  /** null where the policy leaves the portfolio as it is. */
  readonly target: TargetWeights | null;
}

export interface SheetOptions {
  /** Up to the close of the signal. */
  readonly bars: BarMatrix;
  readonly instruments: readonly Instrument[];
  readonly execution: Execution;
  readonly policy: Policy;
  readonly cash: number;
  readonly holdings: readonly InitialHolding[];
  readonly nextDate: Day;
}

/**
 * What a back-test's order desk would send to the next session, given this ledger and this policy's answer after the last
 * close: the desk itself makes it, on a session that stands where the last one closed.
 */
export function orderSheet(options: SheetOptions): OrderSheet {
  const { bars, instruments, execution, policy, cash, holdings, nextDate } = options;
  let target: TargetWeights | null = null;
  const asked: Policy = {
    name: policy.name,
    start() {
      const step = policy.start();
      return (context) => {
        target = step(context);
        return target;
      };
    },
  };
  const wide = withNextSession(bars, instruments, nextDate);
  const result = runBacktest({
    ...execution,
    bars: wide,
    instruments,
    initialCapital: cash,
    initialHoldings: holdings,
    from: nextDate,
    to: nextDate,
    policy: asked,
  });
  const { equity, cash: cashColumn } = result.equity.columns;
  const costOf = new Map<number, { amount: number; cost: number }>();
  const fills = result.fills.columns;
  for (let i = 0; i < result.fills.length; i++) {
    const moved = fills.side[i] === 'buy' ? 1 : -1;
    const fill = { amount: fills.amount[i], cost: chargesOfFill(fills, i) };
    costOf.set(fills.order_id[i], { ...fill, amount: moved * fill.amount });
  }
  const rowOf = new Map(bars.symbols.map((symbol, s) => [symbol, s]));
  const held = new Map(holdings.map(({ symbol, shares }) => [symbol, shares]));
  const orders = result.orders.columns;
  const wanted = target as TargetWeights | null;
  const lines = orders.symbol.map((symbol, i): SheetLine => {
    const s = rowOf.get(symbol)!;
    const instrument = instruments.find((one) => one.symbol === symbol)!;
    const price = wide.close[(s + 1) * wide.dates.length - 1];
    const fill = costOf.get(orders.id[i]);
    return {
      symbol,
      name: instrument.name,
      side: orders.side[i] as 'buy' | 'sell',
      sharesWanted: orders.shares_requested[i],
      shares: orders.shares_filled[i],
      obstacle: orders.reason[i],
      why: orders.why[i],
      referencePrice: price,
      ...limitsOf(wide, s, instrument, execution.rulebook, price),
      estimatedAmount: fill?.amount ?? 0,
      estimatedCost: fill?.cost ?? 0,
      weightNow: ((held.get(symbol) ?? 0) * price) / equity[0],
      weightTarget: wanted?.weights.get(symbol) ?? 0,
    };
  });
  return { lines, equity: equity[0], cash, cashAfter: cashColumn[cashColumn.length - 1], target: wanted };
}

const CHARGES = ['commission', 'stamp_duty', 'transfer_fee', 'spread', 'impact'] as const;

function chargesOfFill(fills: Partial<Record<(typeof CHARGES)[number], Float64Array>>, i: number): number {
  return CHARGES.reduce((sum, name) => sum + (fills[name]?.[i] ?? 0), 0);
}

function limitsOf(
  { dates, st }: BarMatrix,
  s: number,
  instrument: Instrument,
  rulebook: BacktestOptions['rulebook'],
  reference: number,
): Pick<SheetLine, 'lowerLimit' | 'upperLimit'> {
  const d = dates.length - 1;
  const { listDate } = instrument;
  const dated = listDate !== null && listDate >= dates[0];
  const limits = priceLimitsOf(tradingRulesOn(rulebook, instrument, dates[d]), reference, {
    sessionOfListing: dated ? d - lowerBound(dates, listDate) + 1 : null,
    freeSessions: dated ? freeSessionsOfListing(rulebook, instrument, listDate) : 0,
    specialTreatment: st?.[s * dates.length + d] === 1,
  });
  const finite = (price: number | undefined) => (price !== undefined && Number.isFinite(price) ? price : null);
  return { lowerLimit: finite(limits?.lower), upperLimit: finite(limits?.upper) };
}
