import { describe, expect, it } from 'vitest';
import { lowerBound, parseDay } from '../../util/index.js';
import { actionFindings } from '../action-findings.js';
import { boardOf } from '../boards.js';
import { checkMarketTables } from '../check-tables.js';
import { exRightReference } from '../corporate-actions.js';
import { freeSessionsOfListing, priceLimitsOf, rulebookByName, tradingRulesOn } from '../rulebooks/index.js';
import { buildBenchmark } from './benchmark.js';
import { syntheticCalendar } from './calendar.js';
import { generateMarket } from './generate.js';

const SYMBOLS = 150;
const DAYS = 1600;
const market = generateMarket({
  kind: 'null',
  symbols: SYMBOLS,
  days: DAYS,
  seed: 5,
  startDate: parseDay('2018-01-02'),
  listingRules: 'full',
  withFacts: false,
});
const { bars, instruments } = market;
const book = rulebookByName('cn-a-share');

/** Every traded bar but the first with its limits, resolved as a back-test does, and its sessions since the listing. */
function* limitedBars() {
  for (const [s, instrument] of instruments.entries()) {
    const isNew = instrument.listDate! >= bars.dates[0];
    const first = lowerBound(bars.dates, Math.max(instrument.listDate!, bars.dates[0]));
    const freeSessions = isNew ? freeSessionsOfListing(book, instrument, instrument.listDate!) : 0;
    for (let d = first + 1; d < DAYS; d++) {
      const cell = s * DAYS + d;
      if (Number.isNaN(bars.close[cell])) break;
      if (bars.suspended[cell] === 1) continue;
      const reference = (bars.close[cell - 1] * bars.adjFactor[cell - 1]) / bars.adjFactor[cell];
      const session = d - first + 1;
      const limits = priceLimitsOf(tradingRulesOn(book, instrument, bars.dates[d]), reference, {
        sessionOfListing: isNew ? session : null,
        freeSessions,
        specialTreatment: bars.st![cell] === 1,
      })!;
      const change = bars.close[cell] / reference - 1;
      yield { cell, board: instrument.board, isFree: isNew && session <= freeSessions, limits, change };
    }
  }
}

