import { isZero, isZeroBeside } from '../numbers.js';
import type { BarField, Filter, FunctionDefinition, FunctionParameters, Step } from './definition.js';
import { bars, filtered, group } from './definition.js';
import { Ring } from './window.js';

/** Wilder's means of gains and losses, seeded with simple means, shown by `show`. */
function gainsAndLosses(period: number, show: (gain: number, loss: number) => number): Filter {
  const kept = (period - 1) / period;
  const share = 1 / period;
  let count = 0;
  let last = 0;
  let gain = 0;
  let loss = 0;
  return (value) => {
    const change = value - last;
    last = value;
    if (count++ === 0) return Number.NaN;
    const rise = change < 0 ? 0 : change;
    const fall = change < 0 ? -change : 0;
    if (count > period + 1) {
      gain = gain * kept + rise * share;
      loss = loss * kept + fall * share;
    } else {
      gain += rise;
      loss += fall;
      if (count <= period) return Number.NaN;
      gain *= share;
      loss *= share;
    }
    return isZero(gain + loss) ? 0 : show(gain, loss);
  };
}

export function rsiFilter(period: number): Filter {
  return gainsAndLosses(period, (gain, loss) => 100 * (gain / (gain + loss)));
}

/** Share of the bodies of rising bars in all bodies (Chande and Kroll 1994). */
function intradayMomentumStep(period: number): Step {
  const bodies = new Ring(period);
  return ([open, close], out) => {
    bodies.push(close - open);
    if (!bodies.full) return;
    let up = 0;
    let down = 0;
    for (let ago = period - 1; ago >= 0; ago--) {
      const body = bodies.back(ago);
      if (body > 0) up += body;
      else down -= body;
    }
    // TA-Lib's middle value where no bar has a body.
    out[0] = up + down === 0 ? 50 : 100 * (up / (up + down));
  };
}

function moneyFlowStep(period: number): Step {
  const inflows = new Ring(period);
  const outflows = new Ring(period);
  let count = 0;
  let previous = 0;
  let inSum = 0;
  let outSum = 0;
  /** Bars of the window that moved money; the sums of none keep a rounding residue. */
  let moving = 0;
  return ([high, low, close, volume], out) => {
    const typical = (high + low + close) / 3;
    const change = typical - previous;
    previous = typical;
    if (count++ === 0) return;
    const flat = isZeroBeside(change, Math.abs(typical));
    const inflow = !flat && change > 0 ? typical * volume : 0;
    const outflow = flat || change > 0 ? 0 : typical * volume;
    const oldInflow = inflows.push(inflow);
    const oldOutflow = outflows.push(outflow);
    moving += Number(inflow + outflow !== 0) - Number(oldInflow + oldOutflow !== 0);
    inSum -= oldInflow;
    outSum -= oldOutflow;
    inSum += inflow;
    outSum += outflow;
    if (inflows.full) out[0] = moving === 0 ? 0 : Math.min(Math.max(100 * (inSum / (inSum + outSum)), 0), 100);
  };
}

const close: readonly BarField[] = ['close'];
const wilder = {
  inputs: close,
  parameters: [bars(14)],
  recursive: true,
  unstable: true,
  lookback: (p: FunctionParameters) => p.timeperiod,
};

export const STRENGTH: readonly FunctionDefinition[] = group('momentum', [
  {
    ...wilder,
    name: 'CMO',
    step: (p) => filtered(gainsAndLosses(p.timeperiod, (gain, loss) => 100 * ((gain - loss) / (gain + loss)))),
  },
  {
    name: 'IMI',
    inputs: ['open', 'close'],
    parameters: [bars(14)],
    lookback: (p) => p.timeperiod - 1,
    step: (p) => intradayMomentumStep(p.timeperiod),
  },
  {
    name: 'MFI',
    inputs: ['high', 'low', 'close', 'volume'],
    parameters: [bars(14)],
    lookback: (p) => p.timeperiod,
    step: (p) => moneyFlowStep(p.timeperiod),
    batch:
      (p) =>
      ({ kernels, bars, work, stride }, [high, low, close, volume], [out]) =>
        kernels.mfi(high, low, close, volume, out, bars, p.timeperiod, work, stride),
  },
  {
    ...wilder,
    name: 'RSI',
    step: (p) => filtered(rsiFilter(p.timeperiod)),
    batch:
      (p) =>
      ({ kernels, bars, work }, [x], [out]) =>
        kernels.rsi(x, out, bars, p.timeperiod, work),
  },
]);
