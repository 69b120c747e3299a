import { describe, expect, it } from 'vitest';
import { computeIndicators } from './compute-set.js';
import { randomBars } from './indicator.contract.js';
import { INDICATORS, type IndicatorBars } from './registry.js';

const oneByOne = (bars: IndicatorBars, indicators = INDICATORS) =>
  new Map(
    indicators.flatMap(({ inputs, outputs, compute }) => {
      const computed = compute(inputs.map((input) => bars[input]));
      return outputs.map((name, k) => [name, computed[k]] as const);
    }),
  );

describe('a set of indicators', () => {
  it.each([0, 1, 2, 3, 14, 15, 27, 28, 29, 59, 60, 87, 88, 89, 90, 333])(
    'over %i bars has the bits of each',
    (length) => {
      const bars = randomBars(5, length);
      expect(computeIndicators(bars)).toEqual(oneByOne(bars));
    },
  );

  it('has them when a bar is missing, and when only some are asked for, in any order', () => {
    const bars = randomBars(6, 200);
    bars.volume[120] = Number.NaN;
    expect(computeIndicators(bars)).toEqual(oneByOne(bars));
    const some = ['TRIX', 'ADX', 'PLUS_DI', 'DEMA', 'SMA_5'].map((name) => INDICATORS.find((i) => i.name === name)!);
    const whole = randomBars(6, 201);
    expect(computeIndicators(whole, some)).toEqual(oneByOne(whole, some));
  });

  it('is written where one asks for it, and new arrays are nobody else’s', () => {
    const bars = randomBars(7, 150);
    const expected = computeIndicators(bars);
    const into = new Float64Array(32 * 150);
    const written = computeIndicators(bars, INDICATORS, into);
    computeIndicators(randomBars(8, 150));
    expect(written).toEqual(expected);
    expect(into.slice(0, 150)).toEqual(expected.get('SMA_5'));
    expect(() => computeIndicators(bars, INDICATORS, into.subarray(1))).toThrow(
      'indicator outputs: found room for 4799 values, expected 32 outputs × 150 bars',
    );
  });

  it('wants fields of one length', () => {
    const bars = { ...randomBars(7, 50), volume: new Float64Array(49) };
    expect(() => computeIndicators(bars)).toThrow('indicator inputs: found 49 values, expected 50');
  });
});
