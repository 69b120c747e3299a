import { isZeroBeside } from '../numbers.js';
import type { BarField, Filter, FunctionDefinition, FunctionParameters, Step } from './definition.js';
import { bars, group } from './definition.js';
import { averageFilter, averageLookback, averageType } from './moving-average.js';
import { rsiFilter } from './strength.js';
import { RollingExtreme } from './window.js';

/** Whether a range is rounding residue only. */
const flat = (high: number, low: number) => isZeroBeside(high - low, Math.abs(high) + Math.abs(low));

type Position = (high: number, low: number, close: number) => number;

/** Place of the close in the range of the last `period` bars, 0 (lowest low) … 100 (highest high), 0 in no range. */
function positionIn(period: number): Position {
  const highest = new RollingExtreme(period, 1);
  const lowest = new RollingExtreme(period, -1);
  return (high, low, close) => {
    highest.push(high);
    lowest.push(low);
    if (!highest.full) return Number.NaN;
    const onePercent = (highest.value - lowest.value) / 100;
    return flat(highest.value, lowest.value) ? 0 : (close - lowest.value) / onePercent;
  };
}

/** Williams' %R: the same measured from the top, −100 … 0. */
function williamsStep(period: number): Step {
  const highest = new RollingExtreme(period, 1);
  const lowest = new RollingExtreme(period, -1);
  return ([high, low, close], out) => {
    highest.push(high);
    lowest.push(low);
    if (!highest.full) return;
    const onePercent = (highest.value - lowest.value) / -100;
    out[0] = flat(highest.value, lowest.value) ? 0 : (highest.value - close) / onePercent;
  };
}

/** A line and its signal, both shown once the signal is defined. */
function lineAndSignal(line: Filter, signal: Filter): (value: number, out: Float64Array) => void {
  return (value, out) => {
    if (Number.isNaN(value)) return;
    const k = line(value);
    if (Number.isNaN(k)) return;
    const d = signal(k);
    if (Number.isNaN(d)) return;
    out[0] = k;
    out[1] = d;
  };
}

function stochasticStep(period: number, line: Filter, signal: Filter): Step {
  const position = positionIn(period);
  const show = lineAndSignal(line, signal);
  return (bar, out) => show(position(bar[0], bar[1], bar[2]), out);
}

function stochasticRsiStep(p: FunctionParameters): Step {
  const rsi = rsiFilter(p.timeperiod);
  const position = positionIn(p.fastk_period);
  const show = lineAndSignal((value) => value, averageFilter(p.fastd_period, p.fastd_matype));
  return (bar, out) => {
    const value = rsi(bar[0]);
    if (!Number.isNaN(value)) show(position(value, value, value), out);
  };
}

const HLC: readonly BarField[] = ['high', 'low', 'close'];
const fastD = [bars(3, 1, 'fastd_period'), averageType(0, 'fastd_matype')];

export const STOCHASTICS: readonly FunctionDefinition[] = group('momentum', [
  {
    name: 'STOCH',
    inputs: HLC,
    outputs: ['slowk', 'slowd'],
    parameters: [
      bars(5, 1, 'fastk_period'),
      bars(3, 1, 'slowk_period'),
      averageType(0, 'slowk_matype'),
      bars(3, 1, 'slowd_period'),
      averageType(0, 'slowd_matype'),
    ],
    lookback: (p) =>
      p.fastk_period -
      1 +
      averageLookback(p.slowk_period, p.slowk_matype) +
      averageLookback(p.slowd_period, p.slowd_matype),
    step: (p) =>
      stochasticStep(
        p.fastk_period,
        averageFilter(p.slowk_period, p.slowk_matype),
        averageFilter(p.slowd_period, p.slowd_matype),
      ),
    batch: (p) =>
      p.slowk_matype === 0 && p.slowd_matype === 0
        ? ({ kernels, bars, work, stride }, [high, low, close], [k, d]) =>
            kernels.stoch(high, low, close, k, d, bars, p.fastk_period, p.slowk_period, p.slowd_period, work, stride)
        : undefined,
  },
  {
    name: 'STOCHF',
    inputs: HLC,
    outputs: ['fastk', 'fastd'],
    parameters: [bars(5, 1, 'fastk_period'), ...fastD],
    lookback: (p) => p.fastk_period - 1 + averageLookback(p.fastd_period, p.fastd_matype),
    step: (p) => stochasticStep(p.fastk_period, (value) => value, averageFilter(p.fastd_period, p.fastd_matype)),
  },
  {
    name: 'STOCHRSI',
    inputs: ['close'],
    outputs: ['fastk', 'fastd'],
    parameters: [bars(14), bars(5, 1, 'fastk_period'), ...fastD],
    recursive: true,
    lookback: (p) => p.timeperiod + p.fastk_period - 1 + averageLookback(p.fastd_period, p.fastd_matype),
    step: stochasticRsiStep,
  },
  {
    name: 'WILLR',
    inputs: HLC,
    parameters: [bars(14)],
    lookback: (p) => p.timeperiod - 1,
    step: (p) => williamsStep(p.timeperiod),
    batch:
      (p) =>
      ({ kernels, bars, work, stride }, [high, low, close], [out]) =>
        kernels.willr(high, low, close, out, bars, p.timeperiod, work, stride),
  },
]);
