import { createRng, type Rng } from '../../util/index.js';
import {
  fatTailed,
  INDUSTRY_VOLATILITY,
  INTRADAY_WEIGHT,
  MARKET_VOLATILITY,
  nextVariance,
  OVERNIGHT_WEIGHT,
  STOCK_GARCH,
  STOCK_TAIL,
} from './innovations.js';
import { locate } from './market-distribution.js';
import {
  createDriftSchedule,
  drawJump,
  EVENT_DRIFT,
  EVENT_GAP,
  EVENT_VARIANCE,
  JUMP_CHANCE,
  JUMP_VARIANCE,
} from './signal.js';

/** Pairs of mirrored paths behind every table: 16,384 paths. */
const PATH_PAIRS = 8_192;

const VARIANCE_GRID = [0.7, 1, 1.4, 2, 2.8, 4, 5.5, 7.5, 10, 13, 16];
const LOG_VARIANCE_GRID = VARIANCE_GRID.map((variance) => Math.log(variance));
const VOLATILITY_GRID = [0.007, 0.011, 0.016];

/** Support of a table, in expected standard deviations over the horizon. */
const REACH = 8;
const STEPS_PER_UNIT = 20;
const SIZE = 2 * REACH * STEPS_PER_UNIT + 1;
const MIDDLE = REACH * STEPS_PER_UNIT;
const LAST = SIZE - 1.001;

export interface StockDistribution {
  /**
   * Mean over `shifts[from … to)` of the chance that the own part's log return is below `lower − shift`, and that it is above `upper − shift`.
   * @param variance GARCH variance of the next day
   * @param volatility long-run daily volatility of the own part
   */
  tails(variance: number, volatility: number, lower: number, upper: number, shifts: Shifts): Tails;
  /** Expected mean GARCH variance over the horizon. */
  meanVariance(variance: number): number;
}

/** Log returns of the other parts of a stock's return, and the least and the largest of them. */
export interface Shifts {
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
  readonly least: number;
  readonly most: number;
}

export interface Tails {
  readonly below: number;
  readonly above: number;
}

const RATE = STOCK_GARCH.persistence + STOCK_GARCH.shock;

/** Mean variance over the horizon: GARCH falls back at the rate `persistence + shock` to a level that events raise. */
function meanVariance(variance: number, horizonDays: number, eventChance: number): number {
  const level = 1 + (eventChance * EVENT_VARIANCE) / (1 - RATE);
  let sum = 0;
  let fallen = 1;
  for (let ahead = 0; ahead < horizonDays; ahead++) {
    sum += level + (variance - level) * fallen;
    fallen *= RATE;
  }
  return sum / horizonDays;
}

/** Share of sorted `values` below each point of the support. */
function distributionFunction(values: Float64Array, unit: number): Float64Array {
  values.sort();
  const shares = new Float64Array(SIZE);
  let count = 0;
  for (let i = 0; i < SIZE; i++) {
    const point = (i / STEPS_PER_UNIT - REACH) * unit;
    while (count < values.length && values[count] < point) count++;
    shares[i] = count / values.length;
  }
  return shares;
}

/** Standard deviation of what market and industry add to a gap, near enough to tell how often a gap is an event. */
const COMMON_GAP = OVERNIGHT_WEIGHT * Math.hypot(MARKET_VOLATILITY, INDUSTRY_VOLATILITY);

/**
 * Two mirrored paths of the stock's own part, all innovations and directions of one the negatives of the other's; writes
 * their log returns from the open of the next session to the open h sessions later to `out[at]` and `out[at + 1]`.
 */
