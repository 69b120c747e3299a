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
  /**
   * Full model: all-in broker's commission, exchange fees included. Default by the rulebook: the fixed rate while there is
   * one, else 2.5, kept between the least and the most that the rule of the day allows.
   */
  readonly commissionBps?: number;
  /** Full model: least commission of an order, in money. Default the rulebook's of the day; none where it has none. */
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
  /** null: by the rulebook, as `commissionOf` has it. */
  readonly commissionRate: number | null;
  /** null: the rulebook's. */
  readonly minCommission: number | null;
  readonly halfSpread: number;
  readonly impactCoefficient: number;
}

/** The charges of one fill, in money; one sheet is filled in over and over. */
export class Charges {
  commission = 0;
  stampDuty = 0;
  transferFee = 0;
  spread = 0;
  impact = 0;
  total = 0;
}

function nonNegative(value: number, key: string): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new CandlenetError('CONFIG_INVALID', `costs.${key}: found ${value}, expected a number ≥ 0`);
}

/** What a negotiated commission usually is, all in: 2.5 bp. */
const USUAL_COMMISSION = 0.00025;

/** Rate of the broker's commission under the rules of the day. */
export function commissionOf({ commissionRate }: CostModel, rules: TradingRules): number {
  if (commissionRate !== null) return commissionRate;
  if (rules.commissionFixed !== null) return rules.commissionFixed;
  return Math.max(rules.commissionFloor, Math.min(USUAL_COMMISSION, rules.commissionMaximum ?? USUAL_COMMISSION));
}

/** Least commission of an order under the rules of the day, in money. */
export function leastCommissionOf({ minCommission }: CostModel, rules: TradingRules): number {
  return minCommission ?? rules.commissionMinimum;
}

/** @throws CONFIG_INVALID for a negative or non-finite rate */
export function costModel(options: CostOptions): CostModel {
  if (options.model === 'flat') {
    const commissionRate = nonNegative(options.flatRate ?? 0.0005, 'flatRate');
    return { model: 'flat', commissionRate, minCommission: 0, halfSpread: 0, impactCoefficient: 0 };
  }
  return {
    model: 'full',
    commissionRate:
      options.commissionBps === undefined ? null : nonNegative(options.commissionBps, 'commissionBps') / 10_000,
    minCommission: options.minCommission === undefined ? null : nonNegative(options.minCommission, 'minCommission'),
    halfSpread: nonNegative(options.halfSpreadBps ?? 2.5, 'halfSpreadBps') / 10_000,
    impactCoefficient: nonNegative(options.impactCoefficient ?? 0, 'impactCoefficient'),
  };
}

/**
 * Impact on the amount of an order of one share: coefficient × volatility / √volume, so that `shares` cost this × √shares
 * of their amount. 0 where there is no trailing volume or volatility to estimate it from.
 */
export function impactOfOneShare(costs: CostModel, volatility: number, volume: number): number {
  const impact = (costs.impactCoefficient * volatility) / Math.sqrt(volume);
  return Number.isFinite(impact) ? impact : 0;
}

/** What regulators take of a sale: a rate of its amount, and money per share up to a most. */
function saleLevyOf(rules: TradingRules, shares: number, amount: number): number {
  return amount * rules.saleLevy + Math.min(shares * rules.saleLevyPerShare, rules.saleLevyPerShareCap);
}

/** Fills in the charges of one fill; the levies of a sale count with the transfer fee. @param impact from `impactOfOneShare` */
export function chargesOf(
  costs: CostModel,
  rules: TradingRules,
  side: Side,
  shares: number,
  price: number,
  impact = 0,
  sheet = new Charges(),
): Charges {
  const amount = shares * price;
  const statutory = costs.model === 'full';
  const duty = side === 'buy' ? rules.stampDutyBuy : rules.stampDutySell;
  sheet.commission = Math.max(amount * commissionOf(costs, rules), leastCommissionOf(costs, rules));
  sheet.stampDuty = statutory ? amount * duty : 0;
  const levy = side === 'buy' ? 0 : saleLevyOf(rules, shares, amount);
  sheet.transferFee = statutory ? amount * rules.transferFee + shares * rules.transferFeePerShare + levy : 0;
  sheet.spread = amount * costs.halfSpread;
  sheet.impact = impact === 0 ? 0 : amount * impact * Math.sqrt(shares);
  sheet.total = sheet.commission + sheet.stampDuty + sheet.transferFee + sheet.spread + sheet.impact;
  return sheet;
}

/** The most shares, not yet in lots, that `cash` buys at a price with all charges. */
export function affordableShares(
  costs: CostModel,
  rules: TradingRules,
  cash: number,
  price: number,
  impact = 0,
): number {
  const statutory = costs.model === 'full';
  const rate = costs.halfSpread + (statutory ? rules.stampDutyBuy + rules.transferFee : 0);
  const perShare = price * (1 + rate) + (statutory ? rules.transferFeePerShare : 0);
  const atRate = affordableAt(perShare + price * commissionOf(costs, rules), price * impact, cash);
  const atMinimum = affordableAt(perShare, price * impact, cash - leastCommissionOf(costs, rules));
  return Math.max(0, Math.min(atRate, atMinimum));
}

/** Largest x with a·x + b·x^1.5 ≤ cash: Newton from above, where the convex left side makes every step stay above. */
function affordableAt(a: number, b: number, cash: number): number {
  if (!(cash > 0)) return 0;
  let x = cash / a;
  for (let step = 0; b > 0 && step < 60; step++) {
    const root = Math.sqrt(x);
    const next = x - (a * x + b * x * root - cash) / (a + 1.5 * b * root);
    if (!(next < x * (1 - 1e-15))) break;
    x = next;
  }
  return x;
}
