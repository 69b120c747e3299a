import { type Day, monthOf, type Rng } from '../../util/index.js';
import type { CorporateAction } from '../types.js';
import type { RightsIssue } from './rights-issues.js';

/** What a holder of one share gets on the ex-day. */
export interface DrawnAction {
  /** In ticks of 0.01. */
  readonly cash: number;
  /** New shares per share held. */
  readonly bonus: number;
  /** New shares per share held that are offered for `rightsPrice` ticks each; both 0 without an issue. */
  readonly rights: number;
  readonly rightsPrice: number;
}

/** Mainland companies pay once a year, from May to July after the annual report: some one ex-day in sixty sessions. */
const EX_DAY_CHANCE = 0.8 / 60;
const BONUS_PRICE = 2500;

/** 1 on the sessions from May to July. */
export function exDaySeason(dates: Int32Array): Uint8Array {
  return Uint8Array.from(dates, (day) => {
    const month = monthOf(day) % 12;
    return month >= 4 && month <= 6 ? 1 : 0;
  });
}

/**
 * The corporate action of a session, null on most. Bonus shares (3 to 10 for 10) go to stocks that have become dear; it
 * depends on the past price only, and an action leaves the holder as rich as before, so it tells nothing about returns.
 * Two draws a session, whatever happens.
 * @param season from `exDaySeason`
 * @param close last close in ticks
 */
export function drawAction(rng: Rng, season: Uint8Array, session: number, close: number): DrawnAction | null {
  const chance = rng.uniform();
  const size = rng.uniform();
  if (session === 0 || season[session] === 0 || chance >= EX_DAY_CHANCE) return null;
  const cash = Math.floor(close * (0.005 + 0.03 * size));
  const bonus = close > BONUS_PRICE ? (3 + Math.floor(8 * size)) / 10 : 0;
  return cash === 0 && bonus === 0 ? null : { cash, bonus, rights: 0, rightsPrice: 0 };
}

/** The rights issue and whatever else goes ex on the same day. */
export function withRights(other: DrawnAction | null, { ratio, price }: RightsIssue): DrawnAction {
  return { cash: other?.cash ?? 0, bonus: other?.bonus ?? 0, rights: ratio, rightsPrice: price };
}

/**
 * Ex-right reference price in whole ticks: (last close − cash + rights price × rights) ÷ (1 + bonus + rights), rounded half up
 * as the exchanges do.
 */
export function referenceAfter(close: number, { cash, bonus, rights, rightsPrice }: DrawnAction): number {
  return Math.floor((close - cash + rightsPrice * rights) / (1 + bonus + rights) + 0.5);
}

/** Of the new shares for ten old, up to five are paid from profits, the rest from the capital reserve. */
const BONUS_PER_TEN = 5;

/** The action as a market states it, in yuan. Together bonus and transfer are the drawn ratio, bit for bit. */
export function statedAction(symbol: string, exDate: Day, action: DrawnAction): CorporateAction {
  const { cash, bonus: free, rights, rightsPrice } = action;
  const perTen = Math.round(free * 10);
  const bonus = Math.min(perTen, BONUS_PER_TEN) / 10;
  const transfer = Math.max(0, perTen - BONUS_PER_TEN) / 10;
  return { symbol, exDate, cash: cash / 100, bonus, transfer, rights, rightsPrice: rightsPrice / 100 };
}
