import { isZero, isZeroBeside } from '../numbers.js';
import { nestedEmaFilter } from './averages.js';
import type { BarField, FunctionDefinition, FunctionParameters, Step } from './definition.js';
import { bars, filtered, group } from './definition.js';
import { chain, Ring, RollingExtreme } from './window.js';

/** The value against the one `period` bars before. */
function against(name: string, compare: (now: number, earlier: number) => number) {
  return {
    name,
    inputs: ['close'] as readonly BarField[],
    parameters: [bars(10, 1)],
    lookback: (p: FunctionParameters) => p.timeperiod,
    step: (p: FunctionParameters) => filtered(againstFilter(p.timeperiod, compare)),
  };
}

function againstFilter(period: number, compare: (now: number, earlier: number) => number) {
  const ring = new Ring(period);
  return (value: number) => {
    const full = ring.full;
    const earlier = ring.push(value);
    return full ? compare(value, earlier) : Number.NaN;
  };
}

const percentChange = (now: number, earlier: number) => (earlier === 0 ? 0 : (now / earlier - 1) * 100);

function aroonStep(period: number, show: (down: number, up: number, out: Float64Array) => void): Step {
  const highest = new RollingExtreme(period + 1, 1);
  const lowest = new RollingExtreme(period + 1, -1);
  const perBar = 100 / period;
  return ([high, low], out) => {
    highest.push(high);
    lowest.push(low);
    if (!highest.full) return;
    const today = highest.count - 1;
    show(perBar * (period - (today - lowest.index)), perBar * (period - (today - highest.index)), out);
  };
}

/** Lambert's constant: it brings most values into −100 … 100. */
const LAMBERT = 0.015;

function cciStep(period: number): Step {
  const { values, ...ring } = ringOf(period);
  return ([high, low, close], out) => {
    const typical = (high + low + close) / 3;
    if (!ring.push(typical)) return;
    // Summed in the ring's own order rather than in time's: on flat prices the last bits decide, and they are TA-Lib's.
    let sum = 0;
    for (let j = 0; j < period; j++) sum += values[j];
    const mean = sum / period;
    let deviation = 0;
    for (let j = 0; j < period; j++) deviation += Math.abs(values[j] - mean);
    deviation /= period;
    const distance = typical - mean;
    const level = Math.abs(mean);
    const flat = isZeroBeside(distance, level) || isZeroBeside(deviation, level);
    out[0] = flat ? 0 : distance / (LAMBERT * deviation);
  };
}

function ringOf(size: number) {
  const ring = new Ring(size);
  return {
    values: ring.values,
    push: (value: number) => {
      ring.push(value);
      return ring.full;
    },
  };
}

/** Buying pressure over true range on three spans, weighted 4 : 2 : 1 (Williams 1976). */
function ultimateStep(periods: readonly number[]): Step {
  const [, , first] = periods;
  const pressures = new Ring(first);
  const ranges = new Ring(first);
  const pressureSums = new Float64Array(3);
  const rangeSums = new Float64Array(3);
  let bar = 0;
  let previous = 0;
  return ([high, low, close], out) => {
    const index = bar++;
    const before = previous;
    previous = close;
    if (index === 0) return;
    const pressure = close - Math.min(low, before);
    const range = Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
    pressures.push(pressure);
    ranges.push(range);
    let mixed = 0;
    for (let k = 0; k < 3; k++) {
      // The sums begin with what the first output needs, so that their rounding is TA-Lib's.
      if (index <= first - periods[k]) continue;
      pressureSums[k] += pressure;
      rangeSums[k] += range;
      if (index < first) continue;
      if (!isZero(rangeSums[k])) mixed += 2 ** (2 - k) * (pressureSums[k] / rangeSums[k]);
      pressureSums[k] -= pressures.back(periods[k] - 1);
      rangeSums[k] -= ranges.back(periods[k] - 1);
    }
    if (index >= first) out[0] = mixed * (100 / 7);
  };
}

