import type { BarField, FunctionDefinition, FunctionParameters, Step } from './definition.js';
import { bars, filtered, group } from './definition.js';
import { Ring } from './window.js';

/**
 * Highest (sign 1) or lowest (sign −1) of the last values with TA-Lib's rule for equals: a newcomer takes the place of its
 * equal; when the extreme leaves the window, and at the start,
 * it is the earliest of equals.
 */
class PlacedExtreme {
  value = 0;
  /** Counted from the first value taken. */
  index = -1;
  private readonly ring: Ring;

  constructor(
    private readonly period: number,
    private readonly sign: 1 | -1,
  ) {
    this.ring = new Ring(period);
  }

  push(value: number): void {
    const { ring, sign, period } = this;
    const today = ring.count;
    ring.push(value);
    if (!ring.full) return;
    if (this.index <= today - period || this.index < 0) {
      this.take(ring.back(period - 1), today - period + 1);
      for (let ago = period - 2; ago >= 0; ago--) {
        if (sign * ring.back(ago) > sign * this.value) this.take(ring.back(ago), today - ago);
      }
    } else if (sign * value >= sign * this.value) this.take(value, today);
  }

  get full(): boolean {
    return this.ring.full;
  }

  private take(value: number, index: number): void {
    this.value = value;
    this.index = index;
  }
}

/** What is shown of the highest and the lowest of the last values. */
function extremesStep(
  period: number,
  show: (highest: PlacedExtreme, lowest: PlacedExtreme, out: Float64Array) => void,
): Step {
  const highest = new PlacedExtreme(period, 1);
  const lowest = new PlacedExtreme(period, -1);
  return (bar, out) => {
    highest.push(bar[0]);
    lowest.push(bar[0]);
    if (highest.full) show(highest, lowest, out);
  };
}

const close: readonly BarField[] = ['close'];
const window = {
  inputs: close,
  parameters: [bars(30)],
  lookback: (p: FunctionParameters) => p.timeperiod - 1,
};

/** An extreme or its place; places are counted from the first bar of the unbroken run. */
function extreme(name: string, sign: 1 | -1, what: 'value' | 'index') {
  return {
    ...window,
    name,
    step: (p: FunctionParameters) => {
      const kept = new PlacedExtreme(p.timeperiod, sign);
      return filtered((value) => {
        kept.push(value);
        return kept.full ? kept[what] : Number.NaN;
      });
    },
  };
}

export const MATH_OPERATORS: readonly FunctionDefinition[] = group('math', [
  extreme('MAX', 1, 'value'),
  extreme('MAXINDEX', 1, 'index'),
  extreme('MIN', -1, 'value'),
  extreme('MININDEX', -1, 'index'),
  {
    ...window,
    name: 'MINMAX',
    outputs: ['min', 'max'],
    step: (p) =>
      extremesStep(p.timeperiod, (highest, lowest, out) => {
        out[0] = lowest.value;
        out[1] = highest.value;
      }),
  },
  {
    ...window,
    name: 'MINMAXINDEX',
    outputs: ['minidx', 'maxidx'],
    step: (p) =>
      extremesStep(p.timeperiod, (highest, lowest, out) => {
        out[0] = lowest.index;
        out[1] = highest.index;
      }),
  },
  {
    ...window,
    name: 'SUM',
    step: (p) => {
      const ring = new Ring(p.timeperiod);
      let sum = 0;
      return filtered((value) => {
        ring.push(value);
        sum += value;
        if (!ring.full) return Number.NaN;
        const shown = sum;
        sum -= ring.back(p.timeperiod - 1);
        return shown;
      });
    },
  },
]);
