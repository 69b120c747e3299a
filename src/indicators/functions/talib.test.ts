import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS, functionByName } from './catalogue.js';
import { computeFunction } from './compute.js';
import type { BarField, FunctionParameters } from './definition.js';

type Numbers = (number | null)[];
interface Call {
  readonly name: string;
  readonly parameters: FunctionParameters;
  readonly unstablePeriod?: number;
  /** First defined bar of each output, and values at some bars from it on. */
  readonly outputs: { readonly first: number | null; readonly at: number[]; readonly values: Numbers }[];
}
interface TalibVectors {
  readonly source: string;
  readonly cases: Record<string, { inputs: Record<BarField, Numbers>; calls: Call[] }>;
}

const vectors = JSON.parse(readFileSync(new URL('./vectors/talib.json', import.meta.url), 'utf8')) as TalibVectors;
const toArray = (series: Numbers) => Float64Array.from(series, (value) => value ?? Number.NaN);
const largest = (series: Float64Array) =>
  series.reduce((most, x) => (Number.isNaN(x) ? most : Math.max(most, Math.abs(x))), 0);

/** Outputs in a unit of their own, where an error counts beside the scale of the output rather than of the prices. */
const SQUARED = new Set(['VAR']);

describe(`against ${vectors.source}`, () => {
  for (const [title, { inputs, calls }] of Object.entries(vectors.cases)) {
    it.each(calls.map((call) => ({ ...call, text: `${call.name} ${JSON.stringify(call.parameters)}` })))(
      `${title}: $text`,
      ({ name, parameters, unstablePeriod, outputs }) => {
        const definition = functionByName(name);
        const series = definition.inputs.map((field) => toArray(inputs[field]));
        const actual = computeFunction(definition, series, parameters, { unstablePeriod });
        const scale = Math.max(...series.map(largest));
        for (const [k, { first, at, values }] of outputs.entries()) {
          expect(actual[k].findIndex((value) => !Number.isNaN(value))).toBe(first ?? -1);
          const bound = 1e-9 * (SQUARED.has(name) ? scale * scale : Math.max(scale, largest(toArray(values))));
          const gaps = at.map((bar, j) => Math.abs(actual[k][bar] - (values[j] ?? Number.NaN)));
          expect(Math.max(...gaps)).toBeLessThanOrEqual(bound);
        }
      },
    );
  }

  it('covers every function but the candlestick patterns, which have vectors of their own', () => {
    const called = new Set(vectors.cases.normal.calls.map(({ name }) => name));
    expect(FUNCTIONS.filter(({ name, group }) => group !== 'pattern' && !called.has(name))).toEqual([]);
  });
});
