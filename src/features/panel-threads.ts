import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type BarMatrix, shareBars } from '../market/index.js';
import { builtUrl, CandlenetError, silentProgress } from '../util/index.js';
import { type AnyFamily, isMarketFamily } from './feature-family.js';
import { DEFAULT_FEATURE_SET, selectFamilies } from './feature-set.js';
import { emptyPanel, fillMarketColumn, fillSymbol, placeColumns } from './fill-panel.js';
import { buildPanel, DEFAULT_RULEBOOK, type PanelOptions } from './panel.js';
import type { PanelJob, PanelMessage } from './panel-job.js';
import { offerOf } from './panel-sources.js';
import type { Panel } from './types.js';

export interface PanelThreadOptions extends PanelOptions {
  /** Threads beside this one. Default: as many as the machine has cores, none for a small panel. The bits are the same with any number. */
  readonly workers?: number;
  /** Where `workers` is left out: no more than so many, and none where it is 1, so that one core is kept busy. */
  readonly atMost?: number;
}

/** Values of a panel that one thread fills in a second or two. */
const SMALL_PANEL = 10_000_000;

/**
 * The panel of `buildPanel`, to the bit, with the columns of single instruments computed on worker threads while this thread
 * computes those across instruments. Bars on shared memory, as a store reads them, are not copied.
 * @throws what `buildPanel` throws; RUNTIME_FAILED when a thread ends early
 */
export async function buildPanelOnThreads(given: BarMatrix, options: PanelThreadOptions = {}): Promise<Panel> {
  const { tables = {}, universe = null, rulebook = DEFAULT_RULEBOOK, families: own = [] } = options;
  const featureSet = options.featureSet ?? DEFAULT_FEATURE_SET;
  const offer = offerOf(given, tables);
  const { families, wanted } = selectFamilies(featureSet, offer, own);
  const columns = families.flatMap((family) => family.columns.filter(wanted));
  const symbols = given.symbols.length;
  const workers = options.workers ?? threadsFor(symbols * given.dates.length * columns.length, options.atMost);
  // Families of the caller's own are functions, which do not travel; factor expressions are made again from their text.
  const recipeOf = (family: AnyFamily) => (isMarketFamily(family) ? undefined : family.recipe);
  const travels = (family: AnyFamily) => !own.includes(family) || recipeOf(family) !== undefined;
  const shareable = families.some((family) => !isMarketFamily(family) && travels(family));
  if (workers === 0 || !shareable) return buildPanel(given, options);

  const bars = shareBars(given);
  const panel = emptyPanel(bars, columns);
  const placed = placeColumns(families, wanted);
  const { values, complete } = panel;
  const next = new Int32Array(new SharedArrayBuffer(4));
  const made = placed.flatMap(({ family, slots }) => {
    const recipe = own.includes(family) ? recipeOf(family) : undefined;
    return recipe === undefined ? [] : [{ recipe, slots }];
  });
  const builtIn = families.some((family) => !own.includes(family));
  const job: PanelJob = { bars, featureSet, offer, columns, values, complete, next, builtIn, own: made };
  const task = (options.progress ?? silentProgress).start('Computing features', symbols, 'stocks');
  let done = 0;
  const filled = (count: number) => {
    done += count;
    task.update(done);
  };
  const threads = Promise.all(Array.from({ length: workers }, () => fillOnThread(job, filled)));
  threads.catch(() => {});
  try {
    for (const { family, slots } of placed) {
      // Reports and failures of the threads come in between.
      await new Promise((resolve) => setImmediate(resolve));
      if (isMarketFamily(family)) {
        if (slots[0] === null) continue;
        fillMarketColumn(panel, slots[0], family.computeMarket({ ...tables, bars, universe, rulebook }));
      } else if (!travels(family)) {
        for (let s = 0; s < symbols; s++) fillSymbol(panel, bars, s, [{ family, slots }]);
      }
    }
    await threads;
  } catch (error) {
    // The threads find no stock left.
    Atomics.store(next, 0, symbols);
    await threads.catch(() => {});
    throw error;
  } finally {
    task.end();
  }
  return panel;
}

function threadsFor(values: number, atMost = Number.POSITIVE_INFINITY): number {
  return values < SMALL_PANEL || atMost < 2 ? 0 : Math.min(atMost, availableParallelism());
}

async function fillOnThread(job: PanelJob, filled: (count: number) => void): Promise<void> {
  const thread = new Worker(builtUrl(import.meta.url, './panel-worker.js'), { workerData: job });
  try {
    await new Promise<void>((resolve, reject) => {
      const failed = (reason: string) => reject(new CandlenetError('RUNTIME_FAILED', `features: ${reason}`));
      thread.on('error', (error) => failed(String(error)));
      thread.on('exit', (code) => failed(`a thread ended with status ${code}`));
      thread.on('message', (message: PanelMessage) => {
        if (message.kind === 'done') resolve();
        else if (message.kind === 'filled') filled(message.count);
        else failed(message.message);
      });
    });
  } catch (error) {
    Atomics.store(job.next, 0, job.bars.symbols.length);
    throw error;
  } finally {
    await thread.terminate();
  }
}
