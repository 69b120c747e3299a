import { createRng } from '../../util/index.js';
import { fatTailed, INTRADAY_WEIGHT, nextVariance, OVERNIGHT_WEIGHT, STOCK_GARCH, STOCK_TAIL } from './innovations.js';
import { locate } from './market-distribution.js';
import { drawJump, EVENT_DAYS, EVENT_DRIFT, EVENT_VARIANCE, JUMP_CHANCE } from './signal.js';

/** Pairs of mirrored paths behind every table: 65,536 paths. */
const PATH_PAIRS = 32_768;

const VARIANCE_GRID = [0.7, 1, 1.4, 2, 2.8, 4, 5.5, 7.5, 10, 13, 16];
const LOG_VARIANCE_GRID = VARIANCE_GRID.map((variance) => Math.log(variance));
const VOLATILITY_GRID = [0.007, 0.011, 0.016];

/** Support of a table, in expected standard deviations over the horizon. */
const REACH = 8;
const STEPS_PER_UNIT = 20;
const SIZE = 2 * REACH * STEPS_PER_UNIT + 1;

/** Distribution function of the stock's own part at one state; `below(x)` is the chance of a log return below x. */
export interface OwnDistribution {
  below(logReturn: number): number;
}

export interface StockDistribution {
  /** @param variance GARCH variance of the next day; @param volatility long-run daily volatility of the own part */
  at(variance: number, volatility: number): OwnDistribution;
  /** Expected mean GARCH variance over the horizon. */
  meanVariance(variance: number): number;
}

/** Mean variance over the horizon: GARCH falls back at the rate `persistence + shock` to a level that events raise. */
function meanVariance(variance: number, horizonDays: number, eventChance: number): number {
  const rate = STOCK_GARCH.persistence + STOCK_GARCH.shock;
  const level = 1 + (eventChance * EVENT_VARIANCE) / (1 - rate);
  let sum = 0;
  for (let ahead = 0; ahead < horizonDays; ahead++) sum += level + (variance - level) * rate ** ahead;
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

/**
 * Tabulates by simulation the stock's own part of the log return from the open of the next session to the open h sessions
 * later, events yet to come included: each day has one with chance `eventChance`, upward or downward by a fair coin.
 */
export function tabulateStock(
  horizonDays: number,
  strength: number,
  eventChance: number,
  seed: number,
): StockDistribution {
  const levels = VOLATILITY_GRID.length;
  const units = VARIANCE_GRID.map((variance) =>
    Math.sqrt(horizonDays * meanVariance(variance, horizonDays, eventChance)),
  );
  const tables = VARIANCE_GRID.map((start, level) => {
    const rng = createRng(seed, 'truth-stock', level);
    const values = VOLATILITY_GRID.map(() => new Float64Array(2 * PATH_PAIRS));
    // Two mirrored paths for each level of volatility: innovations and directions of one are those of the other, negated.
    const gross = new Float64Array(2 * levels);
    const drift = new Float64Array(horizonDays);
    for (let path = 0; path < PATH_PAIRS; path++) {
      let variance = start;
      gross.fill(1);
      drift.fill(0);
      for (let ahead = 0; ahead <= horizonDays; ahead++) {
        const own = Math.sqrt(variance);
        const night = OVERNIGHT_WEIGHT * fatTailed(rng, STOCK_TAIL);
        const day = ahead < horizonDays ? INTRADAY_WEIGHT * fatTailed(rng, STOCK_TAIL) : 0;
        const chance = rng.uniform();
        const jump = chance < JUMP_CHANCE ? drawJump(rng) : 0;
        for (let g = 0; g < gross.length; g++) {
          const sign = g % 2 === 0 ? 1 : -1;
          const unit = sign * VOLATILITY_GRID[g >> 1];
          if (ahead > 0) gross[g] *= 1 + sign * jump + unit * own * night;
          if (ahead < horizonDays) gross[g] *= 1 + unit * (drift[ahead] + own * day);
        }
        const isEvent = chance < eventChance;
        if (isEvent) {
          const size = strength * EVENT_DRIFT * own * (rng.uniform() < 0.5 ? 1 : -1);
          const lastDay = Math.min(horizonDays - 1, ahead + EVENT_DAYS);
          for (let later = ahead + 1; later <= lastDay; later++) drift[later] += size;
        }
        variance = nextVariance(STOCK_GARCH, variance, night + day, isEvent ? EVENT_VARIANCE : 0);
      }
      for (let v = 0; v < levels; v++) {
        values[v][2 * path] = Math.log(gross[2 * v]);
        values[v][2 * path + 1] = Math.log(gross[2 * v + 1]);
      }
    }
    return values.map((sample, v) => distributionFunction(sample, VOLATILITY_GRID[v] * units[level]));
  });

  const blended = new Float64Array(SIZE);
  return {
    meanVariance: (variance) => meanVariance(variance, horizonDays, eventChance),
    at(variance, volatility) {
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
      for (let i = 0; i < SIZE; i++) blended[i] = wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
      const scale =
        STEPS_PER_UNIT / (volatility * Math.sqrt(horizonDays * meanVariance(variance, horizonDays, eventChance)));
      return {
        below(logReturn) {
          const position = Math.min(SIZE - 1.001, Math.max(0, logReturn * scale + REACH * STEPS_PER_UNIT));
          const low = Math.floor(position);
          return blended[low] + (position - low) * (blended[low + 1] - blended[low]);
        },
      };
    },
  };
}
