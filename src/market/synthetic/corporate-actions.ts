import { monthOf, type Rng } from '../../util/index.js';

/** What a holder of one share gets on the ex-day. */
export interface CorporateAction {
  /** In ticks of 0.01. */
  readonly cash: number;
  /** New shares per share held. */
  readonly bonus: number;
}

/** Mainland companies pay once a year, from May to July after the annual report: some one ex-day in sixty sessions. */
const EX_DAY_CHANCE = 0.8 / 60;
const BONUS_PRICE = 2500;

/**
 * The corporate action of a session, null on most. Bonus shares (3 to 10 for 10) go to stocks that have become dear; it
 * depends on the past price only, and an action leaves the holder as rich as before, so it tells nothing about returns.
 * Two draws a session, whatever happens.
 * @param close last close in ticks
 */
export function drawAction(rng: Rng, dates: Int32Array, session: number, close: number): CorporateAction | null {
  const chance = rng.uniform();
  const size = rng.uniform();
  const month = monthOf(dates[session]) % 12;
  if (session === 0 || month < 4 || month > 6 || chance >= EX_DAY_CHANCE) return null;
  const cash = Math.floor(close * (0.005 + 0.03 * size));
  const bonus = close > BONUS_PRICE ? (3 + Math.floor(8 * size)) / 10 : 0;
  return cash === 0 && bonus === 0 ? null : { cash, bonus };
}

/** Ex-right reference price in whole ticks: (last close − cash) ÷ (1 + bonus), rounded half up as the exchanges do. */
export function referenceAfter(close: number, action: CorporateAction): number {
  return Math.floor((close - action.cash) / (1 + action.bonus) + 0.5);
}
