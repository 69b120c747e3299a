import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CandlenetError, parseDay } from '../../util/index.js';
import { exchangeCode, RULEBOOK_NAMES, rulebookByName, ruleOn } from './lookup.js';
import { freeSessionsOfListing, tradingRulesOn } from './trading-rules.js';
import type { RuleName, Venue } from './types.js';

const book = rulebookByName('cn-a-share');
const SH: Venue = { board: 'main', exchange: 'SH' };
const SZ: Venue = { board: 'main', exchange: 'SZSE' };
const CHINEXT: Venue = { board: 'chinext', exchange: 'SZ' };
const STAR: Venue = { board: 'star', exchange: 'SSE' };
const BSE: Venue = { board: 'bse', exchange: 'BSE' };
const NYSE: Venue = { board: 'other', exchange: 'NYSE' };

const on = (rule: RuleName, venue: Venue, day: string) => ruleOn(book, rule, venue, parseDay(day));

/** Rule, venue, the day before a change and its value, the day of the change and its value. */
type Change = readonly [RuleName, Venue, string, number | null, string, number | null];

/** Each change of a rule: the day before and the day itself. Expected values are those of the cited notices. */
const CHANGES: readonly Change[] = [
  ['price-limit', SH, '1996-12-15', null, '1996-12-16', 0.1],
  ['price-limit', CHINEXT, '2009-10-29', null, '2009-10-30', 0.1],
  ['price-limit', CHINEXT, '2020-08-23', 0.1, '2020-08-24', 0.2],
  ['price-limit', STAR, '2019-07-21', null, '2019-07-22', 0.2],
  ['price-limit', BSE, '2021-11-14', null, '2021-11-15', 0.3],
  ['st-price-limit', SZ, '1998-04-21', null, '1998-04-22', 0.05],
  ['st-price-limit', CHINEXT, '2009-10-29', null, '2009-10-30', 0.05],
  ['st-price-limit', CHINEXT, '2020-08-23', 0.05, '2020-08-24', null],
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
  ['cash-settlement-sessions', SH, '1990-12-18', null, '1990-12-19', 0],
  ['lot-size', SH, '1990-12-18', null, '1990-12-19', 100],
  ['minimum-order', SH, '1990-12-18', null, '1990-12-19', 100],
  ['lot-size', CHINEXT, '2009-10-29', null, '2009-10-30', 100],
  ['minimum-order', CHINEXT, '2009-10-29', null, '2009-10-30', 100],
  ['lot-size', STAR, '2019-07-21', null, '2019-07-22', 1],
  ['minimum-order', STAR, '2019-07-21', null, '2019-07-22', 200],
  ['lot-size', BSE, '2021-11-14', null, '2021-11-15', 1],
  ['minimum-order', BSE, '2021-11-14', null, '2021-11-15', 100],
  ['commission-fixed', SH, '1999-06-30', null, '1999-07-01', 0.0035],
  ['commission-fixed', SZ, '2002-04-30', 0.0035, '2002-05-01', null],
  ['commission-maximum', SH, '2002-04-30', null, '2002-05-01', 0.003],
  ['commission-minimum', SZ, '2002-04-30', null, '2002-05-01', 5],
  ['commission-floor', SH, '2015-07-31', null, '2015-08-01', 0.0000687],
  ['commission-floor', STAR, '2023-08-27', 0.0000687, '2023-08-28', 0.0000541],
  // The row that names the board wins over the one of all boards.
  ['commission-floor', BSE, '2021-11-14', 0.0000687, '2021-11-15', 0.00052],
  ['commission-floor', BSE, '2022-11-30', 0.00052, '2022-12-01', 0.00027],
  ['commission-floor', BSE, '2023-08-27', 0.00027, '2023-08-28', 0.000145],
  ['stamp-duty-buy', SH, '1992-06-11', null, '1992-06-12', 0.003],
  ['stamp-duty-sell', SZ, '1992-06-11', null, '1992-06-12', 0.003],
  ['stamp-duty-buy', SH, '1997-05-09', 0.003, '1997-05-10', 0.005],
  ['stamp-duty-sell', SZ, '1997-05-09', 0.003, '1997-05-10', 0.005],
  ['stamp-duty-buy', SZ, '1998-06-11', 0.005, '1998-06-12', 0.004],
  ['stamp-duty-sell', SH, '1998-06-11', 0.005, '1998-06-12', 0.004],
  ['stamp-duty-buy', SH, '2001-11-15', 0.004, '2001-11-16', 0.002],
  ['stamp-duty-sell', SH, '2001-11-15', 0.004, '2001-11-16', 0.002],
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
  ['dividend-tax', SH, '1993-12-31', null, '1994-01-01', 0.2],
  ['dividend-tax', SZ, '2005-06-12', 0.2, '2005-06-13', 0.1],
  ['dividend-tax', CHINEXT, '2012-12-31', 0.1, '2013-01-01', null],
  ['dividend-tax-month', SH, '2012-12-31', null, '2013-01-01', 0.2],
  ['dividend-tax-year', SZ, '2012-12-31', null, '2013-01-01', 0.1],
  ['dividend-tax-later', SH, '2012-12-31', null, '2013-01-01', 0.05],
  ['dividend-tax-later', SZ, '2015-09-07', 0.05, '2015-09-08', 0],
  ['bonus-share-income', SH, '1993-12-31', null, '1994-01-01', 1],
];