const HL: readonly BarField[] = ['high', 'low'];
const HLC: readonly BarField[] = ['high', 'low', 'close'];

export const MOMENTUM: readonly FunctionDefinition[] = group('momentum', [
  {
    name: 'AROON',
    inputs: HL,
    outputs: ['aroondown', 'aroonup'],
    parameters: [bars(14)],
    lookback: (p) => p.timeperiod,
    step: (p) =>
      aroonStep(p.timeperiod, (down, up, out) => {
        out[0] = down;
        out[1] = up;
      }),
  },
  {
    name: 'AROONOSC',
    inputs: HL,
    parameters: [bars(14)],
    lookback: (p) => p.timeperiod,
    step: (p) =>
      aroonStep(p.timeperiod, (down, up, out) => {
        out[0] = up - down;
      }),
    batch:
      (p) =>
      ({ kernels, bars, work, stride }, [high, low], [out]) =>
        kernels.aroonosc(high, low, out, bars, p.timeperiod, work, stride),
  },
  {
    name: 'BOP',
    inputs: ['open', 'high', 'low', 'close'],
    lookback: () => 0,
    step: () => (bar, out) => {
      const range = bar[1] - bar[2];
      out[0] = range < 1e-14 ? 0 : (bar[3] - bar[0]) / range;
    },
  },
  {
    name: 'CCI',
    inputs: HLC,
    parameters: [bars(14)],
    lookback: (p) => p.timeperiod - 1,
    step: (p) => cciStep(p.timeperiod),
    batch:
      (p) =>
      ({ kernels, bars, work }, [high, low, close], [out]) =>
        kernels.cci(high, low, close, out, bars, p.timeperiod, work),
  },
  {
    ...against('MOM', (now, earlier) => now - earlier),
    batch:
      (p) =>
      ({ kernels, bars }, [x], [out]) =>
        kernels.mom(x, out, bars, p.timeperiod),
  },
  {
    ...against('ROC', percentChange),
    batch:
      (p) =>
      ({ kernels, bars }, [x], [out]) =>
        kernels.roc(x, out, bars, p.timeperiod),
  },
  against('ROCP', (now, earlier) => (earlier === 0 ? 0 : (now - earlier) / earlier)),
  against('ROCR', (now, earlier) => (earlier === 0 ? 0 : now / earlier)),
  against('ROCR100', (now, earlier) => (earlier === 0 ? 0 : (now / earlier) * 100)),
  {
    name: 'TRIX',
    inputs: ['close'],
    parameters: [bars(30, 1)],
    recursive: true,
    lookback: (p) => 3 * (p.timeperiod - 1) + 1,
    step: (p) =>
      filtered(
        chain(
          nestedEmaFilter(p.timeperiod, 3, (levels) => levels[2]),
          againstFilter(1, percentChange),
        ),
      ),
    batch:
      (p) =>
      ({ kernels, bars, work, stride }, [x], [out]) =>
        kernels.nested(x, work, work + stride, out, bars, p.timeperiod),
  },
  {
    name: 'ULTOSC',
    inputs: HLC,
    parameters: [bars(7, 1, 'timeperiod1'), bars(14, 1, 'timeperiod2'), bars(28, 1, 'timeperiod3')],
    lookback: (p) => Math.max(p.timeperiod1, p.timeperiod2, p.timeperiod3),
    step: (p) => ultimateStep([p.timeperiod1, p.timeperiod2, p.timeperiod3].sort((a, b) => a - b)),
    batch: (p) => {
      const [short, medium, long] = [p.timeperiod1, p.timeperiod2, p.timeperiod3].sort((a, b) => a - b);
      return ({ kernels, bars, work, stride }, [high, low, close], [out]) =>
        kernels.ultosc(high, low, close, out, bars, short, medium, long, work, stride);
    },
  },
]);
