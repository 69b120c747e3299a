import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EQUITY_SCHEMA, EVENTS_SCHEMA, FILLS_SCHEMA, ORDERS_SCHEMA } from '../../src/backtest/index.js';
import { readCsv, readParquet } from '../../src/tables/index.js';
import { formatDay, parseDay } from '../../src/util/index.js';
import { type CliResult, candlenet, createWorkbench, smallConfig } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

interface Sheet {
  readonly date: string;
  readonly tradeDate: string;
  readonly cash: number;
  readonly cashAfter: number;
  readonly equity: number;
  readonly notes: string[];
  readonly exposure: number;
  readonly lines: {
    readonly symbol: string;
    readonly side: string;
    readonly shares: number;
    readonly sharesWanted: number;
    readonly obstacle: string;
    readonly referencePrice: number;
    readonly lowerLimit: number | null;
    readonly upperLimit: number | null;
    readonly estimatedAmount: number;
    readonly estimatedCost: number;
    readonly weightTarget: number;
    readonly risk: string;
    readonly pBuy: number | null;
    readonly rank: number | null;
  }[];
}

let folder: string;
const signals = (...args: string[]) => candlenet('signals', folder, ...args);

function sheetOf(result: CliResult): Sheet {
  expect(result.stderr).not.toContain('candlenet:');
  expect(result.status).toBe(0);
  return JSON.parse(result.stdout) as Sheet;
}

beforeAll(() => {
  const made = candlenet('synth', '--store', bench.path('store'), '--symbols', '16', '--days', '480', '--seed', '5');
  expect(made.status).toBe(0);
  const text = smallConfig('baselines: { logisticRegression: false }').replace('maxEpochs: 4', 'maxEpochs: 1');
  const run = candlenet('run', bench.write('c.yaml', text), '--json', '--runs', bench.path('runs'));
  expect(run.status).toBe(0);
  folder = (JSON.parse(run.stdout) as { folder: string }).folder;
});

/** The ledger after a close, from the run's own trail. */
async function ledgerAfter(date: number) {
  const fills = await readParquet(join(folder, 'fills.parquet'), FILLS_SCHEMA);
  const events = await readParquet(join(folder, 'events.parquet'), EVENTS_SCHEMA);
  const equity = await readParquet(join(folder, 'equity.parquet'), EQUITY_SCHEMA);
  const moves: { date: number; order: number; symbol: string; apply: (held: number) => number }[] = [];
  for (let i = 0; i < events.length; i++) {
    const after = events.columns.shares_after[i];
    moves.push({ date: events.columns.date[i], order: 0, symbol: events.columns.symbol[i], apply: () => after });
  }
  for (let i = 0; i < fills.length; i++) {
    const shares = fills.columns.side[i] === 'buy' ? fills.columns.shares[i] : -fills.columns.shares[i];
    moves.push({
      date: fills.columns.date[i],
      order: 1,
      symbol: fills.columns.symbol[i],
      apply: (held) => held + shares,
    });
  }
  const shares = new Map<string, number>();
  for (const move of moves.sort((a, b) => a.date - b.date || a.order - b.order)) {
    if (move.date <= date) shares.set(move.symbol, move.apply(shares.get(move.symbol) ?? 0));
  }
  const row = equity.columns.date.indexOf(date);
  const held = [...shares].filter(([, count]) => count > 0);
  return { cash: equity.columns.cash[row], held, eventsOn: (day: number) => events.columns.date.includes(day) };
}

