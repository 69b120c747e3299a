import { describe, expect, it } from 'vitest';
import { type CorporateAction, rulebookByName } from '../market/index.js';
import { parseDay } from '../util/index.js';
import { runBacktest } from './run-backtest.js';
import { scripted, testMarket } from './test-market.fixture.js';

/** Days that are the sessions of a market of one share at CNY 10, which pays CNY 1 (worth the fall to 9) on `exDay`. */
interface Story {
  readonly bought: string;
  /** Last session before the ex-day. */
  readonly record: string;
  readonly exDay: string;
  readonly sold: string;
  readonly bonus?: number;
  readonly options?: Partial<Parameters<typeof runBacktest>[0]>;
}

function taxOf({ bought, record, exDay, sold, bonus = 0, options = {} }: Story) {
  const first = '1999-01-04';
  const days = [...new Set([first, '1999-01-05', bought, record, exDay, sold])].sort();
  const dates = Int32Array.from(days, (day) => parseDay(day));
  const close = days.map((day) => (day < exDay ? 10 : 9 / (1 + bonus)));
  const { bars, instruments } = testMarket(
    [{ symbol: 'A', open: close, close, listDate: parseDay('1998-01-05') }],
    dates,
  );
  const action: CorporateAction = {
    ...{ symbol: 'A', exDate: parseDay(exDay), cash: 1, bonus, transfer: 0, rights: 0, rightsPrice: 0 },
  };
  const at = (day: string) => days.indexOf(day) - 1;
  const result = runBacktest({
    bars,
    instruments,
    rulebook: rulebookByName('cn-a-share'),
    costs: { model: 'full', commissionBps: 0, minCommission: 0, halfSpreadBps: 0 },
    initialCapital: 100_000,
    from: dates[1],
    to: dates[dates.length - 1],
    policy: scripted({ [at(bought)]: { A: 0.5 }, [at(sold)]: {} }),
    actions: [action],
    ...options,
  });
  const { kind, cash, date, shares_before } = result.events.columns;
  const taxes = kind.flatMap((name, i) =>
    name === 'dividend-tax' ? [{ cash: cash[i], date: date[i], held: shares_before[i] }] : [],
  );
  return { result, taxes };
}

