import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../catalogue.js';
import { computeFunction } from '../compute.js';

interface PatternVectors {
  readonly source: string;
  readonly cases: readonly {
    /** Open, high, low, close. */
    readonly candles: readonly (readonly number[])[];
    /** By pattern and bar, what is not 0. */
    readonly patterns: Readonly<Record<string, Readonly<Record<string, number>>>>;
  }[];
}

const vectors = JSON.parse(readFileSync(new URL('./vectors/talib.json', import.meta.url), 'utf8')) as PatternVectors;
const PATTERNS = FUNCTIONS.filter(({ group }) => group === 'pattern');

describe(`candlestick patterns against ${vectors.source}`, () => {
  it('are all 61', () => {
    expect(PATTERNS).toHaveLength(61);
  });

  it.each(PATTERNS.map((definition) => ({ definition, name: definition.name })))('$name', ({ definition, name }) => {
    const first = definition.lookback({});
    let found = 0;
    for (const { candles, patterns } of vectors.cases) {
      const [values] = computeFunction(
        definition,
        candles.map((field) => Float64Array.from(field)),
      );
      const expected = new Float64Array(candles[0].length).fill(Number.NaN, 0, first);
      for (const [bar, value] of Object.entries(patterns[name] ?? {})) expected[Number(bar)] = value;
      found += Object.keys(patterns[name] ?? {}).length;
      expect(values).toEqual(expected);
    }
    expect(found).toBeGreaterThan(0);
  });
});
