import type { TradingRules } from '../market/index.js';
import { CandlenetError } from '../util/index.js';
import type { Side } from './schemas.js';

/**
 * What trading costs. `full`: the broker's commission and half the spread beside the rulebook's duties and fees.
 * `flat`: one rate on the amount of either side and nothing else. Amounts are not rounded to the cent.
 */
export interface CostOptions {
  readonly model: 'full' | 'flat';
  /** Flat model: fraction of the amount. Default 0.0005. */
  readonly flatRate?: number;
  /** Full model: all-in broker's commission, exchange fees included. Default 2.5. */
  readonly commissionBps?: number;
  /** Full model: least commission of an order, in money. Default 5. */
  readonly minCommission?: number;
  /** Full model: half the bid-ask spread, charged beside a fill at the open. Default 2.5: half a tick of CNY 0.01 at CNY 20. */
  readonly halfSpreadBps?: number;
  /**
   * Full model: market impact as coefficient × daily volatility × √(shares / average daily volume) of the amount, the
   * square-root law (Barra, Market Impact Model Handbook 1997; Almgren, Thum, Hauptmann and Li 2005 measured the power
   * as 0.6). Volatility and volume are those of the 20 sessions before the fill. Usual: 0.5 to 1. Default 0: none.
   */
  readonly impactCoefficient?: number;
}

export interface CostModel {
  readonly model: 'full' | 'flat';
  readonly commissionRate: number;
  readonly minCommission: number;
  readonly halfSpread: number;
}

export interface Charges {
  readonly commission: number;
  readonly stampDuty: number;
  readonly transferFee: number;
  readonly spread: number;
  readonly total: number;
}

function nonNegative(value: number, key: string): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new CandlenetError('CONFIG_INVALID', `costs.${key}: found ${value}, expected a number ≥ 0`);
}

/** @throws CONFIG_INVALID for a negative or non-finite rate */
export function costModel(options: CostOptions): CostModel {
  if (options.model === 'flat') {
    const commissionRate = nonNegative(options.flatRate ?? 0.0005, 'flatRate');
    return { model: 'flat', commissionRate, minCommission: 0, halfSpread: 0 };
  }
  return {
    model: 'full',
    commissionRate: nonNegative(options.commissionBps ?? 2.5, 'commissionBps') / 10_000,
    minCommission: nonNegative(options.minCommission ?? 5, 'minCommission'),
    halfSpread: nonNegative(options.halfSpreadBps ?? 2.5, 'halfSpreadBps') / 10_000,
  };
}

/** Charges of one fill, in money. */
export function chargesOf(costs: CostModel, rules: TradingRules, side: Side, shares: number, price: number): Charges {
  const amount = shares * price;
  const statutory = costs.model === 'full';
  const duty = side === 'buy' ? rules.stampDutyBuy : rules.stampDutySell;
  const commission = Math.max(amount * costs.commissionRate, costs.minCommission);
  const stampDuty = statutory ? amount * duty : 0;
  const transferFee = statutory ? amount * rules.transferFee + shares * rules.transferFeePerShare : 0;
  const spread = amount * costs.halfSpread;
  return { commission, stampDuty, transferFee, spread, total: commission + stampDuty + transferFee + spread };
}

/** The most shares, not yet in lots, that `cash` buys at a price with all charges. */
export function affordableShares(costs: CostModel, rules: TradingRules, cash: number, price: number): number {
  const statutory = costs.model === 'full';
  const rate = costs.halfSpread + (statutory ? rules.stampDutyBuy + rules.transferFee : 0);
  const perShare = price * (1 + rate) + (statutory ? rules.transferFeePerShare : 0);
  const atRate = cash / (perShare + price * costs.commissionRate);
  const atMinimum = (cash - costs.minCommission) / perShare;
  return Math.max(0, Math.min(atRate, atMinimum));
}
