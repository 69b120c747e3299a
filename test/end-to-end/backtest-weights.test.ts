import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MarketStore, openMarketStore } from '../../src/market/index.js';
import { readParquet, writeParquet } from '../../src/tables/index.js';
import { formatDay } from '../../src/util/index.js';
import { type CliResult, candlenet, createWorkbench } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

let store: MarketStore;
let symbols: string[];
let dates: Int32Array;
/** Two names, half each, changed every ten sessions from session 200 on. */
let rows: { date: number; symbol: string; weight: number }[];

const day = (t: number) => formatDay(dates[t]);
const long = (list: typeof rows) =>
  `date,symbol,weight\n${list.map(({ date, symbol, weight }) => `${formatDay(date)},${symbol},${weight}\n`).join('')}`;
const backtest = (path: string, ...args: string[]) =>
  candlenet('backtest', path, '--store', bench.path('store'), ...args);

interface Outcome {
  readonly from: string;
  readonly to: string;
  readonly strategies: Record<
    string,
    { readonly performance: { readonly totalReturn: number; readonly annualisedReturn: number } }
  >;
  readonly orders: number;
  readonly fills: number;
  readonly notFilled: Record<string, number>;
  readonly breakEven: { readonly points: unknown[]; readonly overBenchmark: { readonly state: string } } | null;
  readonly capacity: { readonly points: { readonly capital: number }[] } | null;
}

function outcome(result: CliResult): Outcome {
  expect(result.stderr).not.toContain('candlenet:');
  expect(result.status).toBe(0);
  return JSON.parse(result.stdout) as Outcome;
}

beforeAll(async () => {
  const made = candlenet('synth', '--store', bench.path('store'), '--symbols', '8', '--days', '480', '--seed', '5');
  expect(made.status).toBe(0);
  store = await openMarketStore(bench.path('store'));
  const bars = await store.readBars({ asOf: store.lastDay });
  dates = bars.dates;
  symbols = bars.symbols.filter((_, s) => bars.close[s * dates.length] > 0);
  rows = [];
  for (let t = 200; t < dates.length - 1; t += 10) {
    for (const step of [0, 1]) {
      rows.push({ date: dates[t], symbol: symbols[(t / 10 + step) % symbols.length], weight: 0.5 });
    }
  }
});

