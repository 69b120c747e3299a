import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILLS_SCHEMA, ORDERS_SCHEMA } from '../../src/backtest/index.js';
import { readParquet } from '../../src/tables/index.js';
import { formatDay, parseDay, weekdayOf } from '../../src/util/index.js';
import { candlenet, createWorkbench } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

/** Weekdays of two stretches around the changes of settlement, without the holidays of the New York Stock Exchange. */
const SESSIONS = [weekdays('2017-08-21', '2017-09-15'), weekdays('2024-05-13', '2024-06-07')]
  .flat()
  .filter((day) => !['2017-09-04', '2024-05-27'].includes(day));

function weekdays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = parseDay(from); day <= parseDay(to); day++) {
    if (weekdayOf(day) < 5) days.push(formatDay(day));
  }
  return days;
}

const earlier = (day: string, sessions: number) => SESSIONS[SESSIONS.indexOf(day) - sessions];

beforeAll(() => {
  const folder = bench.path('yahoo');
  mkdirSync(folder);
  // One price for all but JUMP, which opens 60 % higher from 2024-05-22 on: no market of price limits would trade there.
  for (const symbol of ['IBM', 'JUMP', 'KO', 'SPX']) {
    const rows = SESSIONS.map((day) => {
      const price = symbol === 'JUMP' && day >= '2024-05-22' ? 160 : 100;
      return `${day},${price},${price},${price},${price},${price},10000000`;
    });
    writeFileSync(join(folder, `${symbol}.csv`), `Date,Open,High,Low,Close,Adj Close,Volume\n${rows.join('\n')}\n`);
  }
  const made = candlenet(
    'import',
    'csv',
    folder,
    '--store',
    bench.path('us'),
    '--preset',
    'yahoo',
    '--benchmark',
    'SPX',
  );
  expect(made.stderr).not.toContain('candlenet:');
  expect(made.status).toBe(0);
});

async function backtest(weights: readonly string[], ...args: string[]) {
  const file = bench.write('weights.csv', `date,symbol,weight\n${weights.join('\n')}\n`);
  const out = bench.path('out');
  const result = candlenet('backtest', file, '--store', bench.path('us'), '--quick', '--json', '--out', out, ...args);
  expect(result.stderr).not.toContain('candlenet:');
  expect(result.status).toBe(0);
  const { rulebook, notes } = JSON.parse(result.stdout) as { rulebook: string; notes: string[] };
  const fills = await readParquet(join(out, 'fills.parquet'), FILLS_SCHEMA);
  const orders = await readParquet(join(out, 'orders.parquet'), ORDERS_SCHEMA);
  return { rulebook, notes, fills: fills.columns, orders: orders.columns };
}

describe('a store of American shares', () => {
  // Both changes gave two trading days one settlement day: SEC Release 34-80295 (2017) and 34-96930 (2023).
  it.each([
    ['T+3', '2017-09-01', '2017-09-07'],
    ['T+2', '2017-09-05', '2017-09-07'],
    ['T+2', '2024-05-24', '2024-05-29'],
    ['T+1', '2024-05-28', '2024-05-29'],
  ])('pays with the proceeds of a sale once they have settled: %s, sold %s', async (_, sold, settled) => {
    const switched = SESSIONS.slice(SESSIONS.indexOf(earlier(sold, 1)), -1).filter((day) => day < settled);
    const plan = [`${earlier(sold, 3)},KO,1`, ...switched.map((day) => `${day},IBM,1`)];
    const { rulebook, fills, orders } = await backtest(plan, '--flat-cost-bps', '0', '--capital', '100000');
    expect(rulebook).toBe('us-equity');
    expect(fills.symbol).toEqual(['KO', 'KO', 'IBM']);
    expect(fills.side).toEqual(['buy', 'sell', 'buy']);
    expect(Array.from(fills.shares)).toEqual([1000, 1000, 1000]);
    expect(Array.from(fills.date, formatDay)).toEqual([earlier(sold, 2), sold, settled]);
    const waiting = orders.reason.filter(
      (_, i) => orders.symbol[i] === 'IBM' && orders.trade_date[i] < parseDay(settled),
    );
    expect(new Set(waiting)).toEqual(new Set(['cash']));
  });

  it('trades single shares at any price, and pays levies on sales alone', async () => {
    const plan = ['2024-05-20,JUMP,0.333', '2024-05-21,JUMP,0', '2024-05-21,KO,0.2'];
    const { fills, notes } = await backtest(plan, '--capital', '100000', '--max-volume-share', '1');
    expect(fills.symbol).toEqual(['JUMP', 'JUMP', 'KO']);
    expect(Array.from(fills.shares)).toEqual([333, 333, 199]);
    expect(Array.from(fills.price)).toEqual([100, 160, 100]);
    expect(Array.from(fills.stamp_duty)).toEqual([0, 0, 0]);
    // 2024-05-22 is the first day of USD 27.80 a million; the activity fee of 2024 is USD 0.000166 a share.
    expect(fills.transfer_fee[1]).toBeCloseTo(333 * 160 * 27.8e-6 + 333 * 0.000166, 10);
    expect([fills.transfer_fee[0], fills.transfer_fee[2]]).toEqual([0, 0]);
    expect(notes.join(' ')).toContain('United States, listed shares');
  });
});
