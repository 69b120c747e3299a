import { describe, expect, it } from 'vitest';
import { generateMarket } from '../market/index.js';
import { alpha158Families, expressionFamilies } from './expressions/index.js';
import { singleColumn } from './feature-family.js';
import { buildPanel } from './panel.js';
import { buildPanelOnThreads } from './panel-threads.js';
import type { Panel } from './types.js';

const market = generateMarket({
  kind: 'planted',
  symbols: 33,
  days: 420,
  seed: 12,
  withTruth: false,
  listingRules: 'full',
});
const { bars, fundamentals, valuations, macro, news } = market;
const families = expressionFamilies({ own: 'close / ref(close, 3) - 1', placed: 'rank(volume)' });
const options = { featureSet: ['full'], families, tables: { fundamentals, valuations, macro, news } };

const bits = ({ values, complete, traded, columns }: Panel) => ({
  values: Buffer.from(values.slice().buffer).toString('base64'),
  complete: Array.from(complete),
  traded: Array.from(traded),
  columns,
});

describe('a panel filled by several threads', () => {
  const whole = bits(buildPanel(bars, options));

  it.each([1, 2, 5])('has the bits of the panel made at one go, with %i threads', async (workers) => {
    const seen: number[] = [];
    const progress = { start: () => ({ update: (done: number) => seen.push(done), end: () => {} }) };
    const panel = await buildPanelOnThreads(bars, { ...options, workers, progress });
    expect(bits(panel)).toEqual(whole);
    expect(Math.max(...seen)).toBe(33);
    expect(panel.columns.map(({ name }) => name)).toContain('placed');
  });

  it('needs no thread for a small panel, and takes expressions to any', async () => {
    expect(bits(await buildPanelOnThreads(bars, options))).toEqual(whole);
    const own = await buildPanelOnThreads(bars, { featureSet: [], families, workers: 2 });
    expect(bits(own)).toEqual(bits(buildPanel(bars, { featureSet: [], families })));
  });

  it('makes expressions again on the threads, and computes here what is a function alone', async () => {
    const column = { name: 'range', group: 'expression', formula: 'high / low', source: 'test', lookback: 1 } as const;
    const own = [
      ...alpha158Families(['KMID', 'RSQR20', 'CORR10', 'VWAP0']),
      singleColumn(column, ({ high, low }) => high.map((price, i) => price / low[i])),
      ...expressionFamilies({ late: 'ema(close, 9) / close', order: 'rank(close)' }),
    ];
    for (const featureSet of [[], ['RSI']]) {
      const panel = await buildPanelOnThreads(bars, { featureSet, families: own, workers: 2 });
      expect(bits(panel)).toEqual(bits(buildPanel(bars, { featureSet, families: own })));
      expect(panel.columns).toHaveLength(featureSet.length + 7);
    }
  });

  it('ends its threads when a column fails', async () => {
    const broken = {
      ...families[1],
      computeMarket: () => {
        throw new RangeError('this column cannot be');
      },
    };
    const failing = buildPanelOnThreads(bars, {
      ...options,
      families: [broken as (typeof families)[number]],
      workers: 2,
    });
    await expect(failing).rejects.toThrow('this column cannot be');
  });
});