describe('candlenet backtest', () => {
  it('carries on what a session’s volume could not fill, when asked to', () => {
    const path = bench.write('large.csv', long(rows.slice(0, 4)));
    const filled = (remainder: string) =>
      outcome(backtest(path, '--json', '--quick', '--capital', '10000000000', '--remainder', remainder)).fills;
    expect(filled('carry')).toBeGreaterThan(filled('cancel') + 10);
  });

  it('gives the same figures for long and wide, CSV, gzip and Parquet', async () => {
    const csv = bench.write('w.csv', long(rows));
    const expected = outcome(backtest(csv, '--json', '--quick'));
    expect(expected.from).toBe(day(201));
    expect(expected.orders).toBeGreaterThan(10);

    const gz = bench.path('w.csv.gz');
    writeFileSync(gz, gzipSync(long(rows)));
    const columns = {
      date: Int32Array.from(rows, ({ date }) => date),
      symbol: rows.map(({ symbol }) => symbol),
      weight: Float64Array.from(rows, ({ weight }) => weight),
    };
    const parquet = bench.path('w.parquet');
    const schema = { date: 'day', symbol: 'string', weight: 'float64' } as const;
    await writeParquet(parquet, { length: rows.length, columns }, schema);
    // In the order of the columns, which is the priority of purchases: that of the long file is by turns.
    const wideCsv = bench.path('wide.csv');
    const table = [...new Set(rows.map(({ date }) => date))].map((date) => [
      formatDay(date),
      ...symbols.map((symbol) => rows.find((row) => row.date === date && row.symbol === symbol)?.weight ?? 0),
    ]);
    writeFileSync(wideCsv, `date,${symbols.join(',')}\n${table.map((line) => `${line.join(',')}\n`).join('')}`);
    const byColumn = bench.write(
      'sorted.csv',
      long([...rows].sort((a, b) => a.date - b.date || symbols.indexOf(a.symbol) - symbols.indexOf(b.symbol))),
    );

    for (const path of [gz, parquet])
      expect(outcome(backtest(path, '--json', '--quick')).strategies.weights).toEqual(expected.strategies.weights);
    const wide = outcome(backtest(wideCsv, '--json', '--quick'));
    expect(wide.strategies.weights).toEqual(outcome(backtest(byColumn, '--json', '--quick')).strategies.weights);
  });

  it('is, without rules and costs, what the weights earn from open to open', async () => {
    const [symbol] = symbols;
    const path = bench.write('one.csv', `date,symbol,weight\n${day(200)},${symbol},1\n${day(300)},${symbol},0\n`);
    const result = outcome(
      backtest(
        path,
        '--json',
        '--quick',
        '--rulebook',
        'frictionless',
        '--flat-cost-bps',
        '0',
        '--max-volume-share',
        '1',
        '--capital',
        '1000',
      ),
    );
    const bars = await store.readBars({ asOf: store.lastDay });
    const s = bars.symbols.indexOf(symbol) * dates.length;
    const adjusted = (t: number) => bars.open[s + t] * bars.adjFactor[s + t];
    // Where the factor states the reference price exactly, holding earns the change of the adjusted open; the exchange's
    // rounding to the tick is within 1e-3.
    const rounded = adjusted(301) / adjusted(201) - 1;
    expect(Math.abs(result.strategies.weights.performance.totalReturn - rounded)).toBeLessThan(1e-3);
  });

  it('writes its folder, which the report and the figures agree with', async () => {
    const result = backtest(bench.write('w.csv', long(rows)), '--out', bench.path('out'));
    expect(result.status).toBe(0);
    expect(readdirSync(bench.path('out')).sort()).toEqual([
      'equity.parquet',
      'events.parquet',
      'fills.parquet',
      'metrics.json',
      'order-trail.parquet',
      'orders.parquet',
      'positions.parquet',
      'report.html',
    ]);
    const metrics = JSON.parse(readFileSync(bench.path('out', 'metrics.json'), 'utf8')) as Outcome;
    const { columns, length } = await readParquet(bench.path('out', 'equity.parquet'), { equity: 'float64' });
    expect(metrics.strategies.weights.performance.totalReturn).toBeCloseTo(
      columns.equity[length - 1] / columns.equity[0] - 1,
      10,
    );
    expect(metrics.breakEven?.points).toHaveLength(10);
    expect(metrics.capacity?.points.map(({ capital }) => capital)).toEqual([
      1e6, 3e6, 1e7, 3e7, 1e8, 3e8, 1e9, 3e9, 1e10, 3e10, 1e11,
    ]);
    const html = readFileSync(bench.path('out', 'report.html'), 'utf8');
    expect(html).toContain('chart-break-even');
    expect(html).toContain('chart-capacity');
    expect(html).toContain('w.csv');
    expect(result.stdout).toContain('vs universe');
    expect(result.stdout).toMatch(/lead|break-even/);
  });

  it('takes the weights known at the close before --from', () => {
    const path = bench.write('w.csv', long(rows));
    const result = outcome(backtest(path, '--json', '--quick', '--from', day(255), '--to', day(258)));
    expect(result.from).toBe(day(255));
    // Bought on the first day with the weights of session 250.
    expect(result.orders).toBeGreaterThan(0);
  });

  it('ends with the last session before a --to on which the exchange is closed', () => {
    const path = bench.write('w.csv', long(rows));
    const gap = (t: number) => dates[t + 1] - dates[t];
    // The longest closure of the store: a week of National Day, or the Spring Festival.
    const last = Array.from({ length: 200 }, (_, i) => 210 + i).reduce((a, b) => (gap(b) > gap(a) ? b : a));
    expect(gap(last)).toBeGreaterThan(7);
    const args = ['--json', '--quick', '--from', day(last - 3), '--to'];
    const closed = outcome(backtest(path, ...args, formatDay(dates[last + 1] - 1)));
    expect(closed.to).toBe(day(last));
    expect(closed.strategies).toEqual(outcome(backtest(path, ...args, day(last))).strategies);
    refused(backtest(path, ...args, '2031-01-02'), 'DATE_OUT_OF_STORE', /--to: found .*2031-01-02/);
  });

  it('keeps stdout one document and tells its progress on stderr', () => {
    const result = backtest(bench.write('w.csv', long(rows)), '--json', '--quick');
    expect(() => JSON.parse(result.stdout) as unknown).not.toThrow();
    expect(result.stderr).toContain('Reading the market');
  });

  it('has a help text with an example', () => {
    const { stdout, status } = candlenet('backtest', '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Example:\n {2}candlenet backtest weights\.csv --store/);
  });
});

/** Exit status 2, nothing on stdout, and one line that names the place. */
function refused({ status, stdout, stderr }: CliResult, code: string, ...named: (string | RegExp)[]): void {
  const lines = stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('  ✓'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(new RegExp(`^candlenet: .* \\[${code}\\]$`));
  for (const name of named) expect(lines[0]).toMatch(name);
  expect(stdout).toBe('');
  expect(status).toBe(2);
}

describe('bad weights', () => {
  const csv = (...lines: string[]) => bench.write('bad.csv', `date,symbol,weight\n${lines.join('\n')}\n`);

  it('that sum to more than 1: the line, the date, the sum', () => {
    const path = csv(`${day(199)},${symbols[0]},1`, `${day(200)},${symbols[0]},0.6`, `${day(200)},${symbols[1]},0.5`);
    refused(backtest(path), 'WEIGHTS_INVALID', /bad\.csv line 3, column weight/, day(200), /sum of 1\.1\b/);
  });

  it('NaN, a short position, a date that is no session, a file that is not there', () => {
    refused(
      backtest(csv(`${day(200)},${symbols[0]},NaN`)),
      'TABLE_INVALID',
      /bad\.csv line 2, column weight: found "NaN"/,
    );
    refused(
      backtest(csv(`${day(200)},${symbols[0]},-0.1`)),
      'WEIGHTS_INVALID',
      /line 2, column weight: .* found -0\.1/,
    );
    refused(backtest(csv(`2016-01-02,${symbols[0]},0.5`)), 'DATE_OUT_OF_STORE', /line 2, column date/);
    refused(backtest(csv(`${day(dates.length - 1)},${symbols[0]},0.5`)), 'DATE_OUT_OF_STORE', /last session/);
    refused(backtest(bench.path('none.csv')), 'FILE_NOT_FOUND', /none\.csv/);
  });

  it('of a share that is not listed yet: line, column and the day of its listing', async () => {
    const late = (await store.readInstruments({ asOf: store.lastDay })).find(({ listDate }) => listDate! > dates[10])!;
    const listed = formatDay(late.listDate!);
    const early = csv(`${day(10)},${symbols[0]},0.5`, `${day(10)},${late.symbol},0.5`);
    refused(backtest(early), 'WEIGHTS_INVALID', /bad\.csv line 3, column weight/, `not listed before ${listed}`);
  });

  it('bad options', () => {
    const path = bench.write('w.csv', long(rows));
    refused(backtest(path, '--capital', '-5'), 'ARGUMENT_INVALID', /--capital: found "-5"/);
    refused(backtest(path, '--fill', 'high'), 'ARGUMENT_INVALID', /open, vwap, close/);
    refused(backtest(path, '--remainder', 'wait'), 'ARGUMENT_INVALID', /carry, cancel/);
    refused(backtest(path, '--from', 'soon'), 'ARGUMENT_INVALID', /--from/);
    refused(backtest(path, '--rulebook', 'moon'), 'CONFIG_INVALID', /moon/);
    refused(backtest(path, '--index', 'csi300'), 'INDEX_UNKNOWN', /csi300/);
    refused(candlenet('backtest', path, '--store', bench.path('nowhere')), 'FILE_NOT_FOUND', /nowhere/);
    refused(candlenet('backtest', path), 'ARGUMENT_INVALID', /--store/);
  });
});
