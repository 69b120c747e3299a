import { describe, expect, it } from 'vitest';
import { rulebookByName, tradingRulesOn } from '../market/index.js';
import { parseDay } from '../util/index.js';
import { affordableShares, type CostOptions, chargesOf, costModel } from './costs.js';
import { runBacktest } from './run-backtest.js';
import { scripted, type TestBars, testMarket, weekdays } from './test-market.fixture.js';

const SHANGHAI = { board: 'main', exchange: 'SH' } as const;
const BEIJING = { board: 'bse', exchange: 'BJ' } as const;
const NYSE = { board: 'other', exchange: 'NYSE' } as const;

const rulesOn = (book: string, venue: typeof SHANGHAI | typeof BEIJING | typeof NYSE, day: string) =>
  tradingRulesOn(rulebookByName(book), venue, parseDay(day));

/** Commission of an order of `amount`, with what the options leave to the rulebook. */
function commission(day: string, amount: number, options: Partial<CostOptions> = {}, venue = SHANGHAI as never) {
  const book = (venue as { exchange: string }).exchange === 'NYSE' ? 'us-equity' : 'cn-a-share';
  return chargesOf(costModel({ model: 'full', ...options }), rulesOn(book, venue, day), 'buy', amount / 10, 10)
    .commission;
}

describe('the broker’s commission by the rule of the day', () => {
  it('was fixed at 3.5 ‰ until 证监发〔2002〕21号 gave it free up to 3 ‰, with CNY 5 at least', () => {
    expect(commission('2002-04-30', 100_000)).toBeCloseTo(350, 9);
    expect(commission('2002-05-08', 100_000)).toBeCloseTo(25, 9);
    // The record has no least commission before.
    expect(commission('2002-04-30', 1000)).toBeCloseTo(3.5, 9);
    expect(commission('2002-05-08', 1000)).toBe(5);
  });

  it('is not below what exchange and regulator take: 0.52 ‰ in Beijing at first, 0.27 ‰ and 0.145 ‰ after', () => {
    expect(commission('2022-11-30', 100_000, {}, BEIJING as never)).toBeCloseTo(52, 9);
    expect(commission('2022-12-01', 100_000, {}, BEIJING as never)).toBeCloseTo(27, 9);
    expect(commission('2023-08-28', 100_000, {}, BEIJING as never)).toBeCloseTo(25, 9);
    expect(commission('2023-08-28', 100_000)).toBeCloseTo(25, 9);
  });

  it('has no least amount in the United States since 1975-05-01', () => {
    expect(commission('2024-06-03', 1000, {}, NYSE as never)).toBeCloseTo(0.25, 12);
  });

  it('is as the options give it, whatever the rule', () => {
    for (const day of ['2002-04-30', '2002-05-08', '2023-08-28']) {
      expect(commission(day, 100_000, { commissionBps: 5, minCommission: 0 })).toBeCloseTo(50, 9);
      expect(commission(day, 1000, { commissionBps: 5, minCommission: 7 })).toBe(7);
    }
    // Only one of the two given: the other is the rulebook's.
    expect(commission('2002-04-30', 100_000, { minCommission: 400 })).toBe(400);
    expect(commission('2023-08-28', 1000, { commissionBps: 5 })).toBe(5);
  });

  it('is what a purchase can pay to the last cent', () => {
    for (const day of ['2002-04-30', '2002-05-08']) {
      for (const cash of [5000, 1_000_000]) {
        const costs = costModel({ model: 'full' });
        const rules = rulesOn('cn-a-share', SHANGHAI, day);
        const shares = affordableShares(costs, rules, cash, 10);
        expect(shares * 10 + chargesOf(costs, rules, 'buy', shares, 10).total).toBeCloseTo(cash, 8);
      }
    }
  });
});

const row: TestBars = { symbol: 'A', close: [10, 10, 10] };

function notes(start: string, costs: CostOptions, book = 'cn-a-share', rows: readonly TestBars[] = [row]): string {
  const dates = weekdays(start, 3);
  const { bars, instruments } = testMarket(rows, dates);
  const options = { bars, instruments, rulebook: rulebookByName(book), costs, initialCapital: 100_000 };
  return runBacktest({ ...options, from: dates[1], to: dates[2], policy: scripted({}) }).notes.join('\n');
}

