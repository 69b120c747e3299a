import { describe, expect, it } from 'vitest';
import { fromLosslessJson, toLosslessJson, toPlainJson } from './json.js';

const data = {
  days: Int32Array.of(1, 2),
  returns: Float64Array.of(0.1, Number.NaN, -1e-300),
  nested: [{ sharpe: Number.NaN, text: 'x', none: null }],
  forecast: Float32Array.of(0.1),
};

describe('lossless JSON', () => {
  it('gives back typed arrays and undefined figures as they were', () => {
    expect(fromLosslessJson(toLosslessJson(data))).toEqual(data);
  });
});

describe('plain JSON', () => {
  it('says null where a figure is undefined', () => {
    expect(JSON.parse(toPlainJson(data))).toEqual({
      days: [1, 2],
      returns: [0.1, null, -1e-300],
      nested: [{ sharpe: null, text: 'x', none: null }],
      forecast: [Math.fround(0.1)],
    });
  });
});
