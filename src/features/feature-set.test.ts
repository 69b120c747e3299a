import { describe, expect, it } from 'vitest';
import { FUNDAMENTAL_FIELDS, MACRO_SERIES } from '../market/index.js';
import { CandlenetError } from '../util/index.js';
import { FEATURE_COLUMNS, resolveFeatureSet } from './feature-set.js';

function failure(run: () => unknown): CandlenetError {
  try {
    run();
  } catch (error) {
    if (error instanceof CandlenetError) return error;
  }
  throw new Error('expected a CandlenetError');
}

describe('feature sets', () => {
  it('names every column once', () => {
    expect(new Set(FEATURE_COLUMNS.map(({ name }) => name)).size).toBe(FEATURE_COLUMNS.length);
  });

  it('takes groups and columns, each once, in the order of the table', () => {
    const { columns, omitted } = resolveFeatureSet(['RSI', 'price-volume', 'CLOSE'], { hasAmount: true });
    expect(columns.map(({ name }) => name)).toEqual(['OPEN', 'HIGH', 'LOW', 'CLOSE', 'VOLUME', 'AMOUNT', 'RSI']);
    expect(omitted).toEqual([]);
  });

  it('says what a source cannot give', () => {
    const { columns, omitted } = resolveFeatureSet(['price-volume'], { hasAmount: false });
    expect(columns.map(({ name }) => name)).toEqual(['OPEN', 'HIGH', 'LOW', 'CLOSE', 'VOLUME']);
    expect(omitted).toEqual([{ name: 'AMOUNT', reason: 'the source has no traded amounts' }]);
  });

  it('refuses unknown names and empty sets', () => {
    const unknown = failure(() => resolveFeatureSet(['RSI', 'RSJ'], { hasAmount: true }));
    expect(unknown.code).toBe('CONFIG_INVALID');
    expect(unknown.message).toBe(
      'features: found "RSJ", expected a set (paper, full), a group (price-volume, technical, macro, fundamental, news, trend, sentiment, flag) or a column such as OPEN',
    );
    expect(failure(() => resolveFeatureSet([], { hasAmount: true })).message).toBe(
      'features: found no name, expected at least one column',
    );
    expect(failure(() => resolveFeatureSet(['AMOUNT'], { hasAmount: false })).message).toBe(
      'features: found only columns that cannot be had (the source has no traded amounts), expected at least one column',
    );
  });

  it('has the 86 columns of the paper: 6 + 32 + 15 + 28 + 5', () => {
    const everything = {
      hasAmount: true,
      facts: new Set(FUNDAMENTAL_FIELDS.map(({ field }) => field)),
      ratios: new Set(FUNDAMENTAL_FIELDS.map(({ field }) => field)),
      series: new Set(MACRO_SERIES.map(({ series }) => series)),
      hasNews: true,
      hasNewsScores: true,
    };
    const { columns, omitted } = resolveFeatureSet(['paper'], everything);
    const sizes = ['price-volume', 'technical', 'macro', 'fundamental', 'news'].map(
      (group) => columns.filter((column) => column.group === group).length,
    );
    expect(sizes).toEqual([6, 32, 15, 28, 5]);
    expect(columns).toHaveLength(86);
    expect(omitted).toEqual([]);
    expect(resolveFeatureSet(['full'], { ...everything, hasSt: true }).columns).toEqual(FEATURE_COLUMNS);
  });

  it('leaves out what a store lacks and says how much of a group there is', () => {
    const { columns, omitted } = resolveFeatureSet(['paper'], {
      hasAmount: true,
      facts: new Set(['roe']),
      ratios: new Set(['pb']),
      hasNews: true,
    });
    expect(columns).toHaveLength(6 + 32 + 2 + 1);
    const reasonOf = (name: string) => omitted.find((one) => one.name === name)?.reason;
    expect(reasonOf('ROA')).toBe('the store has 2 of the 28 fundamentals, not this one');
    expect(reasonOf('CPI')).toBe('the store has no macro series');
    expect(reasonOf('NEWS_SCORE')).toBe('the store’s news have no scores');
    expect(() => resolveFeatureSet(['macro'], { hasAmount: true })).toThrow(
      'features: found only columns that cannot be had (the store has no macro series), expected at least one column',
    );
  });
});
