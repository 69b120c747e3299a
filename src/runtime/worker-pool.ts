import './no-telemetry.js';
import { Worker } from 'node:worker_threads';
import { builtUrl, CandlenetError } from '../util/index.js';
import type { TaskAnswer, TaskName, Tasks } from './workers/protocol.js';

/**
 * Worker threads, each with its own ONNX Runtime sessions. The main thread stays free: it posts tasks and awaits
 * answers. When one worker fails every open task fails with it, and the pool is of no more use.
 */
export interface WorkerPool {
  readonly size: number;
  /** One task on every worker; `request` builds each worker's. @throws RUNTIME_FAILED */
  all<N extends TaskName>(name: N, request: (worker: number) => Tasks[N]['request']): Promise<Tasks[N]['reply'][]>;
  /** Ends the threads, whatever they are doing. */
  close(): Promise<void>;
}

interface OpenTask {
  resolve(reply: Tasks[TaskName]['reply']): void;
  reject(error: Error): void;
}

export function startWorkerPool(size: number): WorkerPool {
  if (!Number.isInteger(size) || size < 1) {
    throw new CandlenetError('CONFIG_INVALID', `workers: found ${size}, expected a whole number of at least 1`);
  }
  const open = new Map<number, OpenTask>();
  let nextId = 0;
  let failure: CandlenetError | null = null;

  function fail(error: CandlenetError): void {
    failure ??= error;
    for (const task of open.values()) task.reject(failure);
    open.clear();
  }

  const threads = Array.from({ length: size }, (_, index) => {
    const thread = new Worker(builtUrl(import.meta.url, './workers/worker.js'));
    thread.on('message', (answer: TaskAnswer) => {
      const task = open.get(answer.id);
      open.delete(answer.id);
      if ('error' in answer) {
        const error = new CandlenetError(answer.error.code, answer.error.message);
        task?.reject(error);
        fail(error);
      } else task?.resolve(answer.reply);
    });
    thread.on('error', (error) => {
      fail(new CandlenetError('RUNTIME_FAILED', `worker ${index}: ${String(error)}`, { cause: error }));
    });
    thread.on('exit', (code) => {
      fail(new CandlenetError('RUNTIME_FAILED', `worker ${index} ended with status ${code}`));
    });
    return thread;
  });

  function post<N extends TaskName>(thread: Worker, name: N, request: Tasks[N]['request']): Promise<Tasks[N]['reply']> {
    if (failure) return Promise.reject(failure);
    const id = nextId++;
    return new Promise((resolve, reject) => {
      open.set(id, { resolve, reject });
      thread.postMessage({ id, name, request });
    });
  }

  return {
    size,
    all: (name, request) => Promise.all(threads.map((thread, worker) => post(thread, name, request(worker)))),
    async close() {
      failure ??= new CandlenetError('RUNTIME_FAILED', 'the worker pool is closed');
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
