import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPipeline, chooseCuts } from '../../../src/experiment/index.js';
import { type MarketStore, openMarketStore, writeMarketStore } from '../../../src/market/index.js';
import type { Day } from '../../../src/util/index.js';
import { plantedMarket } from './market.fixture.js';
import * as make from './pipelines.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-planted-'));
afterAll(() => rmSync(folder, { recursive: true }));

let store: MarketStore;
let cuts: readonly Day[];
beforeAll(async () => {
  const dir = join(folder, 'store');
  await writeMarketStore(dir, plantedMarket());
  store = await openMarketStore(dir);
  const periods = Object.values(make.PERIODS).map(([from, to]) => ({ from, to }));
  cuts = chooseCuts(await store.readCalendar({ asOf: store.lastDay }), { seed: 1, periods });
});

/** Each leak beside its honest twin: what differs between them is the leak alone. */
const LEAKS = [
  { leak: 'a centred window', planted: make.movingMean(2), honest: make.movingMean(0), column: 'mean of 5' },
  {
    leak: 'a z-score of the whole sample',
    planted: make.standardised('whole'),
    honest: make.standardised('past'),
    column: 'z-score',
  },
  {
    leak: 'fundamentals on the end of their period',
    planted: make.fundamental('period_end'),
    honest: make.fundamental('announced'),
    column: 'roe',
  },
  {
    leak: 'macro without its lag',
    planted: make.macro('period_end'),
    honest: make.macro('released'),
    column: 'cpi',
  },
  {
    leak: 'naive monthly interpolation',
    planted: make.interpolated('next'),
    honest: make.interpolated('latest'),
    column: 'cpi',
  },
  {
    leak: 'forward-adjusted prices as levels',
    planted: make.adjustedLevel('forward'),
    honest: make.adjustedLevel('back'),
    column: 'adjusted close',
  },
  {
    leak: 'gaps filled backwards',
    planted: make.filled('ahead'),
    honest: make.filled('behind'),
    column: 'filled close',
  },
  {
    leak: 'today’s index members for the past',
    planted: make.members('today'),
    honest: make.members('each day'),
    column: 'member',
  },
  {
    leak: 'screening by later delisting',
    planted: make.survivors('altogether'),
    honest: make.survivors('from then on'),
    column: 'kept',
  },
  {
    leak: 'a label that overlaps the next period',
    planted: make.trainingLabels(0),
    honest: make.trainingLabels(6),
    column: 'label',
    check: 'label-purge',
  },
  {
    leak: 'trading at the signal’s own close',
    planted: make.momentumTrades(0),
    honest: make.momentumTrades(1),
    column: null,
    check: 'trade-after-signal',
  },
  {
    leak: 'a scaler fitted on validation',
    planted: make.scaler('train and validate'),
    honest: make.scaler('train'),
    column: /mean$/,
    check: 'fitted-on-training',
  },
];

describe.each(LEAKS)('$leak', ({ planted, honest, column, check }) => {
  it('is caught, and the first column, symbol and date are named', async () => {
    const { verdict, first, provenance, recomputations } = await auditPipeline(
      make.pipeline('planted', planted),
      store,
      { cuts },
    );
    expect(verdict).toBe('looks-ahead');
    if (column === null) expect(first).toBeNull();
    else {
      expect(first?.column).toMatch(column);
      expect(first?.date).toBeLessThanOrEqual(first!.cut);
      expect(first?.found).not.toBe(first?.recomputed);
      for (const future of ['removed', 'noise']) {
        const caught = recomputations.filter((one) => one.future === future && one.differences.length > 0);
        expect(caught.length, future).toBeGreaterThan(0);
      }
    }
    if (check) expect(provenance.find((one) => one.check === check)?.status).toBe('fail');
  });

  it('raises no alarm without the leak', async () => {
    const { verdict, first, provenance } = await auditPipeline(make.pipeline('honest', honest), store, { cuts });
    expect(first).toBeNull();
    expect(provenance.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(verdict).toBe('clean');
  });
});
