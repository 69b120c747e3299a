import type { FunctionDefinition, FunctionParameters, Step } from './definition.js';
import { factor, group } from './definition.js';

interface Acceleration {
  readonly initial: number;
  readonly increment: number;
  readonly most: number;
}

interface SarOptions {
  readonly long: Acceleration;
  readonly short: Acceleration;
  /** 0: by the first two bars; above 0: long from this stop; below 0: short from its size. */
  readonly start: number;
  /** Share of the stop added to it where the position turns. */
  readonly offset: number;
  /** Whether stops of short positions come out negative. */
  readonly signed: boolean;
}

/** Parabolic stop and reverse (Wilder 1978), with TA-Lib's choice of the first direction. */
function sarStep({ long, short, start, offset, signed }: SarOptions): Step {
  const accelerations = [long, short].map(({ initial, increment, most }) => ({
    initial: Math.min(initial, most),
    increment: Math.min(increment, most),
    most,
  }));
  let count = 0;
  let side = 1;
  let sar = 0;
  let extreme = 0;
  let speed = 0;
  let lastHigh = 0;
  let lastLow = 0;

  const begin = (high: number, low: number) => {
    const down = lastLow - low;
    const up = high - lastHigh;
    if (start === 0) side = down > 0 && up < down ? -1 : 1;
    else side = Math.sign(start);
    extreme = side > 0 ? high : low;
    if (start !== 0) sar = Math.abs(start);
    else sar = side > 0 ? lastLow : lastHigh;
    speed = accelerations[side > 0 ? 0 : 1].initial;
    lastHigh = high;
    lastLow = low;
  };
  /** A stop stays outside the range of the bar and of the one before. */
  const outside = (stop: number, high: number, low: number) =>
    side > 0 ? Math.min(stop, lastLow, low) : Math.max(stop, lastHigh, high);

  return ([high, low], out) => {
    if (count++ === 0) {
      lastHigh = high;
      lastLow = low;
      return;
    }
    if (count === 2) begin(high, low);
    const turns = side > 0 ? low <= sar : high >= sar;
    if (turns) {
      side = -side;
      sar = outside(extreme, high, low);
      sar -= side * sar * offset;
      speed = accelerations[side > 0 ? 0 : 1].initial;
      extreme = side > 0 ? high : low;
    }
    out[0] = signed && side < 0 ? 0 - sar : sar;
    const { increment, most } = accelerations[side > 0 ? 0 : 1];
    if (side > 0 ? high > extreme : low < extreme) {
      extreme = side > 0 ? high : low;
      speed = Math.min(speed + increment, most);
    }
    sar = outside(sar + speed * (extreme - sar), high, low);
    lastHigh = high;
    lastLow = low;
  };
}

const positive = (name: string, value: number) => factor(name, value, 0);

const acceleration = (p: FunctionParameters, side: string): Acceleration => ({
  initial: p[`accelerationinit${side}`],
  increment: p[`acceleration${side}`],
  most: p[`accelerationmax${side}`],
});

export const SAR: readonly FunctionDefinition[] = group('overlap', [
  {
    name: 'SAR',
    inputs: ['high', 'low'],
    recursive: true,
    parameters: [positive('acceleration', 0.02), positive('maximum', 0.2)],
    lookback: () => 1,
    step: (p) => {
      const both = { initial: p.acceleration, increment: p.acceleration, most: p.maximum };
      return sarStep({ long: both, short: both, start: 0, offset: 0, signed: false });
    },
  },
  {
    name: 'SAREXT',
    inputs: ['high', 'low'],
    recursive: true,
    parameters: [
      factor('startvalue', 0),
      positive('offsetonreverse', 0),
      ...['long', 'short'].flatMap((side) => [
        positive(`accelerationinit${side}`, 0.02),
        positive(`acceleration${side}`, 0.02),
        positive(`accelerationmax${side}`, 0.2),
      ]),
    ],
    lookback: () => 1,
    step: (p) =>
      sarStep({
        long: acceleration(p, 'long'),
        short: acceleration(p, 'short'),
        start: p.startvalue,
        offset: p.offsetonreverse,
        signed: true,
      }),
  },
]);