describe('what the notes say of the commission', () => {
  const full = (options: Partial<CostOptions> = {}): CostOptions => ({ model: 'full', ...options });

  it('by the rulebook, over all rules of the period', () => {
    expect(notes('2023-08-28', full())).toContain('commission 2.5 bp, at least 5 CNY an order');
    expect(notes('2023-08-28', full())).not.toContain('charged as given');
    // Sessions of 30 April and 1 May 2002.
    expect(notes('2002-04-29', full())).toContain(
      'commission 2.5 bp to 35 bp by the rule of the day, at least 0 CNY to 5 CNY',
    );
    expect(notes('2024-06-03', full(), 'us-equity')).toContain('commission 2.5 bp, no least one');
  });

  it.each([
    ['2002-04-26', { commissionBps: 10 }, 'the fixed rate of 35 bp'],
    ['2002-04-26', { commissionBps: 35 }, null],
    ['2023-08-28', { commissionBps: 30 }, null],
    ['2023-08-28', { commissionBps: 30.1 }, 'the most allowed, 30 bp'],
    ['2023-08-28', { commissionBps: 0.541 }, null],
    ['2023-08-28', { commissionBps: 0.54 }, 'the least allowed, 0.541 bp'],
    ['2023-08-28', { minCommission: 5 }, null],
    ['2023-08-28', { minCommission: 4.99 }, 'the least of an order, 5 CNY'],
  ])('%s %o against the rule: %s', (start, given, against) => {
    const said = notes(start, full(given));
    if (against === null) expect(said).not.toContain('charged as given');
    else expect(said).toContain(`although the rules of the period have other: ${against}.`);
  });

  it('nothing with one flat rate', () => {
    expect(notes('2002-04-26', { model: 'flat', flatRate: 0.01 })).not.toContain('charged as given');
  });
});

describe('what the notes say of rules whose record begins late', () => {
  const costs = { model: 'flat', flatRate: 0 } as const;
  const late = (start: string, rows?: readonly TestBars[], book?: string) =>
    /sessions before are traded without: (.*)\.$/m.exec(notes(start, costs, book, rows))?.[1] ?? '';

  it('names each with the day its record begins, from either side of that day', () => {
    // The first session of the period is the day after the start.
    expect(late('1992-06-09')).toContain('stamp-duty-buy (1992-06-12), stamp-duty-sell (1992-06-12)');
    expect(late('1992-06-11')).not.toContain('stamp-duty');
    expect(late('1996-12-12')).toContain('price-limit (1996-12-16)');
    expect(late('1996-12-13')).not.toContain('price-limit');
    expect(late('2015-07-30')).toBe('commission-floor (2015-08-01)');
    expect(late('2015-07-31')).toBe('');
  });

  it('does not call a rule late that was new, or that another venue has', () => {
    // Dividend tax by time of holding (2013), first-day limits (2014) and special treatment (1998) were new rules.
    expect(late('2012-06-01')).toBe('commission-floor (2015-08-01)');
    expect(late('1998-04-01')).not.toContain('st-price-limit');
    // Shanghai's fee on the face value is none of Shenzhen's.
    expect(late('2001-03-28', [{ ...row, exchange: 'SSE' }])).toContain('transfer-fee-per-share (2001-03-30)');
    expect(late('2001-03-28', [{ ...row, exchange: 'SZSE' }])).not.toContain('transfer-fee-per-share');
    expect(late('2001-03-28', [{ ...row, exchange: 'SZSE' }])).toContain('transfer-fee (2001-03-30)');
  });

  it('counts a venue from its first bar on', () => {
    const star = { symbol: 'B', board: 'star', close: [Number.NaN, Number.NaN, 10] } as const;
    expect(late('2019-07-18', [row, star])).toBe('');
    expect(late('2019-07-17', [row, star])).toContain('price-limit (2019-07-22)');
  });

  it('holds for any rulebook', () => {
    const nyse = [{ ...row, exchange: 'NYSE', board: 'other' } as const];
    expect(late('2012-06-28', nyse, 'us-equity')).toContain('sale-levy-per-share (2012-07-01)');
    expect(late('2014-03-13', nyse, 'us-equity')).toBe('sale-levy (2014-03-18)');
    expect(late('2014-03-17', nyse, 'us-equity')).toBe('');
    expect(late('1980-03-17', nyse, 'us-equity')).toContain('cash-settlement-sessions (1995-06-07)');
    expect(late('1980-03-17', nyse, 'frictionless')).toBe('');
  });
});
