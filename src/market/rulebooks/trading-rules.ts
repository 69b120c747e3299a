import type { Day } from '../../util/index.js';
import { ruleOn } from './lookup.js';
import type { Rulebook, Venue } from './types.js';

/** Every rule of one venue on one day, resolved. null is "no such rule"; rates are fractions. */
export interface TradingRules {
  readonly tick: number | null;
  readonly priceLimit: number | null;
  readonly stPriceLimit: number | null;
  readonly firstDayRise: number | null;
  readonly firstDayFall: number | null;
  /** 0 allows fractions of a share. */
  readonly lotSize: number;
  readonly minimumOrder: number;
  readonly settlementSessions: number;
  /** Sessions until the proceeds of a sale can be spent; 0 is at once. */
  readonly cashSettlementSessions: number;
  /** Null where commission is for negotiation. */
  readonly commissionFixed: number | null;
  readonly commissionMaximum: number | null;
  readonly commissionFloor: number;
  /** Of one order, in money. */
  readonly commissionMinimum: number;
  readonly stampDutyBuy: number;
  readonly stampDutySell: number;
  readonly transferFee: number;
  readonly transferFeePerShare: number;
  /** Regulator's levies on sales: of the amount, and in money per share up to a cap for one sale. */
  readonly saleLevy: number;
  readonly saleLevyPerShare: number;
  readonly saleLevyPerShareCap: number;
  /** Of dividends: taken with them; when sold within a month, within a year, later. */
  readonly dividendTax: number;
  readonly dividendTaxMonth: number;
  readonly dividendTaxYear: number;
  readonly dividendTaxLater: number;
  /** Money of income that a bonus share counts for. */
  readonly bonusShareIncome: number;
}

/** Resolves a rulebook for a venue and day. A board without an order rule trades single shares. */
export function tradingRulesOn(book: Rulebook, venue: Venue, day: Day): TradingRules {
  return {
    tick: ruleOn(book, 'tick', venue, day),
    priceLimit: ruleOn(book, 'price-limit', venue, day),
    stPriceLimit: ruleOn(book, 'st-price-limit', venue, day),
    firstDayRise: ruleOn(book, 'first-day-rise', venue, day),
    firstDayFall: ruleOn(book, 'first-day-fall', venue, day),
    lotSize: ruleOn(book, 'lot-size', venue, day) ?? 1,
    minimumOrder: ruleOn(book, 'minimum-order', venue, day) ?? 0,
    settlementSessions: ruleOn(book, 'settlement-sessions', venue, day) ?? 0,
    cashSettlementSessions: ruleOn(book, 'cash-settlement-sessions', venue, day) ?? 0,
    commissionFixed: ruleOn(book, 'commission-fixed', venue, day),
    commissionMaximum: ruleOn(book, 'commission-maximum', venue, day),
    commissionFloor: ruleOn(book, 'commission-floor', venue, day) ?? 0,
    commissionMinimum: ruleOn(book, 'commission-minimum', venue, day) ?? 0,
    stampDutyBuy: ruleOn(book, 'stamp-duty-buy', venue, day) ?? 0,
    stampDutySell: ruleOn(book, 'stamp-duty-sell', venue, day) ?? 0,
    transferFee: ruleOn(book, 'transfer-fee', venue, day) ?? 0,
    transferFeePerShare: ruleOn(book, 'transfer-fee-per-share', venue, day) ?? 0,
    saleLevy: ruleOn(book, 'sale-levy', venue, day) ?? 0,
    saleLevyPerShare: ruleOn(book, 'sale-levy-per-share', venue, day) ?? 0,
    saleLevyPerShareCap: ruleOn(book, 'sale-levy-per-share-cap', venue, day) ?? Number.POSITIVE_INFINITY,
    dividendTax: ruleOn(book, 'dividend-tax', venue, day) ?? 0,
    dividendTaxMonth: ruleOn(book, 'dividend-tax-month', venue, day) ?? 0,
    dividendTaxYear: ruleOn(book, 'dividend-tax-year', venue, day) ?? 0,
    dividendTaxLater: ruleOn(book, 'dividend-tax-later', venue, day) ?? 0,
    bonusShareIncome: ruleOn(book, 'bonus-share-income', venue, day) ?? 0,
  };
}

/**
 * Sessions from the listing on that have no price limit. The regime under which a share was listed decides, so the rule
 * is looked up on the day of the listing, not on the day of the trade.
 */
export function freeSessionsOfListing(book: Rulebook, venue: Venue, listDate: Day): number {
  return ruleOn(book, 'free-sessions', venue, listDate) ?? 0;
}
