import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BarMatrix,
  type CorporateAction,
  generateMarket,
  type MarketTables,
  writeMarketStore,
} from '../../src/market/index.js';
import { readParquet } from '../../src/tables/index.js';
import { formatDay, indexAsOf } from '../../src/util/index.js';
import { candlenet, createWorkbench } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

let market: MarketTables;
let payer: CorporateAction;
beforeAll(async () => {
  market = generateMarket({ kind: 'null', symbols: 12, days: 400, seed: 5 });
  payer = market.actions!.find(({ bonus }) => bonus > 0)!;
  const { actions: _, ...silent } = market;
  await writeMarketStore(bench.path('stating'), market);
  await writeMarketStore(bench.path('silent'), silent);
});

/** Everything in the payer from the week before its ex-day to the week after. */
async function held(store: string) {
  const { dates, symbols }: BarMatrix = market.bars;
  const at = indexAsOf(dates, payer.exDate);
  const [before, after] = [formatDay(dates[at - 6]), formatDay(dates[at + 6])];
  const weights = bench.write('w.csv', `date,symbol,weight\n${before},${payer.symbol},0.9\n`);
  const out = bench.path(`out-${store}`);
  const { status, stderr } = candlenet(
    ...[
      'backtest',
      weights,
      '--store',
      bench.path(store),
      '--out',
      out,
      '--to',
      after,
      '--quick',
      '--flat-cost-bps',
      '0',
    ],
  );
  expect(stderr).not.toContain('candlenet:');
  expect(status).toBe(0);
  expect(symbols).toContain(payer.symbol);
  const schema = {
    date: 'day',
    symbol: 'string',
    kind: 'string',
    shares_before: 'float64',
    shares_after: 'float64',
    cash: 'float64',
  } as const;
  const { columns } = await readParquet(`${out}/events.parquet`, schema);
  const equity = await readParquet(`${out}/equity.parquet`, { equity: 'float64' });
  const { notes } = JSON.parse(readFileSync(`${out}/metrics.json`, 'utf8')) as { notes: string[] };
  const events = columns.kind.map((kind, i) => ({
    kind,
    date: columns.date[i],
    symbol: columns.symbol[i],
    before: columns.shares_before[i],
    after: columns.shares_after[i],
    cash: columns.cash[i],
  }));
  return { events, notes: notes.join('\n'), last: equity.columns.equity[equity.length - 1] };
}

describe('a store that states its corporate actions', () => {
  it('pays them as they are, and says so; one that does not reinvests the factor, and says so', async () => {
    const stating = await held('stating');
    const silent = await held('silent');
    const { exDate: date, symbol, cash, bonus, transfer } = payer;
    const [dividend, free] = ['dividend', 'bonus'].map((kind) => stating.events.find((event) => event.kind === kind));
    const shares = dividend!.before;
    expect(shares).toBeGreaterThanOrEqual(100);
    expect(dividend).toMatchObject({ date, symbol, after: shares });
    expect(dividend!.cash).toBeCloseTo(shares * cash, 6);
    expect(free).toMatchObject({ date, symbol, after: Math.floor(shares * (1 + bonus + transfer) + 1e-9) });
    expect(stating.events.map(({ kind }) => kind)).not.toContain('factor');
    expect(stating.notes).toMatch(/Dividends are paid in cash and bonus shares in shares/);

    expect(silent.events.map(({ kind }) => kind)).toEqual(['factor']);
    expect(silent.notes).toMatch(/paid as a total-return reinvestment/);
    // The same wealth on the ex-day; afterwards only the dividend, a few per cent of it, earns something else.
    expect(Math.abs(stating.last / silent.last - 1)).toBeLessThan(0.01);
    expect(stating.last).not.toBe(silent.last);
  });
});
