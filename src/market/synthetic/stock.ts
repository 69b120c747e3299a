import { createRng, type Rng } from '../../util/index.js';
import type { BarMatrix, CorporateAction } from '../types.js';
import { type DrawnAction, drawAction, referenceAfter, statedAction, withRights } from './corporate-actions.js';
import type { IndustryFactor, MarketFactor } from './factors.js';
import { fatTailed, INTRADAY_WEIGHT, nextVariance, OVERNIGHT_WEIGHT, STOCK_GARCH, STOCK_TAIL } from './innovations.js';
import type { StockRules } from './listing-rules.js';
import { BETAS, type Listing } from './listings.js';
import { stepPrice } from './price-step.js';
import { type RightsIssue, SUBSCRIPTION_SESSIONS } from './rights-issues.js';
import {
  createDriftSchedule,
  drawJump,
  EVENT_DRIFT,
  EVENT_VARIANCE,
  eventDirection,
  HEAVY_CHANCE,
  HEAVY_MEAN_DAYS,
  isGap,
  JUMP_CHANCE,
} from './signal.js';
import { createVolumeProcess } from './volume.js';

/** Prices of a matrix while it is being filled. */
export type BarArrays = {
  readonly [K in 'open' | 'high' | 'low' | 'close' | 'volume' | 'amount' | 'adjFactor']: Float64Array;
} & Pick<BarMatrix, 'suspended'>;

/** What is known after a close and decides the distribution of the stock's own days to come; index is the session. */
export interface StockState {
  /** GARCH variance of the next traded day; 1 is the level of quiet days. */
  readonly variance: Float64Array;
  /** Shares outstanding, moved by bonus and rights issues. */
  readonly shares: Float64Array;
  /** The session of the last bar; before the listing's own when the price stayed below par. */
  lastSession: number;
  /** Those that took place; one before the first bar has nobody to pay and is left out. */
  readonly actions: CorporateAction[];
  /** Drift of the events seen so far, for each of the next h days: [sessions × h]; empty when not kept. */
  readonly pendingDrift: Float64Array;
  /** Days with an event, and days that could have had one. */
  events: number;
  eventDays: number;
}

export interface StockSetting {
  readonly listing: Listing;
  readonly dates: Int32Array;
  readonly rules: StockRules;
  /** From `exDaySeason`. */
  readonly season: Uint8Array;
  readonly market: MarketFactor;
  readonly industry: IndustryFactor;
  readonly seed: number;
  /** Names the stock's random stream. */
  readonly number: number;
  readonly strength: number;
  readonly horizonDays: number;
  /** Keep the drift of the days to come; only the truth asks for it. */
  readonly keepDrift: boolean;
  /** Where the state after every close is kept. */
  readonly memory: StateMemory;
}

export type StateMemory = Pick<StockState, 'variance' | 'shares' | 'pendingDrift'>;

const SUSPENSION_CHANCE = 1 / 900;
const SUSPENSION_MEAN_DAYS = 6;

/**
 * Twenty closes in a row below the par value of 1 yuan end a listing, as under the listing rules of SSE and SZSE. That 15
 * sessions of trading are left is this market's own rule: the end is known before any forecast whose horizon it cuts short,
 * so that the labels that are missing say nothing about returns.
 */
const PAR = 100;
const PAR_CLOSES = 20;
const LEAVE_TAKING = 15;

/** Sessions of a suspension that begins today; 0 on most days. Drawn apart from everything else in the market. */
function drawSuspension(rng: Rng): number {
  if (rng.uniform() >= SUSPENSION_CHANCE) return 0;
  return 1 + Math.floor(-Math.log(1 - rng.uniform()) * SUSPENSION_MEAN_DAYS);
}

/**
 * Simulates one stock's life and writes its bars at `offset + session`. Within a session the price moves twice, overnight
 * from the reference price and in the day from the open; each move is market + industry + the stock's own innovation,
 * symmetric about the conditional mean. In a suspension, and while rights are subscribed, the stock stands still and returns to
 * its last price, or to the reference price after rights.
 * @returns the state after every close; outside the listing the memory is left as it was, NaN for the variance
 */
