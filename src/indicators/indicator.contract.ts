import { describe, expect, it } from 'vitest';
import { createRng } from '../util/index.js';
import type { Indicator, IndicatorBars } from './registry.js';

/** A random walk with ranges and volume, quoted to the cent so that ties happen. */
export function randomBars(seed: number, length: number): IndicatorBars {
  const rng = createRng(seed, 'indicator bars');
  const bars = {
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
  };
  let level = 20;
  const cents = (price: number) => Math.round(price * 100) / 100;
  for (let i = 0; i < length; i++) {
    level *= Math.exp(0.02 * rng.normal());
    bars.close[i] = cents(level);
    bars.high[i] = cents(level * Math.exp(0.01 * Math.abs(rng.normal())));
    bars.low[i] = cents(level * Math.exp(-0.01 * Math.abs(rng.normal())));
    bars.volume[i] = Math.round(1e6 * Math.exp(rng.normal()));
  }
  return bars;
}

type BarsTransform = (series: Float64Array) => Float64Array;

function compute(indicator: Indicator, bars: IndicatorBars, transform: BarsTransform = (series) => series) {
  return indicator.compute(indicator.inputs.map((input) => transform(bars[input])));
}

/** The first index from which on every value is defined. */
function warmUp(values: Float64Array): number {
  return values.findLastIndex((value) => Number.isNaN(value)) + 1;
}

/** What every indicator owes its callers. `expect(...).toEqual` on typed arrays compares values exactly, NaN equal to NaN. */
export function indicatorContract(indicator: Indicator): void {
  const length = indicator.lookback + 60;
  const bars = randomBars(7, length);

  describe(indicator.name, () => {
    it('gives one array per output, as long as its inputs, and leaves the inputs alone', () => {
      const inputs = indicator.inputs.map((input) => bars[input].slice());
      const outputs = indicator.compute(inputs);
      expect(outputs.map((output) => output.length)).toEqual(indicator.outputs.map(() => length));
      expect(inputs).toEqual(indicator.inputs.map((input) => bars[input]));
    });

    it('is defined from its lookback on, and not before', () => {
      for (const output of compute(indicator, bars)) expect(warmUp(output)).toBe(indicator.lookback);
    });

    it('is undefined throughout when there are no more bars than its lookback', () => {
      for (const bars of [0, 1, 2, indicator.lookback].filter((count) => count <= indicator.lookback)) {
        for (const output of compute(indicator, randomBars(7, bars))) {
          expect(output).toEqual(new Float64Array(bars).fill(Number.NaN));
        }
      }
    });

    it('never changes an earlier value when later bars arrive', () => {
      const whole = compute(indicator, bars);
      for (let cut = 1; cut < length; cut++) {
        const prefix = compute(indicator, bars, (series) => series.slice(0, cut));
        expect(prefix).toEqual(whole.map((output) => output.slice(0, cut)));
      }
    });

    it('never changes an earlier value when later bars become noise', () => {
      const whole = compute(indicator, bars);
      const cut = indicator.lookback + 30;
      const noise = randomBars(8, length);
      const spoilt = indicator.compute(
        indicator.inputs.map((input) => {
          const series = noise[input].map((value) => value * 1e3);
          series.set(bars[input].subarray(0, cut));
          return series;
        }),
      );
      expect(spoilt.map((output) => output.slice(0, cut))).toEqual(whole.map((output) => output.slice(0, cut)));
      expect(spoilt.map((output) => output.slice(cut))).not.toEqual(whole.map((output) => output.slice(cut)));
    });

    it('begins anew after a gap in any of its inputs', () => {
      const gap = 25;
      const after = (series: Float64Array) => series.slice(gap + 1);
      for (const holed of indicator.inputs) {
        const outputs = indicator.compute(
          indicator.inputs.map((input) => {
            const series = bars[input].slice();
            if (input === holed) series[gap] = Number.NaN;
            return series;
          }),
        );
        expect(outputs.map((output) => output.slice(0, gap))).toEqual(
          compute(indicator, bars, (series) => series.slice(0, gap)),
        );
        for (const output of outputs) expect(output[gap]).toBeNaN();
        expect(outputs.map(after)).toEqual(compute(indicator, bars, after));
      }
    });
  });
}
