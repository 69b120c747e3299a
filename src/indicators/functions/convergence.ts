import { isZero } from '../numbers.js';
import { emaFilter } from './averages.js';
import type { BarField, Filter, FunctionDefinition, FunctionParameters, Step } from './definition.js';
import { bars, group } from './definition.js';
import { averageFilter, averageLookback, averageType } from './moving-average.js';
import { delayed } from './window.js';

interface Average {
  readonly filter: Filter;
  readonly lookback: number;
}

/** Fast mean − slow mean, its own mean as the signal, and their difference; TA-Lib begins both means on the same bar. */
function macdStep(fast: Average, slow: Average, signal: Filter): Step {
  const longest = Math.max(fast.lookback, slow.lookback);
  const fastMean = delayed(longest - fast.lookback, fast.filter);
  const slowMean = delayed(longest - slow.lookback, slow.filter);
  return (bar, out) => {
    const line = fastMean(bar[0]) - slowMean(bar[0]);
    if (Number.isNaN(line)) return;
    const smoothed = signal(line);
    if (Number.isNaN(smoothed)) return;
    out[0] = line;
    out[1] = smoothed;
    out[2] = line - smoothed;
  };
}

const exponential = (period: number, weight?: number): Average => ({
  filter: emaFilter(period, weight),
  lookback: period - 1,
});

/** As TA-Lib does, the longer of the two periods is the slow one. */
function ordered<T extends { readonly period: number }>(a: T, b: T): readonly [T, T] {
  return a.period <= b.period ? [a, b] : [b, a];
}

function extendedStep(p: FunctionParameters): Step {
  const [fast, slow] = ordered(
    { period: p.fastperiod, type: p.fastmatype },
    { period: p.slowperiod, type: p.slowmatype },
  ).map(({ period, type }) => ({ filter: averageFilter(period, type), lookback: averageLookback(period, type) }));
  return macdStep(fast, slow, averageFilter(p.signalperiod, p.signalmatype));
}

/** Fast mean against slow mean, each from its own first bar. */
function priceOscillatorStep(p: FunctionParameters, show: (fast: number, slow: number) => number): Step {
  const [fast, slow] = [p.fastperiod, p.slowperiod].sort((a, b) => a - b).map((n) => averageFilter(n, p.matype));
  return (bar, out) => {
    const fastMean = fast(bar[0]);
    const slowMean = slow(bar[0]);
    if (!Number.isNaN(fastMean) && !Number.isNaN(slowMean)) out[0] = show(fastMean, slowMean);
  };
}

const close: readonly BarField[] = ['close'];
const macdOutputs = ['macd', 'macdsignal', 'macdhist'];
const signal = bars(9, 1, 'signalperiod');
const oscillator = {
  inputs: close,
  parameters: [bars(12, 2, 'fastperiod'), bars(26, 2, 'slowperiod'), averageType(1)],
  recursive: true,
  lookback: (p: FunctionParameters) => averageLookback(Math.max(p.fastperiod, p.slowperiod), p.matype),
};

export const CONVERGENCE: readonly FunctionDefinition[] = group('momentum', [
  { ...oscillator, name: 'APO', step: (p) => priceOscillatorStep(p, (fast, slow) => fast - slow) },
  {
    ...oscillator,
    name: 'PPO',
    step: (p) => priceOscillatorStep(p, (fast, slow) => (isZero(slow) ? 0 : ((fast - slow) / slow) * 100)),
  },
  {
    name: 'MACD',
    inputs: close,
    outputs: macdOutputs,
    parameters: [bars(12, 2, 'fastperiod'), bars(26, 2, 'slowperiod'), signal],
    recursive: true,
    lookback: (p) => Math.max(p.fastperiod, p.slowperiod) + p.signalperiod - 2,
    step: (p) => {
      const [fast, slow] = [p.fastperiod, p.slowperiod].sort((a, b) => a - b).map((n) => exponential(n));
      return macdStep(fast, slow, emaFilter(p.signalperiod));
    },
    batch: (p) => {
      const [fast, slow] = [p.fastperiod, p.slowperiod].sort((a, b) => a - b);
      return ({ kernels, bars }, [x], [line, smoothed, histogram]) =>
        kernels.macd(x, line, smoothed, histogram, bars, fast, slow, p.signalperiod);
    },
  },
  {
    name: 'MACDEXT',
    inputs: close,
    outputs: macdOutputs,
    parameters: [
      bars(12, 2, 'fastperiod'),
      averageType(0, 'fastmatype'),
      bars(26, 2, 'slowperiod'),
      averageType(0, 'slowmatype'),
      signal,
      averageType(0, 'signalmatype'),
    ],
    recursive: true,
    lookback: (p) =>
      Math.max(averageLookback(p.fastperiod, p.fastmatype), averageLookback(p.slowperiod, p.slowmatype)) +
      averageLookback(p.signalperiod, p.signalmatype),
    step: extendedStep,
  },
  {
    name: 'MACDFIX',
    inputs: close,
    outputs: macdOutputs,
    parameters: [signal],
    recursive: true,
    lookback: (p) => 26 + p.signalperiod - 2,
    // Appel's rounded weights of the 12 and 26-bar means.
    step: (p) => macdStep(exponential(12, 0.15), exponential(26, 0.075), emaFilter(p.signalperiod)),
  },
]);
