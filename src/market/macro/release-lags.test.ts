import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../util/index.js';
import { MACRO_SERIES, RISK_FREE_SERIES } from '../macro-series.js';
import { macroReleaseTable } from './reference.js';
import { MACRO_RELEASE_RULES, macroReleaseDay } from './release-lags.js';

/** Days on which figures were published, from the publishers' announcements and the day's news (Xinhua, Reuters, Bloomberg). */
const PUBLISHED: readonly (readonly [series: string, periodEnd: string, published: string])[] = [
  ['gdp_growth', '2022-09-30', '2022-10-24'],
  ['gdp_growth', '2019-12-31', '2020-01-17'],
  ['gdp_growth', '2009-12-31', '2010-01-21'],
  ['cpi', '2009-12-31', '2010-01-21'],
  ['ppi', '2010-01-31', '2010-02-11'],
  ['cpi', '2010-12-31', '2011-01-20'],
  ['ppi', '2010-12-31', '2011-01-20'],
  ['cpi', '2018-09-30', '2018-10-16'],
  ['cpi', '2020-01-31', '2020-02-10'],
  ['m2_growth', '2016-09-30', '2016-10-18'],
  ['new_loans', '2016-09-30', '2016-10-18'],
  ['m1_growth', '2018-09-30', '2018-10-17'],
  ['pmi', '2015-08-31', '2015-09-01'],
  ['pmi', '2017-06-30', '2017-06-30'],
  ['exports_growth', '2016-12-31', '2017-01-13'],
  ['imports_growth', '2017-09-30', '2017-10-13'],
  ['exports_growth', '2022-09-30', '2022-10-24'],
  ['imports_growth', '2022-09-30', '2022-10-24'],
  ['pmi', '2020-01-31', '2020-01-31'],
  ['retail_sales_growth', '2022-09-30', '2022-10-24'],
  ['investment_growth', '2020-01-31', '2020-03-16'],
  ['exports_growth', '2020-01-31', '2020-03-07'],
];

describe('release lags of macro series', () => {
  it('has a rule for every series, and one rule only for any period', () => {
    for (const series of [...MACRO_SERIES.map((one) => one.series), RISK_FREE_SERIES]) {
      for (const day of ['2008-01-31', '2011-12-31', '2012-01-31', '2019-12-31', '2020-01-31', '2023-12-31'].map(
        (text) => parseDay(text),
      )) {
        const holding = MACRO_RELEASE_RULES.filter(
          (rule) => rule.series === series && day >= (rule.from ?? day) && day <= (rule.to ?? day),
        );
        expect([series, holding.length]).toEqual([series, 1]);
      }
    }
  });

  it('is a page of the docs, written by npm run docs', () => {
    const page = readFileSync(new URL('../../../docs/macro-release-lags.md', import.meta.url), 'utf8');
    expect(page.split('## The table\n\n')[1]).toBe(macroReleaseTable());
  });

  it('is never before the day of the publication', () => {
    for (const [series, periodEnd, published] of PUBLISHED) {
      const released = macroReleaseDay(series, parseDay(periodEnd)) ?? Number.NaN;
      expect([series, periodEnd, released >= parseDay(published)]).toEqual([series, periodEnd, true]);
    }
  });

  it('holds January back where the publisher does, and history that was published later', () => {
    const day = (series: string, end: string) => formatDay(macroReleaseDay(series, parseDay(end)) ?? 0);
    expect(day('retail_sales_growth', '2015-01-31')).toBe('2015-03-27');
    expect(day('retail_sales_growth', '2015-02-28')).toBe('2015-03-25');
    expect(day('exports_growth', '2019-01-31')).toBe('2019-02-20');
    expect(day('social_financing', '2010-06-30')).toBe('2012-10-01');
    expect(day('shibor_3m', '2015-01-05')).toBe('2015-01-05');
    expect(macroReleaseDay('no such series', parseDay('2015-01-31'))).toBeNull();
  });
});
