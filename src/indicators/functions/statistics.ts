import { EPSILON, isZero } from '../numbers.js';
import type { Filter, FunctionDefinition, FunctionParameters, Step } from './definition.js';
import { bars, factor, filtered, group } from './definition.js';
import { Ring } from './window.js';

/** A difference this many times smaller than what it was taken from has lost too many digits. */
const LOSSY = 1e6;

/**
 * Population variance of the last `period` values from running sums of distances to an anchor, a recent mean. The anchor
 * moves to the window's mean once a period, and at once when E[x²] − E[x]² is about to lose its digits.
 */
export function varianceFilter(period: number): Filter {
  const ring = new Ring(period);
  const share = 1 / period;
  let anchor = 0;
  let sum = 0;
  let squares = 0;
  let barsLeft = 0;
  return (value) => {
    const oldest = ring.push(value);
    if (!ring.full) return Number.NaN;
    if (barsLeft > 0) {
      const entering = value - anchor;
      const leaving = oldest - anchor;
      sum += entering - leaving;
      squares += entering * entering - leaving * leaving;
      barsLeft--;
      const mean = sum * share;
      const square = squares * share;
      const variance = square - mean * mean;
      if (variance * LOSSY < square || squares * LOSSY < leaving * leaving) barsLeft = 0;
    }
    if (barsLeft === 0) {
      let total = 0;
      for (let ago = period - 1; ago >= 0; ago--) total += ring.back(ago);
      anchor = total / period;
      sum = 0;
      squares = 0;
      for (let ago = period - 1; ago >= 0; ago--) {
        const distance = ring.back(ago) - anchor;
        sum += distance;
        squares += distance * distance;
      }
      barsLeft = period;
    }
    const mean = sum * share;
    return squares * share - mean * mean;
  };
}

/** Population standard deviation of the last `period` values. */
export function deviationFilter(period: number): Filter {
  const variance = varianceFilter(period);
  return (value) => {
    const found = variance(value);
    return found <= 0 ? 0 : Math.sqrt(found);
  };
}

/** Least-squares line through the last `period` values, at bars 0 … period − 1. */
function lineStep(period: number, show: (slope: number, intercept: number) => number): Step {
  const ring = new Ring(period);
  const sumX = (period * (period - 1)) / 2;
  const squaresX = (period * (period - 1) * (2 * period - 1)) / 6;
  const divisor = sumX * sumX - period * squaresX;
  return filtered((value) => {
    ring.push(value);
    if (!ring.full) return Number.NaN;
    let sumY = 0;
    let products = 0;
    for (let ago = period - 1; ago >= 0; ago--) {
      const y = ring.back(ago);
      sumY += y;
      products += ago * y;
    }
    const slope = (period * products - sumX * sumY) / divisor;
    return show(slope, (sumY - slope * sumX) / period);
  });
}

function correlationStep(period: number): Step {
  const xs = new Ring(period);
  const ys = new Ring(period);
  let sumX = 0;
  let sumY = 0;
  let squaresX = 0;
  let squaresY = 0;
  let products = 0;
  return ([x, y], out) => {
    const oldX = xs.push(x);
    const oldY = ys.push(y);
    sumX = sumX - oldX + x;
    squaresX = squaresX - oldX * oldX + x * x;
    products = products - oldX * oldY + x * y;
    sumY = sumY - oldY + y;
    squaresY = squaresY - oldY * oldY + y * y;
    if (!xs.full) return;
    const spreadX = squaresX - (sumX * sumX) / period;
    const spreadY = squaresY - (sumY * sumY) / period;
    // Each beside its own size: their product would be lost on small prices, and would hide two negative residues.
    const spread = spreadX > EPSILON * squaresX && spreadY > EPSILON * squaresY;
    out[0] = spread ? (products - (sumX * sumY) / period) / Math.sqrt(spreadX * spreadY) : 0;
  };
}

/** Slope of the second input's returns on the first's. */
function betaStep(period: number): Step {
  const xs = new Ring(period);
  const ys = new Ring(period);
  let count = 0;
  let lastX = 0;
  let lastY = 0;
  let sumX = 0;
  let sumY = 0;
  let squares = 0;
  let products = 0;
  return (bar, out) => {
    const x = isZero(lastX) ? 0 : (bar[0] - lastX) / lastX;
    const y = isZero(lastY) ? 0 : (bar[1] - lastY) / lastY;
    lastX = bar[0];
    lastY = bar[1];
    if (count++ === 0) return;
    xs.push(x);
    ys.push(y);
    squares += x * x;
    products += x * y;
    sumX += x;
    sumY += y;
    if (!xs.full) return;
    const spread = period * squares - sumX * sumX;
    out[0] = isZero(spread) ? 0 : (period * products - sumX * sumY) / spread;
    const oldX = xs.back(period - 1);
    const oldY = ys.back(period - 1);
    squares -= oldX * oldX;
    products -= oldX * oldY;
    sumX -= oldX;
    sumY -= oldY;
  };
}

const oneLess = (p: FunctionParameters) => p.timeperiod - 1;

function line(name: string, show: (slope: number, intercept: number, period: number) => number) {
  return {
    name,
    inputs: ['close'] as const,
    parameters: [bars(14)],
    lookback: oneLess,
    step: ({ timeperiod }: FunctionParameters) => lineStep(timeperiod, (m, b) => show(m, b, timeperiod)),
  };
}

export const STATISTICS: readonly FunctionDefinition[] = group('statistics', [
  {
    name: 'BETA',
    inputs: ['high', 'low'],
    parameters: [bars(5, 1)],
    lookback: (p) => p.timeperiod,
    step: (p) => betaStep(p.timeperiod),
  },
  {
    name: 'CORREL',
    inputs: ['high', 'low'],
    parameters: [bars(30, 1)],
    lookback: oneLess,
    step: (p) => correlationStep(p.timeperiod),
  },
  line('LINEARREG', (m, b, period) => b + m * (period - 1)),
  line('LINEARREG_ANGLE', (m) => (Math.atan(m) * 180) / Math.PI),
  line('LINEARREG_INTERCEPT', (_, b) => b),
  line('LINEARREG_SLOPE', (m) => m),
  {
    name: 'STDDEV',
    inputs: ['close'],
    parameters: [bars(5), factor('nbdev', 1)],
    lookback: oneLess,
    step: (p) => {
      const deviation = deviationFilter(p.timeperiod);
      return filtered((value) => deviation(value) * p.nbdev);
    },
  },
  line('TSF', (m, b, period) => b + m * period),
  {
    name: 'VAR',
    inputs: ['close'],
    parameters: [bars(5, 1), factor('nbdev', 1)],
    lookback: oneLess,
    step: (p) => filtered(varianceFilter(p.timeperiod)),
  },
]);