function simulatePair(
  start: number,
  volatility: number,
  horizonDays: number,
  strength: number,
  rng: Rng,
  out: Float64Array,
  at: number,
): void {
  let variance = start;
  let rising = 1;
  let falling = 1;
  const drift = createDriftSchedule();
  for (let ahead = 0; ahead <= horizonDays; ahead++) {
    const own = volatility * Math.sqrt(variance);
    const night = OVERNIGHT_WEIGHT * fatTailed(rng, STOCK_TAIL);
    const overnight = (rng.uniform() < JUMP_CHANCE ? drawJump(rng) : 0) + own * night;
    if (ahead > 0) {
      rising *= 1 + overnight;
      falling *= 1 - overnight;
    }
    if (ahead === horizonDays) break;
    const day = INTRADAY_WEIGHT * fatTailed(rng, STOCK_TAIL);
    const intraday = drift.advance() + own * day;
    rising *= 1 + intraday;
    falling *= 1 - intraday;
    const isEvent = Math.abs(overnight + COMMON_GAP * rng.normal()) >= EVENT_GAP;
    if (isEvent) drift.add(strength * EVENT_DRIFT * own * (rng.uniform() < 0.5 ? 1 : -1));
    variance = nextVariance(STOCK_GARCH, variance, night + day, isEvent ? EVENT_VARIANCE : 0);
  }
  out[at] = Math.log(rising);
  out[at + 1] = Math.log(falling);
}

/**
 * Tabulates by simulation the stock's own part of the log return from the open of the next session to the open h sessions
 * later, events yet to come included, upward or downward by a fair coin.
 */
export function tabulateStock(
  horizonDays: number,
  strength: number,
  eventChance: number,
  seed: number,
): StockDistribution {
  const deviation = (variance: number, volatility: number) =>
    Math.sqrt(horizonDays * (volatility ** 2 * meanVariance(variance, horizonDays, eventChance) + JUMP_VARIANCE));
  const values = new Float64Array(2 * PATH_PAIRS);
  const tables = VARIANCE_GRID.map((variance, row) =>
    VOLATILITY_GRID.map((volatility, column) => {
      const rng = createRng(seed, 'truth-stock', row, column);
      for (let pair = 0; pair < PATH_PAIRS; pair++) {
        simulatePair(variance, volatility, horizonDays, strength, rng, values, 2 * pair);
      }
      return distributionFunction(values, deviation(variance, volatility));
    }),
  );

  const blended = new Float64Array(SIZE);
  /** Blends the four tables around a state, in the stretch that is looked up alone. */
  function blend(variance: number, volatility: number, first: number, last: number): void {
    const row = locate(LOG_VARIANCE_GRID, Math.log(variance));
    const column = locate(VOLATILITY_GRID, volatility);
    const a = tables[row.low][column.low];
    const b = tables[row.low][column.low + 1];
    const c = tables[row.low + 1][column.low];
    const d = tables[row.low + 1][column.low + 1];
    const wa = (1 - row.weight) * (1 - column.weight);
    const wb = (1 - row.weight) * column.weight;
    const wc = row.weight * (1 - column.weight);
    const wd = row.weight * column.weight;
    for (let i = first; i <= last; i++) blended[i] = wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
  }
  return {
    meanVariance: (variance) => meanVariance(variance, horizonDays, eventChance),
    tails(variance, volatility, lower, upper, { values: shifts, from, to, least, most }) {
      const scale = STEPS_PER_UNIT / deviation(variance, volatility);
      const first = Math.floor(position((lower - most) * scale));
      blend(variance, volatility, first, Math.floor(position((upper - least) * scale)) + 1);
      let below = 0;
      let above = 0;
      // Places on the support are positive: `| 0` is their floor. This loop is most of what a truth costs.
      for (let node = from; node < to; node++) {
        const shift = shifts[node];
        const high = position((upper - shift) * scale);
        const h = high | 0;
        const underHigh = blended[h];
        above += 1 - (underHigh + (high - h) * (blended[h + 1] - underHigh));
        const low = position((lower - shift) * scale);
        const l = low | 0;
        const underLow = blended[l];
        below += underLow + (low - l) * (blended[l + 1] - underLow);
      }
      return { below: below / (to - from), above: above / (to - from) };
    },
  };
}

/** Place on the support of a table, kept within it, of a value in steps from the middle. */
function position(steps: number): number {
  const place = steps + MIDDLE;
  return place > 0 ? (place < LAST ? place : LAST) : 0;
}
