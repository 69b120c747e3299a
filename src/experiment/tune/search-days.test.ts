import { describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config/schema.js';
import { searchDays } from './search-days.js';

const split = (of: object) => ({ split: { embargoDays: 0, ...of } }) as unknown as ExperimentConfig;
const STATIC = split({
  ...{ kind: 'static', train: ['2010-01-04', '2020-12-31'], validate: ['2021-01-04', '2021-12-31'] },
  test: ['2022-01-04', '2023-12-29'],
});
const FIRST = '2008-01-02';

describe('the days of a search', () => {
  it('are those of training and validation', () => {
    expect(searchDays(STATIC, { span: null }, FIRST)).toEqual(['2010-01-04', '2021-12-31']);
  });

  it('are all before the first test of a walk-forward', () => {
    const walk = split({ kind: 'walk-forward', test: ['2012-01-04', '2020-12-31'] });
    expect(searchDays(walk, { span: null }, FIRST)).toEqual([FIRST, '2012-01-03']);
  });

  it('may be fewer, and never those that judge a run', () => {
    expect(searchDays(STATIC, { span: ['2015-01-05', '2021-12-31'] }, FIRST)).toEqual(['2015-01-05', '2021-12-31']);
    expect(() => searchDays(STATIC, { span: ['2015-01-05', '2022-01-04'] }, FIRST)).toThrow(
      /tune.span: found 2015-01-05 … 2022-01-04, which reaches into the days that judge a run \(from 2022-01-04\)/,
    );
  });

  it('must be named where every day judges', () => {
    const folds = split({ kind: 'cross-validation', span: ['2012-01-04', '2020-12-31'] });
    expect(() => searchDays(folds, { span: null }, FIRST)).toThrow(/expected \[from, to\] before 2012-01-04/);
    expect(searchDays(folds, { span: ['2009-01-05', '2011-12-30'] }, FIRST)).toEqual(['2009-01-05', '2011-12-30']);
  });
});
