import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { shareBars, shareBytes } from '../../market/index.js';
import { maxDrawdown, sharpeRatio, standardDeviation } from '../../stats/index.js';
import { builtUrl, CandlenetError, type ErrorCode, type ProgressTask, silentProgress } from '../../util/index.js';
import { costModel } from '../costs.js';
import { trailingLiquidity } from '../liquidity.js';
import { marketTape } from '../market-tape.js';
import { alignInstruments, type BacktestOptions, checkOptions, taxesDividends } from '../options.js';
import { adjustedPrices } from './adjusted-prices.js';
import type { SweepJob, SweepMessage } from './job.js';

export interface SweepOptions extends Omit<BacktestOptions, 'policy' | 'initialHoldings' | 'prepared'> {
  /** Module that exports a `SweepStrategy` as `strategy`, such as `MOMENTUM_STRATEGY`. */
  readonly strategy: URL;
  readonly parameterSets: readonly Readonly<Record<string, number>>[];
  /** [symbol × session], 1 where a symbol may be bought; absent is everywhere. */
  readonly universe?: Uint8Array;
  /** Threads. Default: as many as the machine has cores. The results are the same with any number. */
  readonly workers?: number;
  /** Default 252. */
  readonly sessionsPerYear?: number;
}

/** What one parameter set would have earned; returns and costs are fractions, money in the rulebook's currency. */
export interface SweepResult {
  readonly parameters: Readonly<Record<string, number>>;
  /** After each close, the last one before the period first. */
  readonly equity: Float64Array;
  readonly totalReturn: number;
  readonly annualReturn: number;
  readonly annualVolatility: number;
  /** Without a riskless rate; NaN where the returns do not vary. */
  readonly sharpe: number;
  /** ≤ 0. */
  readonly maxDrawdown: number;
  readonly orders: number;
  /** Mean one-way turnover of a session. */
  readonly turnover: number;
  readonly costs: number;
}

/** Cross-sectional momentum with parameters `lookback`, `k`, `rebalance` and `skip`, in sessions. */
export const MOMENTUM_STRATEGY = builtUrl(import.meta.url, './momentum.js');

/**
 * Back-tests one strategy with many parameter sets under all rules, the sets spread over worker threads that share one
 * copy of the market. Equity curves are those of `runBacktest` with the same targets, to the bit.
 * @throws CONFIG_INVALID, DATE_OUT_OF_STORE, TABLE_INVALID; ARGUMENT_INVALID for a module without `strategy`; RUNTIME_FAILED
 */
export async function sweepBacktests(options: SweepOptions): Promise<SweepResult[]> {
  const { parameterSets, sessionsPerYear = 252, progress = silentProgress } = options;
  const workers = Math.min(options.workers ?? availableParallelism(), Math.max(1, parameterSets.length));
  if (!Number.isInteger(workers) || workers < 1) {
    throw new CandlenetError('CONFIG_INVALID', `sweep.workers: found ${options.workers}, expected a whole number ≥ 1`);
  }
  const job = sweepJob(options);
  const task = progress.start('parameter sets', parameterSets.length, 'sets');
  try {
    const done = { sets: 0 };
    const threads = Array.from({ length: workers }, () => playOnThread(job, task, done));
    await Promise.all(threads);
  } finally {
    task.end();
  }
  return parameterSets.map((_, set) => resultOf(job, set, sessionsPerYear));
}

function sweepJob(options: SweepOptions): SweepJob {
  const period = checkOptions(options);
  const bars = shareBars(options.bars);
  const symbols = bars.symbols.length;
  const { dates } = bars;
  const costs = costModel(options.costs);
  const tape = marketTape(bars, options.actions ?? null);
  const needsLiquidity = options.maxVolumeShare !== undefined || costs.impactCoefficient > 0;
  const adjusted = adjustedPrices(tape, symbols);
  const universe = options.universe ? shareBytes(options.universe) : null;
  const shared = (count: number) => new Float64Array(new SharedArrayBuffer(8 * count));
  return {
    bars,
    instruments: alignInstruments(bars.symbols, options.instruments),
    rulebook: options.rulebook,
    tape,
    liquidity: needsLiquidity ? trailingLiquidity(bars, tape) : null,
    market: { symbols, dates, adjusted, obstacle: tape.obstacle, universe },
    costs,
    initialCapital: options.initialCapital,
    period,
    fillPrice: options.fillPrice ?? 'open',
    maxVolumeShare: options.maxVolumeShare ?? null,
    remainder: options.remainder ?? 'cancel',
    recovery: options.delistingRecovery ?? 1,
    dividendTax: taxesDividends(options),
    strategy: options.strategy.href,
    parameterSets: options.parameterSets,
    next: new Int32Array(new SharedArrayBuffer(4)),
    equity: shared(options.parameterSets.length * (period.end - period.start + 1)),
    totals: shared(options.parameterSets.length * 3),
  };
}

async function playOnThread(job: SweepJob, task: ProgressTask, done: { sets: number }): Promise<void> {
  const thread = new Worker(builtUrl(import.meta.url, './sweep-worker.js'), { workerData: job });
  try {
    await new Promise<void>((resolve, reject) => {
      const failed = (reason: string) => reject(new CandlenetError('RUNTIME_FAILED', `sweep: ${reason}`));
      thread.on('error', (error) => failed(String(error)));
      thread.on('exit', (code) => failed(`a thread ended with status ${code}`));
      thread.on('message', (message: SweepMessage) => {
        if (message.kind === 'done') resolve();
        else if (message.kind === 'set') task.update(++done.sets);
        else if (message.code === null) failed(message.message);
        else reject(new CandlenetError(message.code as ErrorCode, message.message));
      });
    });
  } catch (error) {
    // The other threads find no set left.
    Atomics.store(job.next, 0, job.parameterSets.length);
    throw error;
  } finally {
    await thread.terminate();
  }
}

function resultOf(job: SweepJob, set: number, sessionsPerYear: number): SweepResult {
  const sessions = job.period.end - job.period.start;
  const equity = job.equity.slice(set * (sessions + 1), (set + 1) * (sessions + 1));
  const returns = Float64Array.from({ length: sessions }, (_, i) => equity[i + 1] / equity[i] - 1);
  const growth = equity[sessions] / equity[0];
  return {
    parameters: job.parameterSets[set],
    equity,
    totalReturn: growth - 1,
    annualReturn: growth ** (sessionsPerYear / sessions) - 1,
    annualVolatility: standardDeviation(returns) * Math.sqrt(sessionsPerYear),
    sharpe: sharpeRatio(returns, { sessionsPerYear, riskFree: 0 }),
    maxDrawdown: maxDrawdown(returns).depth,
    orders: job.totals[3 * set],
    turnover: job.totals[3 * set + 1] / sessions,
    costs: job.totals[3 * set + 2],
  };
}
