import type { Column } from '../kernels/index.js';
import { isZero } from '../numbers.js';
import type { BarField, Batch, FunctionDefinition, FunctionParameters, Step } from './definition.js';
import { bars, group } from './definition.js';
import { trueRange } from './volatility.js';
import { Ring } from './window.js';

/** Wilder's directional movement (1978), smoothed: summed plainly over period − 1 bars, then decaying by 1/period a bar. */
class Movement {
  plus = 0;
  minus = 0;
  private range = 0;
  private bar = 0;
  private high = 0;
  private low = 0;
  private readonly ranges = trueRange();
  private readonly kept: number;

  constructor(private readonly period: number) {
    this.kept = (period - 1) / period;
  }

  /** @returns the bar's index */
  next(high: number, low: number, close: number): number {
    const bar = this.bar++;
    const range = this.ranges(high, low, close);
    if (bar > 0) {
      if (bar >= this.period) {
        this.plus *= this.kept;
        this.minus *= this.kept;
        this.range *= this.kept;
      }
      const up = high - this.high;
      const down = this.low - low;
      if (down > 0 && up < down) this.minus += down;
      else if (up > 0 && up > down) this.plus += up;
      this.range += range;
    }
    this.high = high;
    this.low = low;
    return bar;
  }

  /** A movement in percent of the true range, 0 where nothing ranged. */
  indicator(movement: number): number {
    return isZero(this.range) ? 0 : 100 * (movement / this.range);
  }
}

function indicatorStep(period: number, side: 'plus' | 'minus'): Step {
  const movement = new Movement(period);
  return (bar, out) => {
    if (movement.next(bar[0], bar[1], bar[2]) >= period) out[0] = movement.indicator(movement[side]);
  };
}

function movementStep(period: number, side: 'plus' | 'minus'): Step {
  const movement = new Movement(period);
  return (bar, out) => {
    if (movement.next(bar[0], bar[1], bar[1]) >= period - 1) out[0] = movement[side];
  };
}

/** DX = 100·|+DI − −DI| / (+DI + −DI) of each bar, null where the two lines vanish; NaN while warming up. */
function dxOf(period: number): (bar: Float64Array) => number | null {
  const movement = new Movement(period);
  return (bar) => {
    if (movement.next(bar[0], bar[1], bar[2]) < period) return Number.NaN;
    const plus = movement.indicator(movement.plus);
    const minus = movement.indicator(movement.minus);
    const sum = plus + minus;
    return isZero(sum) ? null : 100 * (Math.abs(minus - plus) / sum);
  };
}

function dxStep(period: number): Step {
  const dx = dxOf(period);
  let held = 0;
  return (bar, out) => {
    held = dx(bar) ?? held;
    out[0] = held;
    if (Number.isNaN(held)) held = 0;
  };
}

/** Wilder's mean of DX, held where DX is not defined. */
function adxOf(period: number): (bar: Float64Array) => number {
  const dx = dxOf(period);
  const kept = (period - 1) / period;
  const share = 1 / period;
  let bar = 0;
  let adx = 0;
  return (input) => {
    const now = dx(input);
    const index = bar++;
    if (index < period) return Number.NaN;
    if (index <= 2 * period - 1) {
      adx += now ?? 0;
      if (index < 2 * period - 1) return Number.NaN;
      adx *= share;
    } else if (now !== null) adx = adx * kept + now * share;
    return adx;
  };
}

/** Mean of ADX and the ADX of period − 1 bars before. */
function adxrStep(period: number): Step {
  const adx = adxOf(period);
  const ring = new Ring(period);
  return (bar, out) => {
    const now = adx(bar);
    if (Number.isNaN(now)) return;
    ring.push(now);
    if (ring.full) out[0] = (now + ring.back(period - 1)) / 2;
  };
}

const HLC: readonly BarField[] = ['high', 'low', 'close'];

/** The kernel has all three lines; those not asked for go to the scratch. */
function linesBatch(show: (out: Column, left: readonly Column[]) => readonly [Column, Column, Column]) {
  return ({ timeperiod }: FunctionParameters): Batch =>
    ({ kernels, bars, work, stride }, [high, low, close], [out]) => {
      const [plus, minus, adx] = show(out, [work + stride, work + 2 * stride]);
      kernels.directional(high, low, close, plus, minus, adx, bars, timeperiod, work);
    };
}

function wilder(name: string, lookback: (period: number) => number, step: (period: number) => Step) {
  return {
    name,
    inputs: HLC,
    parameters: [bars(14)],
    recursive: true,
    unstable: true,
    lookback: (p: FunctionParameters) => lookback(p.timeperiod),
    step: (p: FunctionParameters) => step(p.timeperiod),
  };
}

const same = (period: number) => period;
const oneLess = (period: number) => period - 1;
const HL: readonly BarField[] = ['high', 'low'];

export const DIRECTIONAL: readonly FunctionDefinition[] = group('momentum', [
  {
    ...wilder(
      'ADX',
      (period) => 2 * period - 1,
      (period) => {
        const adx = adxOf(period);
        return (bar, out) => {
          out[0] = adx(bar);
        };
      },
    ),
    batch: linesBatch((out, [plus, minus]) => [plus, minus, out]),
  },
  { ...wilder('ADXR', (period) => 3 * period - 2, adxrStep), unstable: false },
  wilder('DX', same, dxStep),
  {
    ...wilder('MINUS_DI', same, (period) => indicatorStep(period, 'minus')),
    batch: linesBatch((out, [plus, adx]) => [plus, out, adx]),
  },
  { ...wilder('MINUS_DM', oneLess, (period) => movementStep(period, 'minus')), inputs: HL },
  {
    ...wilder('PLUS_DI', same, (period) => indicatorStep(period, 'plus')),
    batch: linesBatch((out, [minus, adx]) => [out, minus, adx]),
  },
  { ...wilder('PLUS_DM', oneLess, (period) => movementStep(period, 'plus')), inputs: HL },
]);