describe('candlenet signals', () => {
  it('writes the orders that the run’s own back-test gave, from the same ledger and the same forecasts', async () => {
    const { columns, length } = await readParquet(join(folder, 'orders.parquet'), ORDERS_SCHEMA);
    const predictions = await readParquet(join(folder, 'predictions.parquet'), {
      symbol: 'string',
      date: 'day',
      p_buy: 'float32',
    });
    const signalDates = [...new Set(columns.signal_date)].slice(-4);
    let compared = 0;
    for (const date of signalDates) {
      const ledger = await ledgerAfter(date);
      const expected = Array.from({ length }, (_, i) => i).filter((i) => columns.signal_date[i] === date);
      if (ledger.eventsOn(columns.trade_date[expected[0]])) continue;
      const file = bench.write('held.csv', `symbol,shares\n${ledger.held.map((row) => `${row.join(',')}\n`).join('')}`);
      const args = ['--json', '--date', formatDay(date), '--capital', String(ledger.cash)];
      const sheet = sheetOf(signals(...args, ...(ledger.held.length > 0 ? ['--holdings', file] : [])));
      expect(sheet.tradeDate).toBe(formatDay(columns.trade_date[expected[0]]));
      expect(sheet.lines.map(({ symbol, side }) => [symbol, side])).toEqual(
        expected.map((i) => [columns.symbol[i], columns.side[i]]),
      );
      for (const [at, i] of expected.entries()) {
        const line = sheet.lines[at];
        expect(Math.abs(line.sharesWanted / columns.shares_requested[i] - 1)).toBeLessThan(1e-9);
        const row = predictions.columns.symbol.findIndex(
          (symbol, r) => symbol === line.symbol && predictions.columns.date[r] === date,
        );
        if (row >= 0) expect(line.pBuy).toBe(predictions.columns.p_buy[row]);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(5);
  });

  it('orders whole lots within the cash, between price limits of a tenth, for the session after the store', () => {
    const sheet = sheetOf(signals('--json', '--capital', '1000000'));
    expect(parseDay(sheet.tradeDate)).toBeGreaterThan(parseDay(sheet.date));
    expect(sheet.notes.join(' ')).toContain('next working day');
    expect(sheet.lines).toHaveLength(4);
    let cash = 1_000_000;
    for (const line of sheet.lines) {
      expect(line.shares % 100).toBe(0);
      expect(line.shares).toBeGreaterThan(0);
      expect(line.estimatedAmount).toBeCloseTo(line.shares * line.referencePrice, 6);
      // Main board and ChiNext of the synthetic market at the end of 2017: ±10 %, ST shares ±5 %, to the tick of 0.01.
      expect([0.05, 0.1]).toContainEqual(Math.round(100 * (line.upperLimit! / line.referencePrice - 1)) / 100);
      expect(line.lowerLimit).toBeLessThan(line.referencePrice);
      cash -= line.estimatedAmount + line.estimatedCost;
    }
    expect(sheet.cashAfter).toBeCloseTo(cash, 4);
    expect(cash).toBeGreaterThanOrEqual(0);
  });

  it('says why a line is no order: too little for a lot, or not yet for sale', () => {
    const poor = sheetOf(signals('--json', '--capital', '1500'));
    expect(poor.lines.map(({ obstacle }) => obstacle)).toContain('below-lot');
    const [{ symbol }] = sheetOf(signals('--json', '--capital', '1000000')).lines;
    const others = readCsv(csvSheet()).rows.map((row) => row[1]);
    expect(others[0]).toBe(symbol);
    const stranger = ['SZ003001', 'SZ003002', 'SZ003003', 'SZ003004', 'SZ003005', 'SZ003006'].find(
      (one) => !others.includes(one),
    )!;
    const file = bench.write('locked.csv', `symbol,shares,available\n${stranger},1000,300\n`);
    const sale = sheetOf(signals('--json', '--holdings', file)).lines.find((line) => line.symbol === stranger)!;
    expect(sale).toMatchObject({ side: 'sell', sharesWanted: 1000, shares: 300, obstacle: 'unsettled' });
  });

  function csvSheet(): string {
    const path = bench.path('sheet.csv');
    const result = signals('--capital', '1000000', '-o', path);
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(/Orders for \d{4}-\d{2}-\d{2}/);
    expect(result.stdout).toContain('rank 1');
    return path;
  }

  it('says what a risk control has to do with a line', () => {
    const cautious = bench.path('cautious');
    cpSync(folder, cautious, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(cautious, 'manifest.json'), 'utf8'));
    manifest.config.risk.volatilityTarget = { target: 0.01, days: 20, step: 0.1 };
    writeFileSync(join(cautious, 'manifest.json'), JSON.stringify(manifest));
    const [{ symbol }] = sheetOf(signals('--json', '--capital', '1000000')).lines;
    const file = bench.write('some.csv', `symbol,shares\n${symbol},1000\n`);
    const asked = ['--json', '--capital', '1000000', '--holdings', file];
    const sheet = sheetOf(candlenet('signals', cautious, ...asked));
    const said = 'exposure held to 10\u202f% (volatility-target 10\u202f%)';
    expect(sheet.exposure).toBeCloseTo(0.1, 12);
    expect(sheet.notes[0]).toContain(said);
    expect(sheet.lines.length).toBeGreaterThan(0);
    for (const line of sheet.lines) expect(line.risk).toBe(said);
    const full = sheetOf(signals(...asked));
    expect(full.exposure).toBe(1);
    for (const line of full.lines) {
      expect(line.risk).toBe('');
      const cut = sheet.lines.find((other) => other.symbol === line.symbol);
      if (cut) expect(cut.weightTarget).toBeCloseTo(0.1 * line.weightTarget, 12);
    }
  });

  it('follows the rules of the store’s market: American shares have no limits and trade one by one', () => {
    const american = bench.path('american');
    cpSync(bench.path('store'), american, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(american, 'store.json'), 'utf8'));
    writeFileSync(join(american, 'store.json'), JSON.stringify({ ...manifest, rulebook: 'us-equity' }));
    const { lines } = sheetOf(signals('--json', '--capital', '100000', '--store', american));
    const { lines: mainland } = sheetOf(signals('--json', '--capital', '100000'));
    expect(lines.map(({ symbol }) => symbol)).toEqual(mainland.map(({ symbol }) => symbol));
    expect(lines.filter(({ shares }) => shares % 100 !== 0).length).toBeGreaterThan(0);
    // The last purchase takes the cash there is.
    expect(lines.filter(({ obstacle }) => obstacle === '').length).toBeGreaterThanOrEqual(3);
    for (const line of lines) {
      if (line.obstacle === '') expect(line.shares).toBe(Math.floor(line.sharesWanted));
      expect([line.lowerLimit, line.upperLimit]).toEqual([null, null]);
    }
    const [{ symbol }] = lines;
    const other = ['SZ003001', 'SZ003002', 'SZ003003', 'SZ003004'].find(
      (one) => !lines.some((line) => line.symbol === one),
    )!;
    const file = bench.write('us-held.csv', `symbol,shares\n${other},700\n`);
    const sold = sheetOf(signals('--json', '--store', american, '--holdings', file)).lines;
    expect(sold.find((line) => line.symbol === other)).toMatchObject({ side: 'sell', shares: 700, obstacle: '' });
    // The proceeds settle later: nothing can be bought with them in the session of the sale.
    expect(sold.find((line) => line.symbol === symbol)).toMatchObject({ side: 'buy', shares: 0, obstacle: 'cash' });
  });

  it('writes the same sheet as CSV', () => {
    const { header, rows } = readCsv(csvSheet());
    const sheet = sheetOf(signals('--json', '--capital', '1000000'));
    expect(rows.map((row) => row[header.indexOf('symbol')])).toEqual(sheet.lines.map(({ symbol }) => symbol));
    expect(rows.map((row) => Number(row[header.indexOf('shares')]))).toEqual(sheet.lines.map(({ shares }) => shares));
    expect(rows[0][header.indexOf('reason')]).toMatch(/^rank 1, P .* \(buy\/hold\/sell\)/);
  });
});

