import { isZero } from '../numbers.js';
import { emaFilter, kamaFilter, t3Filter } from './averages.js';
import type { BarField, Batch, FunctionDefinition, FunctionParameters, Step } from './definition.js';
import { bars, factor, filtered, group } from './definition.js';
import { averageFilter, averageLookback, averageType } from './moving-average.js';
import { deviationFilter } from './statistics.js';
import { RollingExtreme } from './window.js';

const close: readonly BarField[] = ['close'];
const oneLess = (p: FunctionParameters) => p.timeperiod - 1;

/** A moving average of TA-Lib's list, under its own name. */
function average(name: string, type: number, recursive: boolean, batch?: (period: number) => Batch) {
  return {
    name,
    inputs: close,
    parameters: [bars(30)],
    recursive,
    lookback: (p: FunctionParameters) => averageLookback(p.timeperiod, type),
    step: (p: FunctionParameters) => filtered(averageFilter(p.timeperiod, type)),
    ...(batch && { batch: (p: FunctionParameters) => batch(p.timeperiod) }),
  };
}

function bandsStep({ timeperiod, nbdevup, nbdevdn, matype }: FunctionParameters): Step {
  const mean = averageFilter(timeperiod, matype);
  const deviation = deviationFilter(timeperiod);
  return (bar, out) => {
    const middle = mean(bar[0]);
    const width = deviation(bar[0]);
    if (Number.isNaN(middle) || Number.isNaN(width)) return;
    out[0] = middle + width * nbdevup;
    out[1] = middle;
    out[2] = middle - width * nbdevdn;
  };
}

/** Acceleration bands (Headley): means of high and low, each moved out by four times the relative range. */
function accelerationBandsStep(period: number): Step {
  const means = [0, 1, 2].map(() => averageFilter(period, 0));
  return ([high, low, close], out) => {
    const sum = high + low;
    const width = isZero(sum) ? 0 : (4 * (high - low)) / sum;
    out[0] = means[0](isZero(sum) ? high : high * (1 + width));
    out[1] = means[1](close);
    out[2] = means[2](isZero(sum) ? low : low * (1 - width));
  };
}

function midStep(period: number, low: number): Step {
  const highest = new RollingExtreme(period, 1);
  const lowest = new RollingExtreme(period, -1);
  return (bar, out) => {
    highest.push(bar[0]);
    lowest.push(bar[low]);
    if (highest.full) out[0] = (highest.value + lowest.value) / 2;
  };
}

export const OVERLAP: readonly FunctionDefinition[] = group('overlap', [
  {
    name: 'ACCBANDS',
    inputs: ['high', 'low', 'close'],
    outputs: ['upperband', 'middleband', 'lowerband'],
    parameters: [bars(20)],
    lookback: oneLess,
    step: (p) => accelerationBandsStep(p.timeperiod),
  },
  {
    name: 'BBANDS',
    inputs: close,
    outputs: ['upperband', 'middleband', 'lowerband'],
    parameters: [bars(20), factor('nbdevup', 2), factor('nbdevdn', 2), averageType(0)],
    lookback: (p) => Math.max(averageLookback(p.timeperiod, p.matype), p.timeperiod - 1),
    step: bandsStep,
    batch: (p) =>
      p.matype === 0
        ? ({ kernels, bars }, [x], [upper, middle, lower]) =>
            kernels.bbands(x, upper, middle, lower, bars, p.timeperiod, p.nbdevup, p.nbdevdn)
        : undefined,
  },
  average('DEMA', 3, true, (period) => ({ kernels, bars, work, stride }, [x], [out]) => {
    kernels.nested(x, out, work, work + stride, bars, period);
  }),
  {
    ...average(
      'EMA',
      1,
      true,
      (period) =>
        ({ kernels, bars }, [x], [out]) =>
          kernels.ema(x, out, bars, period),
    ),
    unstable: true,
    step: (p) => filtered(emaFilter(p.timeperiod)),
  },
  {
    ...average(
      'KAMA',
      6,
      true,
      (period) =>
        ({ kernels, bars }, [x], [out]) =>
          kernels.kama(x, out, bars, period),
    ),
    unstable: true,
    step: (p) => filtered(kamaFilter(p.timeperiod)),
  },
  {
    name: 'MA',
    inputs: close,
    parameters: [bars(30, 1), averageType(0)],
    recursive: true,
    lookback: (p) => averageLookback(p.timeperiod, p.matype),
    step: (p) => filtered(averageFilter(p.timeperiod, p.matype)),
  },
  { name: 'MIDPOINT', inputs: close, parameters: [bars(14)], lookback: oneLess, step: (p) => midStep(p.timeperiod, 0) },
  {
    name: 'MIDPRICE',
    inputs: ['high', 'low'],
    parameters: [bars(14)],
    lookback: oneLess,
    step: (p) => midStep(p.timeperiod, 1),
  },
  average(
    'SMA',
    0,
    false,
    (period) =>
      ({ kernels, bars }, [x], [out]) =>
        kernels.sma(x, out, bars, period),
  ),
  {
    name: 'T3',
    inputs: close,
    parameters: [bars(5), factor('vfactor', 0.7, 0, 1)],
    recursive: true,
    unstable: true,
    lookback: (p) => 6 * (p.timeperiod - 1),
    step: (p) => filtered(t3Filter(p.timeperiod, p.vfactor)),
  },
  average('TEMA', 4, true, (period) => ({ kernels, bars, work, stride }, [x], [out]) => {
    kernels.nested(x, work, out, work + stride, bars, period);
  }),
  average('TRIMA', 5, false),
  average(
    'WMA',
    2,
    false,
    (period) =>
      ({ kernels, bars }, [x], [out]) =>
        kernels.wma(x, out, bars, period),
  ),
]);
