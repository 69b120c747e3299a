import type { TradingRules } from '../market/index.js';
import { addMonths, type Day } from '../util/index.js';

/** Shares bought together, and the tax that their dividends would cost if they were sold now: by how long they are held. */
interface Lot {
  readonly bought: Day;
  shares: number;
  /** In money: sold within a month, within a year, later. */
  month: number;
  year: number;
  later: number;
}

/**
 * Tax on dividends. A rate of the rulebook without regard to time is taken with the dividend; rates by the time of holding
 * are taken when the shares are sold, the oldest first, by the rates in force on the record day of each dividend.
 */
export class DividendTax {
  private readonly lots: Lot[][];

  constructor(symbols: number) {
    this.lots = Array.from({ length: symbols }, () => []);
  }

  buy(s: number, bought: Day, shares: number): void {
    if (shares > 0) this.lots[s].push({ bought, shares, month: 0, year: 0, later: 0 });
  }

  /**
   * @param taxable of one share, in money
   * @param rules of the record day
   * @returns what is taken at once, in money
   */
  dividend(s: number, taxable: number, rules: TradingRules): number {
    let atOnce = 0;
    for (const lot of this.lots[s]) {
      const amount = lot.shares * taxable;
      atOnce += amount * rules.dividendTax;
      lot.month += amount * rules.dividendTaxMonth;
      lot.year += amount * rules.dividendTaxYear;
      lot.later += amount * rules.dividendTaxLater;
    }
    return atOnce;
  }

  scale(s: number, ratio: number): void {
    for (const lot of this.lots[s]) lot.shares *= ratio;
  }

  /**
   * Takes shares out, first in, first out.
   * @param held all there were, so that no rounding stays behind when all of them go
   * @returns the tax that falls due, in money
   */
  sell(s: number, date: Day, shares: number, held: number): number {
    const lots = this.lots[s];
    let left = shares;
    let due = 0;
    let gone = 0;
    for (const lot of lots) {
      const share = shares === held || left >= lot.shares ? 1 : left / lot.shares;
      // A month from the 8th ends with the 7th of the next: sold on the 8th, the shares were held for just one (财税〔2012〕85号).
      const owed =
        date <= addMonths(lot.bought, 1) ? lot.month : date <= addMonths(lot.bought, 12) ? lot.year : lot.later;
      due += owed * share;
      left -= lot.shares * share;
      if (share < 1) {
        lot.shares *= 1 - share;
        lot.month *= 1 - share;
        lot.year *= 1 - share;
        lot.later *= 1 - share;
        break;
      }
      gone++;
      if (!(left > 0) && shares !== held) break;
    }
    lots.splice(0, gone);
    return due;
  }
}
