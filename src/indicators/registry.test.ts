import { describe, expect, it } from 'vitest';
import { computeFunction, functionByName } from './functions/index.js';
import { indicatorContract, randomBars } from './indicator.contract.js';
import { INDICATORS } from './registry.js';

for (const indicator of INDICATORS) indicatorContract(indicator);

describe('the table of indicators', () => {
  it('has the 32 outputs of the paper, each once', () => {
    const outputs = INDICATORS.flatMap((indicator) => indicator.outputs);
    expect(outputs).toHaveLength(32);
    expect(new Set(outputs).size).toBe(32);
  });

  it.each(INDICATORS.map((indicator) => ({ ...indicator, title: indicator.talib })))(
    '$title is computed as the function of the catalogue is',
    ({ talib, inputs, compute }) => {
      const bars = randomBars(3, 400);
      const definition = functionByName(talib.slice(0, talib.indexOf('(')));
      const values = talib
        .slice(talib.indexOf('(') + 1, -1)
        .split(', ')
        .slice(inputs.length)
        .map(Number);
      const parameters = Object.fromEntries(definition.parameters.map(({ name }, k) => [name, values[k]]));
      const series = inputs.map((input) => bars[input]);
      const expected = computeFunction(definition, series, parameters);
      expect(compute(series)).toEqual(expected);
    },
  );
});
