import { describe, expect, it } from 'vitest';
import { codedBars } from './coded-bars.fixture.js';
import { macroTable } from './dated-tables.fixture.js';
import { defineFeature, ownFeatureCode, ownFeatures } from './own-features.js';
import { buildPanel } from './panel.js';

const bars = codedBars({ symbols: 3, days: 40 });

defineFeature({
  name: 'OWN_RANGE',
  formula: 'high ÷ low − 1',
  lookback: 1,
  compute: ({ high, low }) => high.map((price, t) => price / low[t] - 1),
});
defineFeature({
  name: 'OWN_CPI',
  formula: 'number of CPI figures',
  lookback: 1,
  optional: true,
  computeMarket: ({ bars: all, macro }) => new Float64Array(all.dates.length).fill(macro?.length ?? Number.NaN),
});

describe('features of one’s own', () => {
  it('are columns of the panel, of one instrument or of the whole market', () => {
    const panel = buildPanel(bars, {
      featureSet: [],
      families: ownFeatures(['OWN_RANGE', 'OWN_CPI']),
      tables: { macro: macroTable([['cpi', bars.dates[0], bars.dates[1], 2]]) },
    });
    expect(panel.columns.map(({ name, group, optional }) => [name, group, optional])).toEqual([
      ['OWN_RANGE', 'own', undefined],
      ['OWN_CPI', 'own', true],
    ]);
    const cell = 1 * 40 + 7;
    expect(panel.values[cell * 2]).toBe(Math.fround(bars.high[cell] / bars.low[cell] - 1));
    expect(panel.values[cell * 2 + 1]).toBe(1);
  });

  it('are told apart by their code', () => {
    expect(ownFeatureCode('OWN_RANGE')).toContain('price / low[t] - 1');
  });

  it.each([
    ['CLOSE', 1, 'feature "CLOSE": found a name that is taken'],
    ['paper', 1, 'feature "paper": found a name that is taken'],
    ['OWN_RANGE', 1, 'feature "OWN_RANGE": found a name that is taken'],
    ['5 days', 1, 'feature "5 days": found no name'],
    ['OWN_SHORT', 0, 'feature "OWN_SHORT": lookback: found 0'],
  ])('are refused as %s with a lookback of %i', (name, lookback, message) => {
    const compute = () => new Float64Array(0);
    expect(() => defineFeature({ name, formula: '', lookback, compute })).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', message: expect.stringContaining(message) }),
    );
  });

  it('that nobody defined are named, with those that there are', () => {
    expect(() => ownFeatures(['NOBODY'])).toThrow(
      /features\.own: found "NOBODY", there are OWN_RANGE, OWN_CPI; define it/,
    );
  });
});
