import { isZero } from '../numbers.js';
import type { BarField, FunctionDefinition } from './definition.js';
import { bars, group } from './definition.js';

/** True range of each bar [high, low, close]; NaN on the first, which has no close before it. */
export function trueRange(): (high: number, low: number, close: number) => number {
  let previous = Number.NaN;
  return (high, low, close) => {
    const range = Math.max(high - low, Math.abs(high - previous), Math.abs(low - previous));
    previous = close;
    return range;
  };
}

/** Wilder's mean of the true range, seeded with a simple mean. */
function atr(period: number): (high: number, low: number, close: number) => number {
  const range = trueRange();
  const kept = (period - 1) / period;
  const share = 1 / period;
  let count = 0;
  let mean = 0;
  return (high, low, close) => {
    const now = range(high, low, close);
    if (count++ === 0) return Number.NaN;
    if (count > period + 1) mean = mean * kept + now * share;
    else {
      mean += now;
      if (count <= period) return Number.NaN;
      mean *= share;
    }
    return mean;
  };
}

const HLC: readonly BarField[] = ['high', 'low', 'close'];

export const VOLATILITY: readonly FunctionDefinition[] = group('volatility', [
  {
    name: 'ATR',
    inputs: HLC,
    parameters: [bars(14, 1)],
    recursive: true,
    unstable: true,
    lookback: (p) => p.timeperiod,
    step: (p) => {
      const mean = atr(p.timeperiod);
      return (bar, out) => {
        out[0] = mean(bar[0], bar[1], bar[2]);
      };
    },
    batch:
      (p) =>
      ({ kernels, bars }, [high, low, close], [out]) =>
        kernels.atr(high, low, close, out, bars, p.timeperiod),
  },
  {
    name: 'NATR',
    inputs: HLC,
    parameters: [bars(14, 1)],
    recursive: true,
    unstable: true,
    lookback: (p) => p.timeperiod,
    step: (p) => {
      const mean = atr(p.timeperiod);
      return (bar, out) => {
        const now = mean(bar[0], bar[1], bar[2]);
        if (!Number.isNaN(now)) out[0] = isZero(bar[2]) ? 0 : (now / bar[2]) * 100;
      };
    },
  },
  {
    name: 'TRANGE',
    inputs: HLC,
    lookback: () => 1,
    step: () => {
      const range = trueRange();
      return (bar, out) => {
        out[0] = range(bar[0], bar[1], bar[2]);
      };
    },
  },
]);
