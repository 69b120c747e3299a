import { describe, expect, it } from 'vitest';
import { parseConfig } from './load.js';

const configOf = (more: Record<string, unknown>) =>
  parseConfig(
    {
      market: { store: 'store', index: 'csi300' },
      split: {
        train: ['2010-01-04', '2020-12-31'],
        validate: ['2021-01-04', '2021-12-31'],
        test: ['2022-01-04', '2023-12-29'],
      },
      ...more,
    },
    'test',
  );

describe('portfolio and risk in the configuration', () => {
  it('compares with four strategies and holds nothing back unless told to', () => {
    const { portfolio, risk } = configOf({});
    expect(portfolio.policy).toBe('top-k');
    expect(portfolio.strategies).toEqual({
      momentum: { lookbackDays: 252, skipDays: 21 },
      meanReversion: { lookbackDays: 5 },
      lowVolatility: { days: 60 },
      value: { ratio: 'pb', staleDays: 30 },
      marketTiming: true,
    });
    expect(Object.values(risk)).toEqual([null, null, null, null, null]);
  });

  it('switches a control on with its defaults, and a strategy off', () => {
    const { portfolio, risk } = configOf({
      portfolio: { rebalance: 10, strategies: { momentum: false } },
      risk: { drawdown: {}, stopLoss: { multiple: 3 } },
    });
    expect(portfolio.rebalance).toBe(10);
    expect(portfolio.strategies.momentum).toBe(false);
    expect(risk.drawdown).toEqual({ threshold: 0.1, exposure: 0.5, release: null, maxSessions: 40 });
    expect(risk.stopLoss).toMatchObject({ multiple: 3, direction: 'tighter', reference: 'peak' });
  });

  it.each([
    [{ portfolio: { rebalance: 0 } }, 'portfolio.rebalance: '],
    [{ portfolio: { maxWeight: 0 } }, 'portfolio.maxWeight: '],
    [{ portfolio: { strategies: { momentum: { lookbackDays: 5 } } } }, 'portfolio.strategies.momentum'],
    [{ risk: { drawdown: { release: 0.2 } } }, 'risk.drawdown.release: expected no more than threshold'],
    [{ risk: { stopLoss: { days: 30, longDays: 20 } } }, 'risk.stopLoss.longDays: expected no fewer sessions'],
    [{ risk: { stopLoss: { multiple: 0 } } }, 'risk.stopLoss.multiple: '],
    [{ risk: { correlation: { exposure: 0 } } }, 'risk.correlation.exposure: '],
  ])('refuses %j', (more, message) => {
    expect(() => configOf(more)).toThrow(message);
  });

  it('weighs by true capitalisation unless told to take the stand-in', () => {
    expect(configOf({ portfolio: { policy: 'capitalisation-weighted' } }).portfolio.capitalisation).toBe('store');
    const { portfolio } = configOf({
      portfolio: { policy: 'capitalisation-weighted', capitalisation: 'traded-value' },
    });
    expect(portfolio.capitalisation).toBe('traded-value');
  });
});