export function simulateStock(setting: StockSetting, bars: BarArrays, offset: number): StockState {
  const { listing, dates, market, industry, horizonDays } = setting;
  const rng = createRng(setting.seed, 'stock', setting.number);
  const exogenous = createRng(setting.seed, 'suspensions-and-actions', setting.number);
  const beta = BETAS[listing.beta];
  const schedule = createDriftSchedule();
  const volumes = createVolumeProcess(
    listing.shares * listing.turnover,
    createRng(setting.seed, 'volume', setting.number),
  );
  const tradedVolumes: number[] = [];
  const state: StockState = {
    ...setting.memory,
    lastSession: listing.lastSession,
    actions: [],
    events: 0,
    eventDays: 0,
  };
  let variance = setting.rules.firstVariance;
  let close = listing.firstPrice;
  let factor = 1;
  let shares = listing.shares;
  let suspendedLeft = 0;
  let offered: RightsIssue | null = null;
  let closesBelowPar = 0;

  for (let d = listing.firstSession; d <= state.lastSession; d++) {
    const cell = offset + d;
    suspendedLeft = suspendedLeft > 0 ? suspendedLeft - 1 : drawSuspension(exogenous);
    const drawn: DrawnAction | null = drawAction(exogenous, setting.season, d, close);
    const issue = setting.rules.drawRights?.(d, close) ?? null;
    if (issue !== null && suspendedLeft === 0 && offered === null && d + SUBSCRIPTION_SESSIONS <= state.lastSession) {
      offered = issue;
      suspendedLeft = SUBSCRIPTION_SESSIONS;
    }
    if (suspendedLeft > 0 && d > listing.firstSession) {
      const price = close / 100;
      bars.open[cell] = bars.high[cell] = bars.low[cell] = bars.close[cell] = price;
      bars.volume[cell] = bars.amount[cell] = 0;
      bars.adjFactor[cell] = factor;
      bars.suspended[cell] = 1;
      recordState(d);
      continue;
    }
    const action = offered === null ? drawn : withRights(drawn, offered);
    offered = null;
    const reference = action ? referenceAfter(close, action) : close;
    factor *= close / reference;
    if (action) {
      shares *= 1 + action.bonus + action.rights;
      if (d > listing.firstSession) state.actions.push(statedAction(listing.instrument.symbol, dates[d], action));
    }

    const own = listing.volatility * Math.sqrt(variance);
    const night = OVERNIGHT_WEIGHT * fatTailed(rng, STOCK_TAIL);
    const day = INTRADAY_WEIGHT * fatTailed(rng, STOCK_TAIL);
    const limits = setting.rules.limits(d, reference);
    const overnight = beta * market.overnight[d] + industry.overnight[d] + own * night;
    const intraday = beta * market.intraday[d] + industry.intraday[d] + own * day;
    const jump = rng.uniform() < JUMP_CHANCE ? drawJump(rng) : 0;
    const open = stepPrice(reference * (1 + beta * market.move[d] + jump), reference * overnight, limits, rng);
    const drift = schedule.advance();
    close = stepPrice(open * (1 + drift), open * intraday, limits, rng);
    const [upperShadow, lowerShadow] = drawShadows(rng, reference * own);
    const high = Math.min(limits.upper, Math.max(open, close) + upperShadow);
    const low = Math.max(limits.lower, Math.min(open, close) - lowerShadow);
    const volume = volumes.next(
      isGap(open, reference) ? HEAVY_CHANCE.gap : HEAVY_CHANCE.noGap,
      Math.abs(night + day),
      market.variance[d],
      shares / listing.shares,
    );

    bars.open[cell] = open / 100;
    bars.high[cell] = high / 100;
    bars.low[cell] = low / 100;
    bars.close[cell] = close / 100;
    bars.volume[cell] = volume;
    bars.amount[cell] = Math.round((volume * (open + high + low + 2 * close)) / 5) / 100;
    bars.adjFactor[cell] = factor;

    tradedVolumes.push(volume);
    const direction = eventDirection(open, reference, volume, meanOfLast(tradedVolumes, HEAVY_MEAN_DAYS));
    if (tradedVolumes.length >= HEAVY_MEAN_DAYS) state.eventDays++;
    if (direction !== 0) {
      state.events++;
      schedule.add(setting.strength * EVENT_DRIFT * direction * own);
    }
    variance = nextVariance(STOCK_GARCH, variance, night + day, direction !== 0 ? EVENT_VARIANCE : 0);
    recordState(d);
    closesBelowPar = close < PAR ? closesBelowPar + 1 : 0;
    if (closesBelowPar === PAR_CLOSES) state.lastSession = Math.min(state.lastSession, d + LEAVE_TAKING);
  }
  return state;

  function recordState(d: number): void {
    state.variance[d] = variance;
    state.shares[d] = shares;
    if (!setting.keepDrift) return;
    for (let ahead = 1; ahead <= horizonDays; ahead++) {
      state.pendingDrift[d * horizonDays + ahead - 1] = schedule.pending(ahead);
    }
  }
}

/**
 * Lengths in ticks of the upper and lower shadow of a candle: one side, by a fair coin, is the longer.
 * @param deviation daily standard deviation in ticks
 */
function drawShadows(rng: Rng, deviation: number): [upper: number, lower: number] {
  const longer = Math.round(deviation * -0.6 * Math.log(1 - rng.uniform()));
  const shorter = Math.round(deviation * -0.25 * Math.log(1 - rng.uniform()));
  return rng.uniform() < 0.5 ? [longer, shorter] : [shorter, longer];
}

function meanOfLast(values: readonly number[], count: number): number {
  if (values.length < count) return Number.NaN;
  let sum = 0;
  for (let i = values.length - count; i < values.length; i++) sum += values[i];
  return sum / count;
}