/** Expected values: SEC Rule 15c6-1, the SEC's fee rate advisories, Schedule A of FINRA's By-Laws. */
const US_CHANGES: readonly Change[] = [
  ['tick', NYSE, '2001-04-08', null, '2001-04-09', 0.01],
  ['lot-size', NYSE, '2001-04-08', null, '2001-04-09', 1],
  ['minimum-order', NYSE, '2001-04-08', null, '2001-04-09', 1],
  ['settlement-sessions', NYSE, '2001-04-08', null, '2001-04-09', 0],
  ['cash-settlement-sessions', NYSE, '1995-06-06', null, '1995-06-07', 3],
  ['cash-settlement-sessions', NYSE, '2017-09-04', 3, '2017-09-05', 2],
  ['cash-settlement-sessions', NYSE, '2024-05-27', 2, '2024-05-28', 1],
  ['commission-minimum', NYSE, '1975-04-30', null, '1975-05-01', 0],
  ['sale-levy', NYSE, '2014-03-17', null, '2014-03-18', 22.1e-6],
  ['sale-levy', NYSE, '2015-02-13', 22.1e-6, '2015-02-14', 18.4e-6],
  ['sale-levy', NYSE, '2016-02-15', 18.4e-6, '2016-02-16', 21.8e-6],
  ['sale-levy', NYSE, '2017-07-03', 21.8e-6, '2017-07-04', 23.1e-6],
  ['sale-levy', NYSE, '2018-05-21', 23.1e-6, '2018-05-22', 13e-6],
  ['sale-levy', NYSE, '2019-04-15', 13e-6, '2019-04-16', 20.7e-6],
  ['sale-levy', NYSE, '2020-02-17', 20.7e-6, '2020-02-18', 22.1e-6],
  ['sale-levy', NYSE, '2021-02-24', 22.1e-6, '2021-02-25', 5.1e-6],
  ['sale-levy', NYSE, '2022-05-13', 5.1e-6, '2022-05-14', 22.9e-6],
  ['sale-levy', NYSE, '2023-02-26', 22.9e-6, '2023-02-27', 8e-6],
  ['sale-levy', NYSE, '2024-05-21', 8e-6, '2024-05-22', 27.8e-6],
  ['sale-levy', NYSE, '2025-05-13', 27.8e-6, '2025-05-14', 0],
  ['sale-levy-per-share', NYSE, '2012-06-30', null, '2012-07-01', 0.000119],
  ['sale-levy-per-share', NYSE, '2021-12-31', 0.000119, '2022-01-01', 0.00013],
  ['sale-levy-per-share', NYSE, '2022-12-31', 0.00013, '2023-01-01', 0.000145],
  ['sale-levy-per-share', NYSE, '2023-12-31', 0.000145, '2024-01-01', 0.000166],
  ['sale-levy-per-share-cap', NYSE, '2012-06-30', null, '2012-07-01', 5.95],
  ['sale-levy-per-share-cap', NYSE, '2021-12-31', 5.95, '2022-01-01', 6.49],
  ['sale-levy-per-share-cap', NYSE, '2022-12-31', 6.49, '2023-01-01', 7.27],
  ['sale-levy-per-share-cap', NYSE, '2023-12-31', 7.27, '2024-01-01', 8.3],
];

