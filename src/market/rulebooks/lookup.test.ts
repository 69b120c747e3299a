import { describe, expect, it } from 'vitest';
import { CandlenetError, parseDay } from '../../util/index.js';
import { exchangeCode, RULEBOOK_NAMES, rulebookByName, ruleOn } from './lookup.js';
import type { RuleName, Venue } from './types.js';

const book = rulebookByName('cn-a-share');
const SH: Venue = { board: 'main', exchange: 'SH' };
const SZ: Venue = { board: 'main', exchange: 'SZSE' };
const CHINEXT: Venue = { board: 'chinext', exchange: 'SZ' };
const STAR: Venue = { board: 'star', exchange: 'SSE' };
const BSE: Venue = { board: 'bse', exchange: 'BSE' };

const on = (rule: RuleName, venue: Venue, day: string) => ruleOn(book, rule, venue, parseDay(day));

/** Each change of a rule: the day before and the day itself. Expected values are those of the cited notices. */
const CHANGES: readonly [RuleName, Venue, string, number | null, string, number | null][] = [
  ['price-limit', SH, '1996-12-15', null, '1996-12-16', 0.1],
  ['price-limit', CHINEXT, '2009-10-29', null, '2009-10-30', 0.1],
  ['price-limit', CHINEXT, '2020-08-23', 0.1, '2020-08-24', 0.2],
  ['price-limit', STAR, '2019-07-21', null, '2019-07-22', 0.2],
  ['price-limit', BSE, '2021-11-14', null, '2021-11-15', 0.3],
  ['st-price-limit', SZ, '1998-04-21', null, '1998-04-22', 0.05],
  ['free-sessions', SH, '1996-12-15', null, '1996-12-16', 1],
  ['free-sessions', SH, '2013-12-31', 1, '2014-01-01', null],
  ['free-sessions', SZ, '2023-04-09', null, '2023-04-10', 5],
  ['free-sessions', CHINEXT, '2009-10-29', null, '2009-10-30', 1],
  ['free-sessions', CHINEXT, '2013-12-31', 1, '2014-01-01', null],
  ['free-sessions', CHINEXT, '2020-08-23', null, '2020-08-24', 5],
  ['free-sessions', STAR, '2019-07-21', null, '2019-07-22', 5],
  ['free-sessions', BSE, '2021-11-14', null, '2021-11-15', 1],
  ['first-day-rise', SH, '2013-12-31', null, '2014-01-01', 0.44],
  ['first-day-fall', SH, '2013-12-31', null, '2014-01-01', 0.36],
  ['first-day-rise', SH, '2023-04-09', 0.44, '2023-04-10', null],
  ['first-day-fall', SH, '2023-04-09', 0.36, '2023-04-10', null],
  ['first-day-rise', CHINEXT, '2013-12-31', null, '2014-01-01', 0.44],
  ['first-day-fall', CHINEXT, '2013-12-31', null, '2014-01-01', 0.36],
  ['first-day-rise', CHINEXT, '2020-08-23', 0.44, '2020-08-24', null],
  ['first-day-fall', CHINEXT, '2020-08-23', 0.36, '2020-08-24', null],
  ['tick', SH, '1990-12-18', null, '1990-12-19', 0.01],
  ['settlement-sessions', SH, '1994-12-31', null, '1995-01-01', 1],
  ['lot-size', SH, '1990-12-18', null, '1990-12-19', 100],
  ['minimum-order', SH, '1990-12-18', null, '1990-12-19', 100],
  ['lot-size', CHINEXT, '2009-10-29', null, '2009-10-30', 100],
  ['minimum-order', CHINEXT, '2009-10-29', null, '2009-10-30', 100],
  ['lot-size', STAR, '2019-07-21', null, '2019-07-22', 1],
  ['minimum-order', STAR, '2019-07-21', null, '2019-07-22', 200],
  ['lot-size', BSE, '2021-11-14', null, '2021-11-15', 1],
  ['minimum-order', BSE, '2021-11-14', null, '2021-11-15', 100],
  ['stamp-duty-buy', SH, '2001-11-15', null, '2001-11-16', 0.002],
  ['stamp-duty-sell', SH, '2001-11-15', null, '2001-11-16', 0.002],
  ['stamp-duty-buy', SH, '2005-01-23', 0.002, '2005-01-24', 0.001],
  ['stamp-duty-sell', SH, '2005-01-23', 0.002, '2005-01-24', 0.001],
  ['stamp-duty-buy', SH, '2007-05-29', 0.001, '2007-05-30', 0.003],
  ['stamp-duty-sell', SH, '2007-05-29', 0.001, '2007-05-30', 0.003],
  ['stamp-duty-buy', SZ, '2008-04-23', 0.003, '2008-04-24', 0.001],
  ['stamp-duty-sell', SZ, '2008-04-23', 0.003, '2008-04-24', 0.001],
  ['stamp-duty-buy', SH, '2008-09-18', 0.001, '2008-09-19', 0],
  ['stamp-duty-sell', SH, '2008-09-18', 0.001, '2008-09-19', 0.001],
  ['stamp-duty-buy', STAR, '2023-08-27', 0, '2023-08-28', 0],
  ['stamp-duty-sell', STAR, '2023-08-27', 0.001, '2023-08-28', 0.0005],
  ['transfer-fee-per-share', SH, '2001-03-29', null, '2001-03-30', 0.001],
  ['transfer-fee-per-share', SH, '2012-05-31', 0.001, '2012-06-01', 0.00075],
  ['transfer-fee-per-share', SH, '2012-08-31', 0.00075, '2012-09-01', 0.0006],
  ['transfer-fee-per-share', SH, '2015-07-31', 0.0006, '2015-08-01', null],
  ['transfer-fee-per-share', SZ, '2015-07-31', null, '2015-08-01', null],
  ['transfer-fee', SZ, '2001-03-29', null, '2001-03-30', 0],
  ['transfer-fee', SH, '2015-07-31', null, '2015-08-01', 0.00002],
  ['transfer-fee', SZ, '2015-07-31', 0, '2015-08-01', 0.00002],
  ['transfer-fee', SH, '2022-04-28', 0.00002, '2022-04-29', 0.00001],
  ['transfer-fee', SZ, '2022-04-28', 0.00002, '2022-04-29', 0.00001],
  ['transfer-fee', BSE, '2021-11-14', null, '2021-11-15', 0.000025],
  ['transfer-fee', BSE, '2022-04-28', 0.000025, '2022-04-29', 0.00001],
];

