import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { computeIndicators } from './compute-set.js';
import { INDICATORS, type IndicatorInput } from './registry.js';

type Series = (number | null)[];
interface TalibVectors {
  readonly source: string;
  readonly cases: Record<string, { inputs: Record<IndicatorInput, Series>; outputs: Record<string, Series> }>;
}

const vectors = JSON.parse(readFileSync(new URL('./vectors/talib.json', import.meta.url), 'utf8')) as TalibVectors;
const toArray = (series: Series) => Float64Array.from(series, (value) => value ?? Number.NaN);
const largest = (series: Float64Array) => series.reduce((most, x) => (Number.isNaN(x) ? most : Math.max(most, x)), 0);

describe(`against ${vectors.source}`, () => {
  for (const [name, { inputs, outputs }] of Object.entries(vectors.cases)) {
    const bars = {
      high: toArray(inputs.high),
      low: toArray(inputs.low),
      close: toArray(inputs.close),
      volume: toArray(inputs.volume),
    };
    const computed = computeIndicators(bars);
    const scale = { price: largest(bars.high), percent: 100, volume: largest(bars.volume) };

    it.each(INDICATORS.flatMap(({ outputs: names, unit }) => names.map((output) => ({ output, unit }))))(
      `${name}: $output`,
      ({ output, unit }) => {
        const expected = toArray(outputs[output]);
        const actual = computed.get(output)!;
        expect(Array.from(actual, Number.isNaN)).toEqual(Array.from(expected, Number.isNaN));
        let worst = 0;
        for (let i = 0; i < expected.length; i++) {
          if (!Number.isNaN(expected[i])) worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        expect(worst).toBeLessThanOrEqual(1e-9 * Math.max(scale[unit], unit === 'percent' ? largest(expected) : 0));
      },
    );
  }
});