describe.each([
  ['cn-a-share', CHANGES],
  ['us-equity', US_CHANGES],
] as const)('the rulebook %s', (name, changes) => {
  const rulebook = rulebookByName(name);
  for (const [rule, venue, before, valueBefore, day, value] of changes) {
    it(`${rule} on ${venue.board} ${venue.exchange} changes on ${day}`, () => {
      expect(parseDay(day) - parseDay(before)).toBe(1);
      expect(ruleOn(rulebook, rule, venue, parseDay(before))).toBe(valueBefore);
      expect(ruleOn(rulebook, rule, venue, parseDay(day))).toBe(value);
    });
  }

  it('tests every first and last day of its rows', () => {
    const tested = new Set(changes.flatMap(([rule, , before, , day]) => [`${rule} ${before}`, `${rule} ${day}`]));
    for (const row of rulebook.rules) {
      expect(tested, `${row.rule} from ${row.from}`).toContain(`${row.rule} ${row.from}`);
      if (row.to !== null) expect(tested, `${row.rule} to ${row.to}`).toContain(`${row.rule} ${row.to}`);
    }
  });

  it('never has two equally precise rows for one case', () => {
    const rows = rulebook.rules;
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
    expect(rulebook.rules.filter((row) => row.source.length < 10)).toEqual([]);
  });
});

describe('the A-share rulebook', () => {
  it('has ST limits on the main board only once ChiNext has its own regime', () => {
    expect(on('st-price-limit', CHINEXT, '2023-06-01')).toBeNull();
    expect(on('st-price-limit', STAR, '2023-06-01')).toBeNull();
    expect(on('st-price-limit', SH, '2023-06-01')).toBe(0.05);
  });
});

describe('the US rulebook', () => {
  it('has no price limits, no free sessions, no duty and no transfer fee: what has no row is no rule', () => {
    const rules = tradingRulesOn(rulebookByName('us-equity'), NYSE, parseDay('2024-06-03'));
    expect(rules).toEqual({
      tick: 0.01,
      priceLimit: null,
      stPriceLimit: null,
      firstDayRise: null,
      firstDayFall: null,
      lotSize: 1,
      minimumOrder: 1,
      settlementSessions: 0,
      cashSettlementSessions: 1,
      commissionFixed: null,
      commissionMaximum: null,
      commissionFloor: 0,
      commissionMinimum: 0,
      stampDutyBuy: 0,
      stampDutySell: 0,
      transferFee: 0,
      transferFeePerShare: 0,
      saleLevy: 27.8e-6,
      saleLevyPerShare: 0.000166,
      saleLevyPerShareCap: 8.3,
      dividendTax: 0,
      dividendTaxMonth: 0,
      dividendTaxYear: 0,
      dividendTaxLater: 0,
      bonusShareIncome: 0,
    });
    expect(freeSessionsOfListing(rulebookByName('us-equity'), NYSE, parseDay('2024-06-03'))).toBe(0);
  });
});

describe('rules are data', () => {
  it('no code asks for a rulebook by its name but to look it up', () => {
    const root = new URL('../../', import.meta.url);
    const names = RULEBOOK_NAMES.map((name) => `'${name}'`);
    // The data itself, and sources that say which rulebook their market is under.
    const states = /^ *(name|rulebook): '[a-z-]+',$|^(export )?const (DEFAULT_)?RULEBOOK = '[a-z-]+';$/;
    const branches: string[] = [];
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(file) || /\.(test|fixture|contract)\.ts$/.test(file)) continue;
      for (const [i, line] of readFileSync(new URL(file, root), 'utf8').split('\n').entries()) {
        if (names.some((name) => line.includes(name)) && !states.test(line)) branches.push(`${file}:${i + 1} ${line}`);
      }
    }
    expect(branches.filter((line) => !/rulebookByName\(/.test(line))).toEqual([]);
  });
});

describe('rulebookByName', () => {
  it('knows its names', () => {
    expect(RULEBOOK_NAMES).toEqual(['cn-a-share', 'us-equity', 'frictionless']);
    expect(RULEBOOK_NAMES.map((name) => rulebookByName(name).name)).toEqual(RULEBOOK_NAMES);
  });

  it('names what it found and what it expected', () => {
    expect(() => rulebookByName('nyse')).toThrow(CandlenetError);
    expect(() => rulebookByName('nyse')).toThrow(
      'rulebook: found "nyse", expected one of "cn-a-share", "us-equity", "frictionless"',
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
