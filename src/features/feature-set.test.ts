import { describe, expect, it } from 'vitest';
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
      'features: found "RSJ", expected a set (paper, full), a group (price-volume, technical, trend) or a column such as OPEN',
    );
    expect(failure(() => resolveFeatureSet([], { hasAmount: true })).message).toBe(
      'features: found no name, expected at least one column',
    );
    expect(failure(() => resolveFeatureSet(['AMOUNT'], { hasAmount: false })).message).toBe(
      'features: found only columns that cannot be had (the source has no traded amounts), expected at least one column',
    );
  });
});
