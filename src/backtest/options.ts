import type { BarMatrix, CorporateAction, Instrument, Rulebook } from '../market/index.js';
import {
  CandlenetError,
  type Day,
  formatDay,
  type ProgressSink,
  type SessionRange,
  sessionsBetween,
} from '../util/index.js';
import type { CostOptions } from './costs.js';
import type { Trader } from './policy.js';
import type { PreparedMarket } from './prepared-market.js';
import type { FillPrice, Remainder } from './types.js';

export interface InitialHolding {
  readonly symbol: string;
  readonly shares: number;
  /** Shares that may be sold in the first session; default all. */
  readonly available?: number;
}

export interface BacktestOptions {
  /** Raw prices and adjustment factors. */
  readonly bars: BarMatrix;
  /** In any order; one for each symbol of the bars. */
  readonly instruments: readonly Instrument[];
  readonly rulebook: Rulebook;
  readonly costs: CostOptions;
  readonly initialCapital: number;
  /** First and last day of the period, both included. */
  readonly from: Day;
  readonly to: Day;
  readonly policy: Trader;
  /** Largest fraction of the mean volume of the 20 sessions before the trade that one order may take; absent is no cap. */
  readonly maxVolumeShare?: number;
  /** Default `cancel`. */
  readonly remainder?: Remainder;
  /** Default `open`. */
  readonly fillPrice?: FillPrice;
  /**
   * Corporate actions, paid in cash and shares. Absent or null: a change of the adjustment factor is reinvested; so it is where
   * a change has no action to explain it.
   */
  readonly actions?: readonly CorporateAction[] | null;
  /**
   * Whether the rulebook's tax on dividends is charged, as persons and funds pay it; only where the store has actions, and with
   * the full cost model. Default true.
   */
  readonly dividendTax?: boolean;
  /** Fraction of the last price that a position is worth when its listing ends. Default 1. */
  readonly delistingRecovery?: number;
  /** Held beside the initial capital, which is then the cash, at the last close before the period. Default none. */
  readonly initialHoldings?: readonly InitialHolding[];
  /** Of these very bars and actions; where many back-tests share them. */
  readonly prepared?: PreparedMarket;
  readonly progress?: ProgressSink;
}

function configInvalid(key: string, found: unknown, expected: string): CandlenetError {
  return new CandlenetError('CONFIG_INVALID', `backtest.${key}: found ${String(found)}, expected ${expected}`);
}

/**
 * Checks the options and finds the sessions of the period.
 * @throws CONFIG_INVALID, DATE_OUT_OF_STORE, TABLE_INVALID
 */
export function checkOptions(options: Omit<BacktestOptions, 'policy'>): SessionRange {
  const { initialCapital, maxVolumeShare, delistingRecovery, initialHoldings = [], bars, from, to } = options;
  const funded = initialHoldings.length > 0 ? initialCapital >= 0 : initialCapital > 0;
  if (!(Number.isFinite(initialCapital) && funded)) {
    throw configInvalid('initialCapital', initialCapital, 'an amount > 0');
  }
  for (const { symbol, shares, available = shares } of initialHoldings) {
    if (!bars.symbols.includes(symbol)) throw configInvalid('initialHoldings', symbol, 'a symbol of the bars');
    if (!(Number.isFinite(shares) && shares > 0 && available >= 0 && available <= shares)) {
      throw configInvalid(
        `initialHoldings.${symbol}`,
        `${shares} shares, ${available} available`,
        'available ≤ shares > 0',
      );
    }
  }
  if (maxVolumeShare !== undefined && !(maxVolumeShare > 0)) {
    throw configInvalid('maxVolumeShare', maxVolumeShare, 'a fraction > 0');
  }
  if (delistingRecovery !== undefined && !(delistingRecovery >= 0 && delistingRecovery <= 1)) {
    throw configInvalid('delistingRecovery', delistingRecovery, 'a fraction from 0 to 1');
  }
  const { prepared } = options;
  if (prepared && (prepared.bars !== bars || prepared.actions !== (options.actions ?? null))) {
    throw configInvalid('prepared', 'a market of other bars or actions', 'one of the same');
  }
  const period = sessionsBetween(bars.dates, from, to, 'backtest period');
  if (period.start === 0) {
    throw new CandlenetError(
      'DATE_OUT_OF_STORE',
      `backtest.from: found ${formatDay(from)}, expected a day after ${formatDay(bars.dates[0])}, ` +
        'the first session of the bars: the period is counted from the close before it',
    );
  }
  return period;
}

/** Whether dividends are taxed. */
export function taxesDividends({ actions, dividendTax = true, costs }: Omit<BacktestOptions, 'policy'>): boolean {
  return dividendTax && costs.model === 'full' && actions !== undefined && actions !== null;
}

/** Instruments in the order of the symbols. @throws TABLE_INVALID for a symbol without one */
export function alignInstruments(symbols: readonly string[], instruments: readonly Instrument[]): Instrument[] {
  const bySymbol = new Map(instruments.map((instrument) => [instrument.symbol, instrument]));
  return symbols.map((symbol) => {
    const instrument = bySymbol.get(symbol);
    if (instrument) return instrument;
    throw new CandlenetError('TABLE_INVALID', `instruments: "${symbol}" has bars but no row, expected one`);
  });
}
