import { isZero } from '../numbers.js';
import type { Filter } from './definition.js';
import { chain, Ring } from './window.js';

export function smaFilter(period: number): Filter {
  const ring = new Ring(period);
  let sum = 0;
  return (value) => {
    ring.push(value);
    sum += value;
    if (!ring.full) return Number.NaN;
    const mean = sum / period;
    sum -= ring.back(period - 1);
    return mean;
  };
}

/** Seeded with the simple mean of the first `period` values; TA-Lib's "classic" start. */
export function emaFilter(period: number, weight = 2 / (period + 1)): Filter {
  let count = 0;
  let ema = 0;
  return (value) => {
    count++;
    if (count > period) ema = (value - ema) * weight + ema;
    else {
      ema += value;
      if (count < period) return Number.NaN;
      ema /= period;
    }
    return ema;
  };
}

export function wmaFilter(period: number): Filter {
  const ring = new Ring(period);
  const divider = (period * (period + 1)) / 2;
  let plain = 0;
  let weighted = 0;
  return (value) => {
    ring.push(value);
    plain += value;
    if (!ring.full) {
      weighted += value * ring.count;
      return Number.NaN;
    }
    weighted += value * period;
    const mean = weighted / divider;
    weighted -= plain;
    plain -= ring.back(period - 1);
    return mean;
  };
}

/** Triangular weights: a simple mean of simple means. */
export function trimaFilter(period: number): Filter {
  const half = Math.ceil((period + 1) / 2);
  return chain(smaFilter(period + 1 - half), smaFilter(half));
}

/** EMA, EMA of the EMA and so on, combined where all are defined. */
export function nestedEmaFilter(period: number, depth: number, combine: (levels: Float64Array) => number): Filter {
  const filters = Array.from({ length: depth }, () => emaFilter(period));
  const levels = new Float64Array(depth);
  return (value) => {
    let passed = value;
    for (let k = 0; k < depth; k++) {
      passed = filters[k](passed);
      if (Number.isNaN(passed)) return passed;
      levels[k] = passed;
    }
    return combine(levels);
  };
}

export const demaFilter = (period: number): Filter => nestedEmaFilter(period, 2, ([e1, e2]) => 2 * e1 - e2);
export const temaFilter = (period: number): Filter =>
  nestedEmaFilter(period, 3, ([e1, e2, e3]) => e3 + (3 * e1 - 3 * e2));

/** Tillson's T3: six EMAs weighted by powers of the volume factor. */
export function t3Filter(period: number, volumeFactor: number): Filter {
  const v = volumeFactor;
  const c1 = -(v ** 3);
  const c2 = 3 * (v * v - c1);
  const c3 = -6 * v * v - 3 * (v - c1);
  const c4 = 1 + 3 * v - c1 + 3 * v * v;
  return nestedEmaFilter(period, 6, (e) => c1 * e[5] + c2 * e[4] + c3 * e[3] + c4 * e[2]);
}

/** Kaufman's smoothing constants: an EMA of 2 bars in a pure trend, of 30 in pure noise. */
const FASTEST = 2 / (2 + 1);
const SLOWEST = 2 / (30 + 1);

export function kamaFilter(period: number): Filter {
  const prices = new Ring(period + 1);
  let path = 0;
  let kama = 0;
  return (value) => {
    const last = prices.count === 0 ? value : prices.back(0);
    const oldest = prices.push(value);
    if (prices.count === period) kama = value;
    if (prices.count > period + 1) path -= Math.abs(oldest - prices.back(period));
    path += Math.abs(value - last);
    if (!prices.full) return Number.NaN;
    const change = value - prices.back(period);
    const efficiency = path <= change || isZero(path) ? 1 : Math.abs(change / path);
    const root = efficiency * (FASTEST - SLOWEST) + SLOWEST;
    kama = (value - kama) * (root * root) + kama;
    return kama;
  };
}
