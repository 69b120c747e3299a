import { Worker } from 'node:worker_threads';
import { builtUrl, CandlenetError, type ErrorCode } from '../../util/index.js';
import type { BoostedTreeOptions, BoostingData } from './boosted-tree.js';
import type { Tree } from './ensemble.js';

export interface BoostingJob {
  readonly data: BoostingData;
  readonly options: BoostedTreeOptions;
}

export interface TreeRequest {
  readonly output: number;
  readonly iteration: number;
}

export type TreeAnswer =
  | { readonly kind: 'tree'; readonly output: number; readonly tree: Tree }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string };

/** Threads that grow the trees of an iteration, one for each output, side by side. */
export interface BoostingCrew {
  /** The trees of all outputs. Their gradients must lie in the shared memory; their scores do after it. */
  growAll(iteration: number): Promise<Tree[]>;
  close(): Promise<void>;
}

/** @param outputs trees of an iteration; more threads than that find nothing to do */
export function startBoostingCrew(
  job: BoostingJob,
  outputs: number,
  workers: number,
  signal?: AbortSignal,
): BoostingCrew {
  const module = builtUrl(import.meta.url, './boosting-worker.js');
  const threads = Array.from(
    { length: Math.max(1, Math.min(workers, outputs)) },
    () => new Worker(module, { workerData: job }),
  );
  let fail: (error: CandlenetError) => void = () => {};
  let answered: (thread: Worker, output: number, tree: Tree) => void = () => {};
  const stopped = () => new CandlenetError('INTERRUPTED', 'stopped while boosting');
  const onAbort = () => fail(stopped());
  signal?.addEventListener('abort', onAbort, { once: true });
  for (const thread of threads) {
    const failed = (reason: string) => fail(new CandlenetError('RUNTIME_FAILED', `gradient boosting: ${reason}`));
    thread.on('error', (error) => failed(String(error)));
    thread.on('exit', (code) => failed(`a thread ended with status ${code}`));
    thread.on('message', (answer: TreeAnswer) => {
      if (answer.kind === 'tree') answered(thread, answer.output, answer.tree);
      else fail(new CandlenetError(answer.code, answer.message));
    });
  }
  return {
    growAll: (iteration) =>
      new Promise((resolve, reject) => {
        fail = reject;
        if (signal?.aborted) reject(stopped());
        const trees = new Array<Tree>(outputs);
        let asked = 0;
        let grown = 0;
        const ask = (thread: Worker) => {
          if (asked < outputs) thread.postMessage({ output: asked++, iteration } satisfies TreeRequest);
        };
        answered = (thread, output, tree) => {
          trees[output] = tree;
          if (++grown === outputs) resolve(trees);
          else ask(thread);
        };
        threads.forEach(ask);
      }),
    async close() {
      signal?.removeEventListener('abort', onAbort);
      fail = () => {};
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