describe('tax on dividends', () => {
  // 5,000 shares, CNY 5,000 of dividend. 财税〔2005〕102号; 财税〔2012〕85号; 财税〔2015〕101号.
  it.each([
    ['20 % at once, before 2005-06-13', '2005-06-08', '2005-06-10', '2005-06-13', '2005-06-20', '2005-06-13', 1000],
    ['10 % at once from then on', '2005-06-08', '2005-06-13', '2005-06-14', '2005-06-20', '2005-06-14', 500],
    ['10 % at once to the end of 2012', '2012-12-03', '2012-12-31', '2013-01-04', '2014-12-31', '2013-01-04', 500],
    ['20 % within a month', '2013-06-03', '2013-06-05', '2013-06-06', '2013-07-03', '2013-07-03', 1000],
    ['10 % above a month', '2013-06-03', '2013-06-05', '2013-06-06', '2013-07-04', '2013-07-04', 500],
    ['10 % within a year', '2013-06-03', '2013-06-05', '2013-06-06', '2014-06-03', '2014-06-03', 500],
    ['5 % above a year', '2013-06-03', '2013-06-05', '2013-06-06', '2014-06-04', '2014-06-04', 250],
    ['5 % of a record day of 2015-09-07', '2015-08-03', '2015-09-07', '2015-09-08', '2016-08-04', '2016-08-04', 250],
    ['nothing of one of 2015-09-08', '2015-08-03', '2015-09-08', '2015-09-09', '2016-08-04', '', 0],
    ['10 % of that within a year', '2015-08-03', '2015-09-08', '2015-09-09', '2016-08-03', '2016-08-03', 500],
    ['20 % of that within a month', '2015-09-02', '2015-09-08', '2015-09-09', '2015-09-30', '2015-09-30', 1000],
  ])('is %s', (_, bought, record, exDay, sold, taken, tax) => {
    const { taxes } = taxOf({ bought, record, exDay, sold });
    if (tax === 0) expect(taxes).toEqual([]);
    else expect(taxes).toEqual([{ cash: expect.closeTo(-tax, 9), date: parseDay(taken), held: 5000 }]);
  });

  it('counts a bonus share as income of CNY 1', () => {
    const { taxes } = taxOf({
      bought: '2019-06-03',
      record: '2019-06-05',
      exDay: '2019-06-06',
      sold: '2019-06-10',
      bonus: 0.5,
    });
    expect(taxes.map(({ cash }) => cash)).toEqual([expect.closeTo(-0.2 * (5000 + 2500), 9)]);
  });

  it('is off where it is switched off, with one flat rate, or without actions', () => {
    const story = { bought: '2019-06-03', record: '2019-06-05', exDay: '2019-06-06', sold: '2019-06-10' };
    expect(taxOf(story).taxes).toHaveLength(1);
    expect(taxOf(story).result.notes.join(' ')).toContain('Dividends are taxed as those of persons and funds');
    for (const options of [
      { dividendTax: false },
      { costs: { model: 'flat', flatRate: 0 } as const },
      { actions: null },
    ]) {
      const { taxes, result } = taxOf({ ...story, options });
      expect(taxes).toEqual([]);
      expect(result.notes.join(' ')).toContain('Tax on dividends is not charged');
    }
    const american = taxOf({ ...story, options: { rulebook: rulebookByName('us-equity') } });
    expect(american.taxes).toEqual([]);
  });

  it('takes the oldest shares first, each by its own time', () => {
    const days = ['2019-01-02', '2019-01-03', '2019-06-03', '2019-06-04', '2019-06-05', '2019-06-10', '2020-01-06'];
    const dates = Int32Array.from(days, (day) => parseDay(day));
    const close = [10, 10, 10, 10, 9, 9, 9];
    const { bars, instruments } = testMarket([{ symbol: 'A', open: close, close }], dates);
    const run = (dividendTax: boolean) =>
      runBacktest({
        bars,
        instruments,
        rulebook: rulebookByName('cn-a-share'),
        costs: { model: 'full', commissionBps: 0, minCommission: 0, halfSpreadBps: 0 },
        initialCapital: 100_000,
        from: dates[1],
        to: dates[6],
        // 2,000 shares on 2019-01-03, 6,000 more on 2019-06-03; all but 2,800 go on 2019-06-10, the rest on 2020-01-06.
        policy: scripted({ 0: { A: 0.2 }, 1: { A: 0.8001 }, 4: { A: 0.245 }, 5: {} }),
        actions: [{ symbol: 'A', exDate: dates[4], cash: 1, bonus: 0, transfer: 0, rights: 0, rightsPrice: 0 }],
        dividendTax,
      });
    const taxed = run(true);
    const { kind, cash } = taxed.events.columns;
    const sold = [...taxed.fills.columns.shares].slice(2);
    expect(sold).toEqual([5200, 2800]);
    // On 2019-06-10 2,000 held above a month (10 %) and 3,200 of a week (20 %); on 2020-01-06 2,800 of seven months.
    expect(kind).toEqual(['dividend', 'dividend-tax', 'dividend-tax']);
    expect([...cash]).toEqual([8000, expect.closeTo(-(200 + 640), 9), expect.closeTo(-280, 9)]);
    const final = (result: ReturnType<typeof run>) => result.equity.columns.equity[result.equity.length - 1];
    expect(final(run(false)) - final(taxed)).toBeCloseTo(1120, 6);
    expect(run(false).roundTrips.columns.pnl[0] - taxed.roundTrips.columns.pnl[0]).toBeCloseTo(1120, 6);
  });
});
