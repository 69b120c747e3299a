import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../util/index.js';
import { codedMarket } from '../coded-market.fixture.js';
import { BarFlag, type BarMatrix } from '../types.js';
import { barCoverage } from './bar-coverage.js';
import { indexCoverage } from './index-coverage.js';

const { bars, members, instruments } = codedMarket();

describe('coverage of an index', () => {
  it('counts members with a bar, year by year, and names the worst day', () => {
    const absent = { index: 'csi300', symbol: 'SH600009', from: parseDay('2020-01-09'), to: parseDay('2020-01-10') };
    const { years, withoutBars, emptySessions, meanShare } = indexCoverage([...members, absent], 'csi300', bars);
    // Members 1 1 1 2 2 2 2, with a bar 1 1 1 2 2 1 1.
    expect(years).toHaveLength(1);
    expect(years[0]).toMatchObject({ year: 2020, sessions: 7, minShare: 0.5 });
    expect(years[0].members).toBeCloseTo(11 / 7, 12);
    expect(years[0].withBars).toBeCloseTo(9 / 7, 12);
    expect(meanShare).toBeCloseTo(6 / 7, 12);
    expect(formatDay(years[0].worstDay)).toBe('2020-01-09');
    expect([withoutBars, emptySessions]).toEqual([['SH600009'], 0]);
  });

  it('counts a member once where its spells overlap, and sessions without members apart', () => {
    const twice = members.filter(({ symbol }) => symbol === 'SZ000002');
    const { years, emptySessions } = indexCoverage([...twice, ...twice], 'csi300', bars);
    expect(years[0]).toMatchObject({ sessions: 2, members: 1, withBars: 1 });
    expect(emptySessions).toBe(5);
  });

  it('names the indices there are', () => {
    expect(() => indexCoverage(members, 'csi500', bars)).toThrow(/csi500.*csi300/);
  });
});

describe('coverage of bars', () => {
  /** One stock: a bar, a carried one, two that are not there, a suspended one, a misrecorded one, a bar; listed on session 1. */
  function gappy(): BarMatrix {
    const close = Float64Array.of(Number.NaN, 10, 10, Number.NaN, Number.NaN, 10, 10, 11, Number.NaN);
    const flags = new Uint8Array(9);
    flags[2] = BarFlag.FILLED;
    flags[6] = BarFlag.MISRECORDED | BarFlag.EXTREME;
    const amount = Float64Array.from(close);
    amount[7] = Number.NaN;
    return {
      symbols: ['SH600001'],
      dates: Int32Array.from({ length: 9 }, (_, t) => parseDay('2020-01-01') + t),
      open: close.slice(),
      high: close.slice(),
      low: close.slice(),
      close,
      volume: close.slice(),
      amount,
      adjFactor: close.slice(),
      suspended: Uint8Array.of(0, 0, 1, 0, 0, 1, 1, 0, 0),
      st: null,
      flags,
    };
  }

  it('tells bars that are missing from days without trade, and finds the longest gap', () => {
    const coverage = barCoverage(gappy(), instruments);
    expect(coverage).toMatchObject({ stockDays: 7, traded: 2, suspended: 2, missingBars: 3, withoutListDate: 0 });
    expect(coverage.missingShare).toBeCloseTo(3 / 7, 12);
    expect(coverage.longestGap).toEqual({ symbol: 'SH600001', from: parseDay('2020-01-03'), sessions: 3 });
    expect(coverage.flags).toMatchObject({ MISRECORDED: 1, FACTOR_REPAIRED: 0, EXTREME: 1, FILLED: 1 });
  });

  it('counts bars by what cleaning did to them, and an extreme once however many rules found it', () => {
    const bars = gappy();
    const { MISRECORDED, LIMIT_MOVE, THREE_SIGMA, BOX_PLOT, GAP, FILLED } = BarFlag;
    bars.flags.set([LIMIT_MOVE | BOX_PLOT, FILLED, GAP, GAP | FILLED, MISRECORDED | LIMIT_MOVE, MISRECORDED | GAP], 1);
    bars.flags[7] = THREE_SIGMA;
    const { masks, extremes } = barCoverage(bars, []);
    expect(Object.fromEntries(Object.entries(masks).filter(([, count]) => count > 0))).toEqual({
      'limit-move': 1,
      'box-plot': 1,
      'gap-filled': 1,
      'gap-missing': 1,
      'gap-averaged': 1,
      'move-impossible': 1,
      'bar-impossible': 1,
      'three-sigma-kept': 1,
    });
    expect(extremes).toBe(2);
  });

  it('gives the share of each column that the source lacks', () => {
    const { columns } = barCoverage(gappy(), []);
    const amount = columns.find(({ column }) => column === 'amount');
    expect(amount).toEqual({ column: 'amount', missing: 1, missingShare: 1 / 5 });
    expect(columns.find(({ column }) => column === 'open')?.missing).toBe(0);
  });
});
