import { describe, expect, it } from 'vitest';
import { lowerBound, parseDay } from '../../util/index.js';
import { boardOf } from '../boards.js';
import { checkMarketTables } from '../check-tables.js';
import { freeSessionsOfListing, priceLimitsOf, rulebookByName, tradingRulesOn } from '../rulebooks/index.js';
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

  it('refuses rules that it does not know', () => {
    const bad = { kind: 'null', symbols: 5, days: 100, seed: 1, listingRules: 'loose' as 'full' } as const;
    expect(() => generateMarket(bad)).toThrow('listingRules: found "loose", expected plain or full');
  });
});
