import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/index.js';
import { FUNCTIONS, functionByName, resolveParameters } from './catalogue.js';
import { computeFunction } from './compute.js';
import type { FunctionParameters } from './definition.js';
import { createIncremental } from './incremental.js';

/** Prices with ties, flat stretches, a doji at zero range and jumps, for the branches of the kernels. */
function prices(length: number, level: number): Record<string, Float64Array> {
  const rng = createRng(length, 'kernel bars', level);
  const fields = { high: 0, low: 0, close: 0, volume: 0 };
  const bars = Object.fromEntries(Object.keys(fields).map((field) => [field, new Float64Array(length)]));
  let close = level;
  for (let i = 0; i < length; i++) {
    const mood = Math.floor(i / 23) % 4;
    if (mood !== 1) close += level * 0.01 * Math.round(2 * rng.normal());
    if (i % 97 === 96) close *= 3;
    if (close <= 0) close = level;
    bars.close[i] = close;
    bars.high[i] = close + (mood === 1 ? 0 : level * 0.01 * Math.round(Math.abs(rng.normal())));
    bars.low[i] = close - (mood === 1 ? 0 : level * 0.01 * Math.round(Math.abs(rng.normal())));
    bars.volume[i] = mood === 2 ? 0 : Math.round(1e5 * rng.uniform());
  }
  return bars;
}

const OTHERS: Readonly<Record<string, readonly FunctionParameters[]>> = {
  ADOSC: [{ fastperiod: 12, slowperiod: 4 }],
  BBANDS: [{ timeperiod: 3, nbdevup: 1.5, nbdevdn: -0.5 }],
  MACD: [
    { fastperiod: 9, slowperiod: 4, signalperiod: 1 },
    { fastperiod: 5, slowperiod: 5, signalperiod: 6 },
  ],
  STOCH: [
    { fastk_period: 1, slowk_period: 1, slowd_period: 1 },
    { fastk_period: 11, slowk_period: 2, slowd_period: 4 },
  ],
  ULTOSC: [{ timeperiod1: 9, timeperiod2: 2, timeperiod3: 5 }],
};
const periods = [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 31].map((timeperiod) => ({ timeperiod }));

const cases = FUNCTIONS.filter(({ batch }) => batch !== undefined).flatMap((definition) => {
  const [parameter] = definition.parameters;
  const sets =
    parameter?.name === 'timeperiod' && definition.name !== 'BBANDS'
      ? periods.filter(({ timeperiod }) => timeperiod >= parameter.least)
      : (OTHERS[definition.name] ?? []);
  return [{}, ...sets].map((parameters) => ({ name: definition.name, parameters: parameters as FunctionParameters }));
});

describe('kernels give the bits of the steps', () => {
  it.each(cases.map((c) => ({ ...c, text: `${c.name} ${JSON.stringify(c.parameters)}` })))('$text', (c) => {
    const definition = functionByName(c.name);
    const lookback = definition.lookback(resolveParameters(definition, c.parameters));
    for (const length of [0, 1, lookback, lookback + 1, lookback + 2, lookback + 31, 300, 301]) {
      const bars = prices(length, length % 2 === 0 ? 20 : 1e-9);
      const incremental = createIncremental(definition, c.parameters);
      const stepped = definition.outputs.map(() => new Float64Array(length));
      for (let i = 0; i < length; i++) {
        const bar = Object.fromEntries(Object.entries(bars).map(([field, values]) => [field, values[i]]));
        for (const [k, value] of incremental.push(bar).entries()) stepped[k][i] = value;
      }
      const inputs = definition.inputs.map((field) => bars[field]);
      expect(computeFunction(definition, inputs, c.parameters)).toEqual(stepped);
    }
  });
});
