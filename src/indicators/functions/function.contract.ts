import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { resolveParameters } from './catalogue.js';
import { computeFunction } from './compute.js';
import type { BarField, FunctionDefinition, FunctionParameters } from './definition.js';
import { createIncremental } from './incremental.js';

type Bars = Record<BarField, Float64Array>;

/** A random walk quoted to the cent, so that ties happen. */
function randomBars(seed: number, length: number): Bars {
  const rng = createRng(seed, 'function bars');
  const cents = (price: number) => Math.round(price * 100) / 100;
  const bars: Bars = {
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
  };
  let level = 20;
  for (let i = 0; i < length; i++) {
    bars.open[i] = cents(level * Math.exp(0.005 * rng.normal()));
    level *= Math.exp(0.02 * rng.normal());
    bars.close[i] = cents(level);
    bars.high[i] = cents(Math.max(bars.open[i], level) * Math.exp(0.01 * Math.abs(rng.normal())));
    bars.low[i] = cents(Math.min(bars.open[i], level) * Math.exp(-0.01 * Math.abs(rng.normal())));
    bars.volume[i] = Math.round(1e6 * Math.exp(rng.normal()));
  }
  return bars;
}

/** What every function owes its callers. `toEqual` on typed arrays compares values exactly, NaN equal to NaN. */
export function functionContract(definition: FunctionDefinition, parameters: FunctionParameters = {}): void {
  const lookback = definition.lookback(resolveParameters(definition, parameters));
  const length = lookback + 70;
  const bars = randomBars(11, length);
  const inputs = definition.inputs.map((field) => bars[field]);
  const compute = (series: readonly Float64Array[]) => computeFunction(definition, series, parameters);
  const feed = (series: readonly Float64Array[]) => {
    const incremental = createIncremental(definition, parameters);
    const outputs = definition.outputs.map(() => new Float64Array(series[0].length));
    for (let i = 0; i < series[0].length; i++) {
      const bar = Object.fromEntries(definition.inputs.map((field, k) => [field, series[k][i]]));
      for (const [k, value] of incremental.push(bar).entries()) outputs[k][i] = value;
    }
    return outputs;
  };
  const holed = (at: readonly number[]) => {
    const series = inputs.map((values) => values.slice());
    for (const [k, bar] of at.entries())
      series[k % series.length][bar] = k % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY;
    return series;
  };

  describe(`${definition.name} ${JSON.stringify(parameters)}`, () => {
    it('is defined from its lookback on, and not before', () => {
      for (const output of compute(inputs)) {
        expect(output.findIndex((value) => !Number.isNaN(value))).toBe(lookback);
        expect(output.subarray(lookback).every(Number.isFinite)).toBe(true);
      }
    });

    it('is fed bar by bar with the same bits', () => {
      expect(feed(inputs)).toEqual(compute(inputs));
    });

    it('never changes an earlier value when later bars arrive', () => {
      const whole = compute(inputs);
      for (const cut of [1, lookback, lookback + 1, lookback + 33]) {
        const prefix = compute(inputs.map((values) => values.slice(0, cut)));
        expect(prefix).toEqual(whole.map((output) => output.slice(0, cut)));
      }
    });

    it('begins anew after a gap in any of its inputs, fed bar by bar too', () => {
      const gap = 20;
      for (let k = 0; k < inputs.length; k++) {
        const series = inputs.map((values) => values.slice());
        series[k][gap] = Number.NaN;
        const outputs = compute(series);
        expect(outputs.map((output) => output.slice(0, gap))).toEqual(compute(inputs.map((x) => x.slice(0, gap))));
        for (const output of outputs) expect(output[gap]).toBeNaN();
        const after = inputs.map((values) => values.slice(gap + 1));
        expect(outputs.map((output) => output.slice(gap + 1))).toEqual(compute(after));
        expect(feed(series)).toEqual(outputs);
      }
    });

    it('survives gaps at the start, side by side and at the end', () => {
      const series = holed([0, 1, 30, 31, length - 1]);
      expect(feed(series)).toEqual(compute(series));
    });
  });
}
