import type { Rng } from '../../util/index.js';

/**
 * The planted signal: gaps and the volume behind them.
 *
 * When a stock opens 2 % or more away from its last close, the volume of that day tells what the gap is worth. On heavy
 * volume, at least 1.5 times the mean of the last 20 traded days, it was news, and the stock goes on in the direction of
 * the gap; on ordinary volume it was nothing, and the gap is closed again. Either way the stock drifts over each of the
 * next seven traded days, between open and close, by `strength × EVENT_DRIFT` of its own daily volatility.
 *
 * Direction = sign of the gap × (heavy or not), an exclusive or: half of the gaps come with heavy volume, so that the gap
 * alone says nothing, nor does the volume, and a model that only adds features up has nothing to find but the drift that
 * has already shown in the price. Given its gap the direction of an event yet to come is a fair coin: what can be known of
 * the future is the drift of events already seen, and that makes the truth computable.
 */
export const EVENT_GAP = 0.02;
export const HEAVY_RATIO = 1.5;
export const HEAVY_MEAN_DAYS = 20;
export const EVENT_DAYS = 7;

/** Drift a day of one event at strength 1, in standard deviations of the day's own part. */
export const EVENT_DRIFT = 0.8;

/** What an event adds to the GARCH variance of the next traded day, in every market: a gap foretells volatility. */
export const EVENT_VARIANCE = 1.5;

/** Chance that a day with a gap, and one without, has heavy volume. */
export const HEAVY_CHANCE = { gap: 0.5, noGap: 0.1 } as const;

/** Chance a day of an overnight jump that makes a gap, up or down alike, and its size. */
export const JUMP_CHANCE = 0.09;
const JUMP_SIZE = { least: 0.025, most: 0.04 } as const;

/** Variance that jumps add to a day. */
export const JUMP_VARIANCE =
  JUMP_CHANCE *
  (JUMP_SIZE.least ** 2 +
    JUMP_SIZE.least * (JUMP_SIZE.most - JUMP_SIZE.least) +
    (JUMP_SIZE.most - JUMP_SIZE.least) ** 2 / 3);

/** An overnight jump, as a simple return, of mean 0: up or down by a fair coin. */
export function drawJump(rng: Rng): number {
  const draw = 2 * rng.uniform() - 1;
  const size = JUMP_SIZE.least + (JUMP_SIZE.most - JUMP_SIZE.least) * Math.abs(draw);
  return draw < 0 ? -size : size;
}

/** Whether a stock opens far enough from the reference price to make an event; prices in ticks. */
export function isGap(open: number, reference: number): boolean {
  return Math.abs(open / reference - 1) >= EVENT_GAP;
}

/**
 * +1, 0 or −1: the direction in which a traded day will move the stock.
 * @param usualVolume mean volume of the last `HEAVY_MEAN_DAYS` traded days, this one included; NaN when there are fewer
 */
export function eventDirection(open: number, reference: number, volume: number, usualVolume: number): number {
  if (!isGap(open, reference) || Number.isNaN(usualVolume)) return 0;
  return Math.sign(open - reference) * (volume >= HEAVY_RATIO * usualVolume ? 1 : -1);
}

/** Drift already decided for the next traded days, as simple returns. */
export interface DriftSchedule {
  /** Drift of the `ahead`-th traded day from now, 1 the next. */
  pending(ahead: number): number;
  /** Adds an event seen after the close: `drift` on each of the next `EVENT_DAYS` traded days. */
  add(drift: number): void;
  /** Moves on by one traded day and returns its drift. */
  advance(): number;
}

export function createDriftSchedule(): DriftSchedule {
  const ring = new Float64Array(EVENT_DAYS);
  let next = 0;
  return {
    pending: (ahead) => (ahead > EVENT_DAYS ? 0 : ring[(next + ahead - 1) % EVENT_DAYS]),
    add(drift) {
      for (let i = 0; i < EVENT_DAYS; i++) ring[i] += drift;
    },
    advance() {
      const drift = ring[next];
      ring[next] = 0;
      next = (next + 1) % EVENT_DAYS;
      return drift;
    },
  };
}