describe('bad input to signals', () => {
  const refused = ({ status, stdout, stderr }: CliResult, code: string, named: RegExp) => {
    const lines = stderr
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('  ✓'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^candlenet: .* \\[${code}\\]$`));
    expect(lines[0]).toMatch(named);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  };
  const held = (text: string) => signals('--holdings', bench.write('bad.csv', text));

  it('is refused in one line that names the place', () => {
    refused(candlenet('signals', 'none', '--runs', bench.path('runs')), 'RUN_NOT_FOUND', /none/);
    refused(signals('--date', '2017-07-01'), 'DATE_OUT_OF_STORE', /--date: found 2017-07-01/);
    refused(signals('--date', 'today'), 'ARGUMENT_INVALID', /--date/);
    refused(signals('--capital', '-1'), 'ARGUMENT_INVALID', /--capital/);
    refused(signals('--holdings', bench.path('none.csv')), 'FILE_NOT_FOUND', /none\.csv/);
    refused(held('symbol\nSZ003001\n'), 'TABLE_INVALID', /"shares" is missing/);
    refused(held('symbol,shares\nXX1,100\n'), 'TABLE_INVALID', /line 2, column symbol: found "XX1"/);
    refused(held('symbol,shares\nSZ003003,ten\n'), 'TABLE_INVALID', /line 2, column shares: found "ten"/);
    refused(held('symbol,shares\nSZ003003,1\nSZ003003,1\n'), 'TABLE_INVALID', /line 3, column symbol/);
    refused(held('symbol,shares,available\nSZ003003,1,2\n'), 'TABLE_INVALID', /line 2, column available/);
  });
});
