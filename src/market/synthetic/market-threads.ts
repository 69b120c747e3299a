import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { builtUrl, CandlenetError, silentProgress } from '../../util/index.js';
import type { MarketTables } from '../types.js';
import { generateMarket, tablesOf } from './generate.js';
import type { MarketJob, MarketMessage, TruthCall } from './market-job.js';
import { resolveOptions, type SyntheticOptions } from './options.js';
import { allocateMarket, prepareMarket } from './stage.js';
import type { StockState } from './stock.js';
import { emptyTruth, eventChance } from './truth.js';

interface MarketThreadOptions extends SyntheticOptions {
  /** Threads beside this one. Default: as many as the machine has cores, none for a small market. The bits are the same with any number. */
  readonly workers?: number;
}

/** Cells that one thread fills in a few seconds. */
const SMALL_MARKET = 500_000;

/**
 * The market of `generateMarket`, to the bit: stocks are simulated, and the truth about them worked out, on worker threads,
 * while this one draws the dated tables.
 * @throws ARGUMENT_INVALID; RUNTIME_FAILED when a thread ends early
 */
export async function generateMarketOnThreads(given: MarketThreadOptions): Promise<MarketTables> {
  const { progress = silentProgress, workers: asked, ...options } = given;
  const resolved = resolveOptions(options);
  const { symbols, days, withTruth } = resolved;
  const workers = asked ?? (symbols * days < SMALL_MARKET ? 0 : availableParallelism());
  if (workers === 0) return generateMarket(given);

  const memory = allocateMarket(resolved, true);
  const floats = (cells: number) => new Float32Array(new SharedArrayBuffer(4 * cells));
  const truth = withTruth ? emptyTruth(resolved, floats) : null;
  const lastSessions = new Int32Array(new SharedArrayBuffer(4 * symbols));
  const next = new Int32Array(new SharedArrayBuffer(8));
  const job: MarketJob = { options, memory, truth, lastSessions, next };
  const stage = prepareMarket(options, memory);
  const states = new Array<StockState>(symbols);
  const task = progress.start('Synthetic market', symbols, 'symbols');
  let simulated = 0;
  const threads = Array.from({ length: workers }, () =>
    openThread(job, ({ number, events, eventDays, actions }) => {
      const lastSession = lastSessions[number];
      states[number] = { ...stage.memoryOf(number), lastSession, events, eventDays, actions: [...actions] };
      task.update(++simulated);
    }),
  );
  try {
    await Promise.all(threads.map((thread) => thread.simulated));
    const told = withTruth ? threads.map((thread) => thread.tellTruth({ chance: eventChance(states) })) : [];
    const tables = tablesOf(stage, states);
    await Promise.all(told);
    return { ...tables, truth: truth ?? undefined };
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
    task.end();
  }
}

type Simulated = Extract<MarketMessage, { kind: 'simulated' }>;

function openThread(job: MarketJob, onStock: (message: Simulated) => void) {
  const thread = new Worker(builtUrl(import.meta.url, './market-worker.js'), { workerData: job });
  const waiting = new Map<MarketMessage['kind'], () => void>();
  let fail: (error: Error) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => {});
  const failed = (reason: string) => fail(new CandlenetError('RUNTIME_FAILED', `synthetic market: ${reason}`));
  thread.on('error', (error) => failed(String(error)));
  thread.on('exit', (code) => failed(`a thread ended with status ${code}`));
  thread.on('message', (message: MarketMessage) => {
    if (message.kind === 'simulated') onStock(message);
    else if (message.kind === 'error') failed(message.message);
    else waiting.get(message.kind)?.();
  });
  const reached = (kind: MarketMessage['kind']) =>
    Promise.race([failure, new Promise<void>((resolve) => waiting.set(kind, resolve))]);
  return {
    simulated: reached('all-simulated'),
    tellTruth(call: TruthCall): Promise<void> {
      const done = reached('done');
      thread.postMessage(call);
      // Whoever waits learns of a failure; until then it must not count as unheard.
      done.catch(() => {});
      return done;
    },
    close: () => thread.terminate(),
  };
}
