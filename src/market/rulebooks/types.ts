import type { Board } from '../types.js';

/** What a rule governs. Rates and limits are fractions (0.1 is ten per cent), money is in the market's currency. */
export type RuleName =
  /** Smallest step of a price. */
  | 'tick'
  /** Largest rise or fall of a price within a session, from the ex-right reference price. */
  | 'price-limit'
  /** The same for a share under special treatment. */
  | 'st-price-limit'
  /** Sessions from the listing on, the first included, without a price limit. Decided by the day of the listing. */
  | 'free-sessions'
  /** Largest rise on the first session of a listing, from the issue price. */
  | 'first-day-rise'
  /** Largest fall on the first session of a listing, from the issue price. */
  | 'first-day-fall'
  /** Orders are whole multiples of this many shares; 0 allows fractions of a share. */
  | 'lot-size'
  /** Fewest shares of an order. A holding is always sold whole, whatever its size. */
  | 'minimum-order'
  /** Sessions that must pass before a bought share can be sold. */
  | 'settlement-sessions'
  /** Sessions that must pass before the proceeds of a sale can be spent; 0 is the same session. */
  | 'cash-settlement-sessions'
  /** Broker's commission of the amount, where it is not for negotiation. */
  | 'commission-fixed'
  /** Largest commission that may be agreed, of the amount. */
  | 'commission-maximum'
  /** Smallest commission that may be agreed, of the amount: what the broker collects in it for exchange and regulator. */
  | 'commission-floor'
  /** Least commission of one order, in money. */
  | 'commission-minimum'
  | 'stamp-duty-buy'
  | 'stamp-duty-sell'
  /** Of the amount, each side. */
  | 'transfer-fee'
  /** Money per share, each side, where the fee is on the face value. */
  | 'transfer-fee-per-share'
  /** Regulator's levy on the amount of a sale. */
  | 'sale-levy'
  /** Regulator's levy in money per share sold. */
  | 'sale-levy-per-share'
  /** Most money that the levy per share takes from one sale. */
  | 'sale-levy-per-share-cap'
  /** Tax on dividends, taken with them. This rule and the next four go by the record day, the last session before the ex-day. */
  | 'dividend-tax'
  /** Tax on dividends taken when the shares are sold: held up to a month, above that up to a year, above a year. */
  | 'dividend-tax-month'
  | 'dividend-tax-year'
  | 'dividend-tax-later'
  /** Money of income that a bonus share, paid from profits, counts for. */
  | 'bonus-share-income';

/** One rule on one board over one span of days. Where two rows cover a case, the one naming board or exchange wins. */
export interface RuleRow {
  readonly rule: RuleName;
  readonly board: Board | 'all';
  /** Code as `exchangeCode` gives it, such as `SH`, `SZ`, `BJ`; absent means any. */
  readonly exchange?: string;
  /** First day in force, YYYY-MM-DD. */
  readonly from: string;
  /** Last day in force; null while nothing has replaced it. */
  readonly to: string | null;
  readonly value: number;
  /** The notice, law or trading rule it comes from. */
  readonly source: string;
  /** Nothing of its kind was in force before; on an earliest row without it, it is the record that begins there. */
  readonly begins?: true;
}

/** The trading rules of one market: data with effective dates, read by `ruleOn` and `tradingRulesOn`. */
export interface Rulebook {
  readonly name: string;
  readonly title: string;
  readonly currency: string;
  /** The rows describe the rules as known up to this day; null where time does not matter. */
  readonly knownTo: string | null;
  /** When a session ends: what is published later is known on the next. Shortened sessions are taken as whole ones. */
  readonly close: SessionClose;
  readonly rules: readonly RuleRow[];
}

export interface SessionClose {
  /** IANA name of the market's time zone. */
  readonly zone: string;
  /** Minutes after midnight there. */
  readonly minutes: number;
}

/** Where an instrument trades; any spelling of the exchange that `exchangeCode` knows. */
export interface Venue {
  readonly board: Board;
  readonly exchange: string;
}
