import { describe, expect, it } from 'vitest';
import { FUNCTIONS, functionByName, resolveParameters } from './catalogue.js';
import { computeFunction } from './compute.js';
import { functionContract } from './function.contract.js';
import { createIncremental } from './incremental.js';

for (const definition of FUNCTIONS) functionContract(definition);
for (let matype = 0; matype <= 8; matype++) functionContract(functionByName('MA'), { timeperiod: 6, matype });
functionContract(functionByName('MACDEXT'), { fastmatype: 6, slowmatype: 3, signalmatype: 5 });
functionContract(functionByName('STOCH'), { fastk_period: 8, slowk_matype: 1, slowd_period: 5, slowd_matype: 8 });
functionContract(functionByName('SAREXT'), { startvalue: -30, offsetonreverse: 0.02 });

describe('the catalogue of functions', () => {
  it('has each name once', () => {
    expect(new Set(FUNCTIONS.map(({ name }) => name)).size).toBe(FUNCTIONS.length);
  });

  it('says what is wrong with a name, a parameter or an unstable period', () => {
    const rsi = functionByName('RSI');
    expect(() => functionByName('RSQ')).toThrow(/found "RSQ", expected one of .*RSI/);
    expect(() => resolveParameters(rsi, { period: 3 })).toThrow('RSI: found "period", expected timeperiod');
    expect(() => resolveParameters(rsi, { timeperiod: 1 })).toThrow(
      'RSI: timeperiod: found 1, expected a whole number from 2 to 100000',
    );
    expect(() => resolveParameters(rsi, { timeperiod: Number.NaN })).toThrow('found NaN');
    expect(() => createIncremental(rsi, {}, { unstablePeriod: -1 })).toThrow('RSI: unstablePeriod: found -1');
    expect(() => computeFunction(functionByName('SMA'), [new Float64Array(3)], {}, { unstablePeriod: 2 })).toThrow(
      'SMA: unstablePeriod: found 2, expected 0',
    );
  });

  it('hides the bars of an unstable period and changes no other', () => {
    const rsi = functionByName('RSI');
    const close = Float64Array.from({ length: 60 }, (_, i) => 10 + Math.sin(i));
    const [plain] = computeFunction(rsi, [close]);
    const [later] = computeFunction(rsi, [close], {}, { unstablePeriod: 7 });
    expect(later.subarray(0, 21).every(Number.isNaN)).toBe(true);
    expect(later.slice(21)).toEqual(plain.slice(21));
  });
});
