import { type Day, parseDay, type Rng } from '../../util/index.js';
import type { Board } from '../types.js';

/** ChiNext went from 10 % to 20 % on this day (SZSE, ChiNext trading special provisions, 2020). */
const CHINEXT_WIDENED = parseDay('2020-08-24');

export interface LimitTicks {
  readonly lower: number;
  readonly upper: number;
}

/** Price limits in ticks, rounded half up from the reference price, as the exchanges do. */
export function limitTicks(board: Board, day: Day, reference: number): LimitTicks {
  const percent = board === 'chinext' && day >= CHINEXT_WIDENED ? 20 : 10;
  return {
    lower: Math.floor((reference * (100 - percent) + 50) / 100),
    upper: Math.floor((reference * (100 + percent) + 50) / 100),
  };
}

/**
 * Moves a price by a draw that is symmetric about 0, within the limits and on the tick, without giving anything away:
 * the move is cut off at the nearer limit *on both sides*, so that its mean stays 0, and the fraction of a tick is
 * decided by a coin weighted with that fraction, so that the mean of the rounded price is the price. The mean of what
 * comes out is therefore exactly `centre`, whatever the limits and the tick.
 * @param centre price in ticks that the move starts from, kept within the limits
 * @param move in ticks
 * @returns whole ticks
 */
export function stepPrice(centre: number, move: number, limits: LimitTicks, rng: Rng): number {
  const start = Math.min(limits.upper, Math.max(limits.lower, centre));
  const room = Math.min(limits.upper - start, start - limits.lower);
  const price = start + Math.min(room, Math.max(-room, move));
  const whole = Math.floor(price);
  return rng.uniform() < price - whole ? whole + 1 : whole;
}
