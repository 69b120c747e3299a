import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPipeline, chooseCuts } from '../../../src/experiment/index.js';
import { type MarketStore, openMarketStore, writeMarketStore } from '../../../src/market/index.js';
import { type Day, indexAsOf } from '../../../src/util/index.js';
import { plantedMarket } from './market.fixture.js';
import * as make from './pipelines.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-planted-'));
afterAll(() => rmSync(folder, { recursive: true }));

let store: MarketStore;
let cuts: readonly Day[];
let sessions: Int32Array;
beforeAll(async () => {
  const dir = join(folder, 'store');
  await writeMarketStore(dir, plantedMarket());
  store = await openMarketStore(dir);
  const periods = Object.values(make.PERIODS).map(([from, to]) => ({ from, to }));
  sessions = await store.readCalendar({ asOf: store.lastDay });
  cuts = chooseCuts(sessions, { seed: 1, periods });
});

/** Where the first cell that gives a leak away can lie: on the first session, on a day, or so shortly before its cut. */
type FirstCell = 'start' | { readonly day: Day } | { readonly sessions: number } | { readonly days: number } | null;

/** Each leak beside its honest twin: what differs between them is the leak alone. */
const LEAKS: readonly {
  readonly leak: string;
  readonly planted: Parameters<typeof make.pipeline>[1];
  readonly honest: Parameters<typeof make.pipeline>[1];
  readonly first: FirstCell;
  readonly column: string | RegExp | null;
  readonly check?: string;
}[] = [
  {
    leak: 'a centred window',
    planted: make.movingMean(2),
    honest: make.movingMean(0),
    first: { sessions: 2 },
    column: 'mean of 5',
  },
  {
    leak: 'a z-score of the whole sample',
    planted: make.standardised('whole'),
    honest: make.standardised('past'),
    first: 'start',
    column: 'z-score',
  },
  {
    leak: 'fundamentals on the end of their period',
    planted: make.fundamental('period_end'),
    honest: make.fundamental('announced'),
    first: { days: 45 },
    column: 'roe',
  },
  {
    leak: 'macro without its lag',
    planted: make.macro('period_end'),
    honest: make.macro('released'),
    first: { days: 12 },
    column: 'cpi',
  },
  {
    leak: 'naive monthly interpolation',
    planted: make.interpolated('next'),
    honest: make.interpolated('latest'),
    first: { days: 31 },
    column: 'cpi',
  },
  {
    leak: 'forward-adjusted prices as levels',
    planted: make.adjustedLevel('forward'),
    honest: make.adjustedLevel('back'),
    first: 'start',
    column: 'adjusted close',
  },
  {
    leak: 'gaps filled backwards',
    planted: make.filled('ahead'),
    honest: make.filled('behind'),
    first: 'start',
    column: 'filled close',
  },
  {
    leak: 'today’s index members for the past',
    planted: make.members('today'),
    honest: make.members('each day'),
    first: 'start',
    column: 'member',
  },
  {
    leak: 'screening by later delisting',
    planted: make.survivors('altogether'),
    honest: make.survivors('from then on'),
    first: 'start',
    column: 'kept',
  },
  {
    leak: 'a label that overlaps the next period',
    planted: make.trainingLabels(0),
    honest: make.trainingLabels(6),
    first: { sessions: 6 },
    column: 'label',
    check: 'label-purge',
  },
  {
    leak: 'trading at the signal’s own close',
    planted: make.momentumTrades(0),
    honest: make.momentumTrades(1),
    first: null,
    column: null,
    check: 'trade-after-signal',
  },
  {
    leak: 'a scaler fitted on validation',
    planted: make.scaler('train and validate'),
    honest: make.scaler('train'),
    first: { day: make.PERIODS.train[1] },
    column: /mean$/,
    check: 'fitted-on-training',
  },
];

describe.each(LEAKS)('$leak', ({ planted, honest, first: where, column, check }) => {
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
      expectWithin(first!, where);
      expect(first?.found).not.toBe(first?.recomputed);
      for (const future of ['removed', 'noise']) {
        const caught = recomputations.filter((one) => one.future === future && one.differences.length > 0);
        expect(caught.length, future).toBeGreaterThan(0);
      }
    }
    const judged = provenance.find((one) => one.check === check);
    if (check) expect(judged?.status).toBe('fail');
    if (check === 'trade-after-signal')
      expect(judged?.detail).toMatch(/^S[HZ]\d{6}: signal of the close of (\S+), traded on \1$/);
  });

  it('raises no alarm without the leak', async () => {
    const { verdict, first, provenance } = await auditPipeline(make.pipeline('honest', honest), store, { cuts });
    expect(first).toBeNull();
    expect(provenance.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(verdict).toBe('clean');
  });
});

function expectWithin({ date, cut }: { readonly date: Day; readonly cut: Day }, where: FirstCell): void {
  if (where === null) return;
  if (where === 'start') {
    // Features with a lookback of some sessions, and instruments that list a little later, begin there.
    expect(date - sessions[0]).toBeLessThanOrEqual(31);
    return;
  }
  if ('day' in where) {
    expect(date).toBe(where.day);
    return;
  }
  expect(date).toBeLessThanOrEqual(cut);
  const earliest = 'days' in where ? cut - where.days : sessions[indexAsOf(sessions, cut) - where.sessions];
  expect(date).toBeGreaterThanOrEqual(earliest);
}
