import type { BarField, FunctionDefinition, Step } from './definition.js';
import { bars, group } from './definition.js';

const HLCV: readonly BarField[] = ['high', 'low', 'close', 'volume'];

/** Accumulation/distribution line (Chaikin): the running sum of volume, weighted by the close's place in the range. */
function adLine(): (bar: Float64Array) => number {
  let line = 0;
  return ([high, low, close, volume]) => {
    const range = high - low;
    if (range > 0) line += ((close - low - (high - close)) / range) * volume;
    return line;
  };
}

function adoscStep(fast: number, slow: number): Step {
  const line = adLine();
  const fastWeight = 2 / (fast + 1);
  const slowWeight = 2 / (slow + 1);
  const first = Math.max(fast, slow) - 1;
  let count = 0;
  let fastEma = 0;
  let slowEma = 0;
  return (bar, out) => {
    const now = line(bar);
    fastEma = count === 0 ? now : fastWeight * now + (1 - fastWeight) * fastEma;
    slowEma = count === 0 ? now : slowWeight * now + (1 - slowWeight) * slowEma;
    if (count++ >= first) out[0] = fastEma - slowEma;
  };
}

function obvStep(): Step {
  let previous = Number.NaN;
  let total = 0;
  return ([close, volume], out) => {
    if (Number.isNaN(previous) || close > previous) total += volume;
    else if (close < previous) total -= volume;
    previous = close;
    out[0] = total;
  };
}

export const VOLUME: readonly FunctionDefinition[] = group('volume', [
  {
    name: 'AD',
    inputs: HLCV,
    recursive: true,
    lookback: () => 0,
    step: () => {
      const line = adLine();
      return (bar, out) => {
        out[0] = line(bar);
      };
    },
  },
  {
    name: 'ADOSC',
    inputs: HLCV,
    parameters: [bars(3, 2, 'fastperiod'), bars(10, 2, 'slowperiod')],
    recursive: true,
    lookback: (p) => Math.max(p.fastperiod, p.slowperiod) - 1,
    step: (p) => adoscStep(p.fastperiod, p.slowperiod),
    batch:
      (p) =>
      ({ kernels, bars }, [high, low, close, volume], [out]) =>
        kernels.adosc(high, low, close, volume, out, bars, p.fastperiod, p.slowperiod),
  },
  {
    name: 'OBV',
    inputs: ['close', 'volume'],
    recursive: true,
    lookback: () => 0,
    step: obvStep,
    batch:
      () =>
      ({ kernels, bars }, [close, volume], [out]) =>
        kernels.obv(close, volume, out, bars),
  },
]);
