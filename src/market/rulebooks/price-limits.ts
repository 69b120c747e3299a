import type { TradingRules } from './trading-rules.js';

/** Lowest and highest price at which a share may trade in a session; ±Infinity where there is no limit. */
export interface PriceLimits {
  readonly lower: number;
  readonly upper: number;
}

export const NO_LIMITS: PriceLimits = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

/** Below half-way by less than this, in ticks, counts as half-way: 10.05 × 1.1 is 11.055 whatever binary makes of it. */
const HALF_TICK_SLACK = 1e-6;

/** Whole ticks of a price, rounded half up, as the exchanges round. */
export function ticksOf(price: number, tick: number): number {
  return Math.floor(price / tick + 0.5 + HALF_TICK_SLACK);
}

/** A price rounded half up to the tick. */
export function roundToTick(price: number, tick: number): number {
  const perUnit = Math.round(1 / tick);
  return ticksOf(price, tick) / perUnit;
}

/** Limits that are filled in over and over. */
export interface LimitSheet {
  lower: number;
  upper: number;
}

export interface LimitCase {
  /** 1 on the first session of the listing; null when the listing is too old or unknown to matter. */
  readonly sessionOfListing: number | null;
  /** From `freeSessionsOfListing`. */
  readonly freeSessions: number;
  readonly specialTreatment: boolean;
}

/**
 * Price limits of a session.
 * @param reference ex-right reference price (the issue price on the first session), before rounding; NaN when unknown
 * @param sheet filled in and returned
 * @returns null when there is a limit but no reference price to measure it from
 */
export function priceLimitsOf(
  rules: TradingRules,
  reference: number,
  state: LimitCase,
  sheet: LimitSheet = { ...NO_LIMITS },
): PriceLimits | null {
  const session = state.sessionOfListing;
  if (session !== null && session <= state.freeSessions) return within(sheet, NO_LIMITS.lower, NO_LIMITS.upper);
  let rise = rules.priceLimit;
  let fall = rules.priceLimit;
  if (session === 1 && rules.firstDayRise !== null && rules.firstDayFall !== null) {
    rise = rules.firstDayRise;
    fall = rules.firstDayFall;
  } else if (state.specialTreatment && rules.stPriceLimit !== null) {
    rise = rules.stPriceLimit;
    fall = rules.stPriceLimit;
  }
  if (rise === null || fall === null) return within(sheet, NO_LIMITS.lower, NO_LIMITS.upper);
  if (!(reference > 0)) return null;
  if (rules.tick === null) return within(sheet, reference * (1 - fall), reference * (1 + rise));
  const perUnit = Math.round(1 / rules.tick);
  const referenceTicks = ticksOf(reference, rules.tick);
  const upper = Math.floor(referenceTicks * (1 + rise) + 0.5 + HALF_TICK_SLACK);
  const lower = Math.floor(referenceTicks * (1 - fall) + 0.5 + HALF_TICK_SLACK);
  return within(sheet, lower / perUnit, upper / perUnit);
}

function within(sheet: LimitSheet, lower: number, upper: number): LimitSheet {
  sheet.lower = lower;
  sheet.upper = upper;
  return sheet;
}

/** Whether a price stands at or above the upper limit, within half a tick of recording noise. */
export function isLimitUp(price: number, limits: PriceLimits, tick: number | null): boolean {
  return price >= limits.upper - (tick ?? 0) / 2;
}

/** Whether a price stands at or below the lower limit, within half a tick of recording noise. */
export function isLimitDown(price: number, limits: PriceLimits, tick: number | null): boolean {
  return price <= limits.lower + (tick ?? 0) / 2;
}