describe('the A-share rulebook', () => {
  for (const [rule, venue, before, valueBefore, day, value] of CHANGES) {
    it(`${rule} on ${venue.board} ${venue.exchange} changes on ${day}`, () => {
      expect(on(rule, venue, before)).toBe(valueBefore);
      expect(on(rule, venue, day)).toBe(value);
    });
  }

  it('tests every first and last day of its rows', () => {
    const tested = new Set(CHANGES.flatMap(([rule, , before, , day]) => [`${rule} ${before}`, `${rule} ${day}`]));
    for (const row of book.rules) {
      expect(tested, `${row.rule} from ${row.from}`).toContain(`${row.rule} ${row.from}`);
      if (row.to !== null) expect(tested, `${row.rule} to ${row.to}`).toContain(`${row.rule} ${row.to}`);
    }
  });

  it('never has two equally precise rows for one case', () => {
    const rows = book.rules;
    const overlapping = rows.flatMap((a, i) =>
      rows
        .slice(i + 1)
        .filter(
          (b) =>
            a.rule === b.rule &&
            a.board === b.board &&
            a.exchange === b.exchange &&
            a.from <= (b.to ?? '9999') &&
            b.from <= (a.to ?? '9999'),
        )
        .map((b) => [a, b]),
    );
    expect(overlapping).toEqual([]);
  });

  it('cites a source in every row', () => {
    expect(book.rules.filter((row) => row.source.length < 10)).toEqual([]);
  });

  it('has ST limits on the main board only', () => {
    expect(on('st-price-limit', CHINEXT, '2023-06-01')).toBeNull();
    expect(on('st-price-limit', STAR, '2023-06-01')).toBeNull();
    expect(on('st-price-limit', SH, '2023-06-01')).toBe(0.05);
  });
});

describe('rulebookByName', () => {
  it('knows its names', () => {
    expect(RULEBOOK_NAMES).toEqual(['cn-a-share', 'frictionless']);
    expect(RULEBOOK_NAMES.map((name) => rulebookByName(name).name)).toEqual(RULEBOOK_NAMES);
  });

  it('names what it found and what it expected', () => {
    expect(() => rulebookByName('nyse')).toThrow(CandlenetError);
    expect(() => rulebookByName('nyse')).toThrow(
      'rulebook: found "nyse", expected one of "cn-a-share", "frictionless"',
    );
  });

  it('reads the usual spellings of an exchange', () => {
    expect(['sh', 'SSE', 'XSHG', 'SZSE', 'xbse', 'NASDAQ'].map(exchangeCode)).toEqual([
      'SH',
      'SH',
      'SH',
      'SZ',
      'BJ',
      'NASDAQ',
    ]);
  });
});
