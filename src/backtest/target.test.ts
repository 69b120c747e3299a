import { describe, expect, it } from 'vitest';
import { rulebookByName } from '../market/index.js';
import { parseDay } from '../util/index.js';
import type { Trader } from './policy.js';
import { randomMarket, randomTargets } from './random-market.fixture.js';
import { runBacktest } from './run-backtest.js';
import { parseTarget } from './target.js';

const DAY = parseDay('2022-03-01');
const INDEX = new Map([
  ['A', 0],
  ['B', 1],
  ['C', 2],
]);
const indexed = (named: number[], weights: number[]) =>
  parseTarget({ signalDate: DAY, named, weights: Float64Array.from(weights) }, DAY, INDEX);

describe('a target', () => {
  it.each([
    [[0, 2], [0.5, 0, 0.6], 'target weights of 2022-03-01: found a sum of 1.1, expected at most 1'],
    [[0, 1], [0.5, -0.1, 0], 'target weights of 2022-03-01, B: found -0.1, expected a weight ≥ 0'],
    [[2], [0, 0, Number.NaN], 'target weights of 2022-03-01, C: found NaN, expected a weight ≥ 0'],
    [[3], [0, 0, 0], 'target weights of 2022-03-01: found symbol 3, expected the index of a symbol, 0 … 2'],
    [[0], [0.5, 0], 'found 2 weights, expected one for each of the 3 symbols'],
    [[0], [0.5, 0.2, 0], 'found weights of 0.7 in all, of 0.5 where a symbol is named'],
    [[0, 0], [0.4, 0, 0], 'found weights of 0.4 in all, of 0.8 where a symbol is named'],
  ])('by index is refused where it is no portfolio: %j %j', (named, weights, message) => {
    expect(() => indexed(named, weights)).toThrow(message);
  });

  it('is refused with another day', () => {
    const target = { signalDate: DAY + 1, named: [], weights: new Float64Array(3) };
    expect(() => parseTarget(target, DAY, INDEX)).toThrow('found signal date 2022-03-02');
  });

  it('trades the same to the bit by index as by symbol', () => {
    const { bars, instruments, dates } = randomMarket(7, 8, 80);
    const policy = randomTargets(7);
    const byIndex: Trader = {
      name: policy.name,
      start() {
        const step = policy.start();
        return (context) => {
          const wanted = step(context);
          return wanted && parseTarget(wanted, context.date, new Map(bars.symbols.map((symbol, s) => [symbol, s])));
        };
      },
    };
    const run = (trader: Trader) =>
      runBacktest({
        bars,
        instruments,
        rulebook: rulebookByName('cn-a-share'),
        costs: { model: 'full' },
        initialCapital: 1e6,
        from: dates[1],
        to: dates[79],
        policy: trader,
      });
    const [ours, theirs] = [run(policy), run(byIndex)];
    expect(ours.fills.length).toBeGreaterThan(50);
    expect(theirs).toEqual(ours);
  });
});
