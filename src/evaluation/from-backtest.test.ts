import { describe, expect, it } from 'vitest';
import { extremeTrades, strategyRecord } from './from-backtest.js';

const result = {
  equity: {
    length: 3,
    columns: {
      date: Int32Array.of(99, 100, 101),
      cash: Float64Array.of(1000, 0, 0),
      positions_value: Float64Array.of(0, 1100, 990),
      equity: Float64Array.of(1000, 1100, 990),
      turnover: Float64Array.of(0, 0.5, 0.1),
      costs: Float64Array.of(0, 2, 11),
      positions: Int32Array.of(0, 1, 1),
    },
  },
  roundTrips: {
    length: 2,
    columns: {
      symbol: ['SH600519', 'SZ000001'],
      entry_date: Int32Array.of(100, 100),
      exit_date: Int32Array.of(101, 101),
      shares: Float64Array.of(100, 100),
      cost: Float64Array.of(500, 200),
      pnl: Float64Array.of(-50, 20),
    },
  },
};

describe('a back-test as a strategy record', () => {
  const record = strategyRecord(result, (symbol) => (symbol === 'SH600519' ? '贵州茅台' : ''));

  it('has a return per session, the first from the initial capital', () => {
    expect([...record.dates]).toEqual([100, 101]);
    expect([...record.returns]).toEqual([expect.closeTo(0.1, 12), expect.closeTo(-0.1, 12)]);
  });

  it('has costs as a share of the equity they were taken from', () => {
    expect([...record.costs!]).toEqual([expect.closeTo(0.002, 12), expect.closeTo(0.01, 12)]);
    expect([...record.turnover!]).toEqual([0.5, 0.1]);
  });

  it('names its closed trades', () => {
    expect(record.roundTrips).toEqual([
      { symbol: 'SH600519', name: '贵州茅台', entryDate: 100, exitDate: 101, profit: -50, return: -0.1 },
      { symbol: 'SZ000001', name: '', entryDate: 100, exitDate: 101, profit: 20, return: 0.1 },
    ]);
  });

  it('puts gains among the best and losses among the worst only', () => {
    const { best, worst } = extremeTrades(record.roundTrips!, 5);
    expect(best.map((trip) => trip.profit)).toEqual([20]);
    expect(worst.map((trip) => trip.profit)).toEqual([-50]);
  });
});
