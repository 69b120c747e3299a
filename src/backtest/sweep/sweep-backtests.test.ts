import { describe, expect, it } from 'vitest';
import { rulebookByName } from '../../market/index.js';
import { randomMarket } from '../random-market.fixture.js';
import { runBacktest } from '../run-backtest.js';
import { MOMENTUM_STRATEGY, sweepBacktests } from './sweep-backtests.js';

const SESSIONS = 60;
const market = randomMarket(7, 12, SESSIONS);
const base = {
  bars: market.bars,
  instruments: market.instruments,
  rulebook: rulebookByName('cn-a-share'),
  costs: { model: 'full', impactCoefficient: 0.8 },
  initialCapital: 1e6,
  from: market.dates[10],
  to: market.dates[SESSIONS - 1],
  maxVolumeShare: 0.1,
  remainder: 'carry',
} as const;
const parameterSets = [5, 8].flatMap((lookback) => [1, 3].map((k) => ({ lookback, k, rebalance: 4 })));

describe('sweepBacktests', () => {
  it('gives the same bits with one thread and with several', async () => {
    const run = (workers: number) => sweepBacktests({ ...base, strategy: MOMENTUM_STRATEGY, parameterSets, workers });
    const [one, three] = [await run(1), await run(3)];
    expect(one).toEqual(three);
    expect(one.map(({ parameters }) => parameters)).toEqual(parameterSets);
    expect(new Set(one.map(({ totalReturn }) => totalReturn)).size).toBe(parameterSets.length);
    for (const { orders, costs } of one) expect(Math.min(orders, costs)).toBeGreaterThan(0);
  });

  it('plays each set as runBacktest plays its targets', async () => {
    const [{ equity }] = await sweepBacktests({ ...base, strategy: MOMENTUM_STRATEGY, parameterSets, workers: 1 });
    const { bars } = market;
    const first = bars.dates.indexOf(base.from) - 1;
    // Momentum over 5 sessions, the best one, every 4 sessions: written once more, from the bars alone.
    const adjusted = (s: number, d: number) => {
      for (let past = d; past >= 0; past--) {
        const cell = s * SESSIONS + past;
        const trades = bars.close[cell] > 0 && (bars.flags[cell] & 1) === 0 && bars.suspended[cell] === 0;
        if (trades && bars.volume[cell] > 0) return bars.close[cell] * bars.adjFactor[cell];
      }
      return Number.NaN;
    };
    const result = runBacktest({
      ...base,
      policy: {
        name: 'momentum',
        start: () => (context) => {
          if ((context.session - first) % 4 !== 0) return null;
          const scored = bars.symbols
            .map((symbol, s) => ({ symbol, score: adjusted(s, context.session) / adjusted(s, context.session - 5) }))
            .filter(({ symbol, score }) => context.tradable(symbol) && !Number.isNaN(score))
            .sort((a, b) => b.score - a.score);
          return { signalDate: context.date, weights: new Map(scored.slice(0, 1).map(({ symbol }) => [symbol, 1])) };
        },
      },
    });
    expect(Array.from(equity)).toEqual(Array.from(result.equity.columns.equity));
  });

  it('says what is wrong with a parameter, and with a module', async () => {
    const parameters = [{ lookback: 5, k: 0, rebalance: 4 }];
    await expect(sweepBacktests({ ...base, strategy: MOMENTUM_STRATEGY, parameterSets: parameters })).rejects.toThrow(
      'sweep, k: found 0, expected a whole number ≥ 1',
    );
    await expect(
      sweepBacktests({ ...base, strategy: new URL('data:text/javascript,export const a = 1'), parameterSets }),
    ).rejects.toThrow('found no function "strategy", expected one');
  });
});