describe('a synthetic market under all listing rules', () => {
  it('has every board, with codes of its range, and none before it opened', () => {
    expect(() => checkMarketTables(market)).not.toThrow();
    expect(bars.symbols).toEqual([...bars.symbols].sort());
    expect(new Set(instruments.map(({ board }) => board))).toEqual(new Set(['main', 'chinext', 'star', 'bse']));
    for (const { symbol, board, listDate } of instruments) {
      expect(boardOf(symbol)).toBe(board);
      // STAR opened on 2019-07-22, the Beijing Stock Exchange on 2021-11-15.
      if (board === 'star') expect(listDate!).toBeGreaterThanOrEqual(parseDay('2019-07-22'));
      if (board === 'bse') expect(listDate!).toBeGreaterThanOrEqual(parseDay('2021-11-15'));
    }
    const early = { kind: 'null', symbols: 40, days: 300, seed: 5, listingRules: 'full', withTruth: false } as const;
    expect(new Set(generateMarket(early).instruments.map(({ board }) => board))).toEqual(new Set(['main', 'chinext']));
  });

  it('keeps to the limits of board, special treatment and listing on every bar, and reaches them', () => {
    const reached = { st: 0, wide: 0 };
    let beyond = 0;
    for (const { cell, board, isFree, limits, change } of limitedBars()) {
      if (bars.high[cell] > limits.upper + 1e-9 || bars.low[cell] < limits.lower - 1e-9) expect.fail(`limits ${cell}`);
      const atLimit = bars.close[cell] >= limits.upper - 0.005 || bars.close[cell] <= limits.lower + 0.005;
      if (bars.st![cell] === 1 && board === 'main' && atLimit) {
        reached.st++;
        // 5 %, and what rounding to the tick makes of it.
        expect(Math.abs(change)).toBeLessThan(0.05 + 0.01 / bars.close[cell]);
      }
      if (board !== 'main' && bars.st![cell] === 0 && !isFree && Math.abs(change) > 0.105) reached.wide++;
      if (isFree && Math.abs(change) > 0.105) beyond++;
      if (!(bars.low[cell] > 0)) expect.fail(`price ${cell}`);
    }
    expect(reached.st).toBeGreaterThan(10);
    expect(reached.wide).toBeGreaterThan(5);
    expect(beyond).toBeGreaterThan(0);
  });

  it('puts a few under special treatment, for months, and only where there are bars', () => {
    let flagged = 0;
    let listed = 0;
    for (let cell = 0; cell < bars.close.length; cell++) {
      if (Number.isNaN(bars.close[cell])) expect(bars.st![cell]).toBe(0);
      else listed++;
      flagged += bars.st![cell];
    }
    expect(flagged / listed).toBeGreaterThan(0.01);
    expect(flagged / listed).toBeLessThan(0.12);
    const plain = generateMarket({ kind: 'null', symbols: 10, days: 300, seed: 5, withTruth: false });
    expect(plain.bars.st!.every((flag) => flag === 0)).toBe(true);
  });

  it('stays a market that nobody can foresee: neither ST nor the first sessions earn anything', () => {
    const scores = [
      (cell: number) => bars.st![cell] === 1,
      (_cell: number, isFree: boolean) => isFree,
      (_cell: number, _isFree: boolean, board: string) => board === 'star' || board === 'bse',
    ].map((isIn) => {
      const bySession = new Float64Array(DAYS);
      for (const { cell, isFree, board, change } of limitedBars()) {
        if (isIn(cell, isFree, board)) bySession[cell % DAYS] += change;
      }
      const sum = bySession.reduce((a, b) => a + b, 0);
      return sum / Math.sqrt(bySession.reduce((a, b) => a + b * b, 0));
    });
    for (const score of scores) expect(Math.abs(score)).toBeLessThan(3);
  });

  it('offers rights below the price: halted while they are subscribed, ex at the exchange’s reference', () => {
    const issues = market.actions!.filter(({ rights }) => rights > 0);
    expect(issues.length).toBeGreaterThan(15);
    let tellTale = 0;
    for (const { symbol, exDate, ...action } of issues) {
      const s = bars.symbols.indexOf(symbol);
      const ex = s * DAYS + lowerBound(bars.dates, exDate);
      const close = bars.close[ex - 1];
      // At most 3 for 10, not below par, and cheap enough that whoever holds subscribes.
      expect([0.1, 0.2, 0.3]).toContain(action.rights);
      expect(action.rightsPrice).toBeGreaterThanOrEqual(1);
      expect(action.rightsPrice).toBeLessThanOrEqual(0.8 * close);
      // R + 1 … R + 6 without trading, then ex rights.
      for (let back = 1; back <= 6; back++) expect([bars.suspended[ex - back], bars.volume[ex - back]]).toEqual([1, 0]);
      expect(bars.suspended[ex]).toBe(0);
      expect(bars.st![ex - 6]).toBe(0);
      // (close − cash + price × ratio) ÷ (1 + free shares + ratio), half up to the tick; the factor holds just that.
      const reference = exRightReference(close, action, 0.01);
      expect((close * bars.adjFactor[ex - 1]) / bars.adjFactor[ex]).toBeCloseTo(reference, 9);
      tellTale += Math.sign(bars.close[ex] - reference);
    }
    expect(Math.abs(tellTale) / Math.sqrt(issues.length)).toBeLessThan(3);
    expect(actionFindings(market).map(({ count }) => count)).toEqual([0, 0, 0]);
    const plain = generateMarket({ kind: 'null', symbols: 40, days: 900, seed: 5, withTruth: false, withFacts: false });
    expect(plain.actions!.every(({ rights, rightsPrice }) => rights === 0 && rightsPrice === 0)).toBe(true);
  });

  it('keeps the money of a rights issue out of its index', () => {
    const dates = Int32Array.of(0, 1).map((d) => parseDay('2021-03-01') + d);
    // 3 for 10 at 6.00 after a close of 10.00: reference (10 + 0.3 × 6) ÷ 1.3 = 9.0769 → 9.08, at which the stock stays.
    const price = Float64Array.of(10, 9.08);
    const volume = Float64Array.of(1, 1);
    const bars = { open: price, high: price, low: price, close: price, volume, amount: volume, adjFactor: volume };
    const issue = { symbol: 'A', exDate: dates[1], cash: 0, bonus: 0, transfer: 0, rights: 0.3, rightsPrice: 6 };
    const state = { variance: volume, shares: Float64Array.of(1000, 1300), lastSession: 1, events: 0, eventDays: 0 };
    const stock = { ...state, actions: [issue], pendingDrift: new Float64Array(0) };
    const index = buildBenchmark(Uint8Array.of(1, 1), [stock], { ...bars, suspended: new Uint8Array(2) }, dates);
    // 1,300 × 9.08 ÷ (1,000 × 10 + 300 × 6); with the money counted as gain it would be 1180.40.
    expect([...index.close]).toEqual([1000, 1000.34]);
  });

  it('is open when the exchanges are: short holidays and swapped working days closed', () => {
    // SSE, notices of closing days 2021 and 2019: Qingming, Dragon Boat, Mid-Autumn; the eve of New Year 2019.
    for (const day of ['2021-04-05', '2021-06-14', '2021-09-20', '2021-09-21', '2018-12-31', '2019-05-03'])
      expect(bars.dates).not.toContain(parseDay(day));
    for (const day of ['2021-04-06', '2021-06-15', '2021-09-22']) expect(bars.dates).toContain(parseDay(day));
    // After the years whose closures are listed, the long holidays alone.
    expect(syntheticCalendar(parseDay('2027-04-01'), 30, 'full')).toEqual(
      syntheticCalendar(parseDay('2027-04-01'), 30),
    );
  });

  it('refuses rules that it does not know', () => {
    const bad = { kind: 'null', symbols: 5, days: 100, seed: 1, listingRules: 'loose' as 'full' } as const;
    expect(() => generateMarket(bad)).toThrow('listingRules: found "loose", expected plain or full');
  });
});
