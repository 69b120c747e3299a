import { Worker } from 'node:worker_threads';
import { CandlenetError, type ErrorCode, type ProgressSink } from '../util/index.js';

export interface ThreadHooks {
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/** How a thread ends: well, or with what went wrong. */
export type ThreadMessage =
  | { readonly kind: 'done' }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string };

export interface ThreadWork {
  /** Said in errors. */
  readonly what: string;
  /** The built worker module. */
  readonly module: URL;
  /** One thread each. */
  readonly jobs: readonly unknown[];
}

/**
 * Runs a worker module once a job, all together, until each has sent `done`. Other messages go to `onMessage`.
 * @throws what a thread has sent as its error; INTERRUPTED; RUNTIME_FAILED when a thread dies
 */
export async function onThreads<M extends { readonly kind: string }>(
  { what, module, jobs }: ThreadWork,
  onMessage: (message: Exclude<M, ThreadMessage>) => void,
  { signal }: ThreadHooks,
): Promise<void> {
  const stopped = () => new CandlenetError('INTERRUPTED', `stopped while ${what}`);
  if (signal?.aborted) throw stopped();
  const threads = jobs.map((workerData) => new Worker(module, { workerData }));
  let onAbort: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      onAbort = () => reject(stopped());
      signal?.addEventListener('abort', onAbort, { once: true });
      const ended = new Set<Worker>();
      const failed = (reason: string) => reject(new CandlenetError('RUNTIME_FAILED', `${what}: ${reason}`));
      for (const thread of threads) {
        thread.on('error', (error) => failed(String(error)));
        thread.on('exit', (code) => {
          if (!ended.has(thread)) failed(`a thread ended with status ${code}`);
        });
        thread.on('message', (message: M | ThreadMessage) => {
          if (message.kind === 'done') {
            if (ended.add(thread).size === threads.length) resolve();
          } else if (message.kind === 'error') {
            const { code, message: text } = message as Extract<ThreadMessage, { kind: 'error' }>;
            reject(new CandlenetError(code, text));
          } else onMessage(message as Exclude<M, ThreadMessage>);
        });
      }
    });
  } finally {
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
