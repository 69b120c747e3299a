import { Control, Pass, RowWorker, type SharedRows } from './shared-rows.js';

/** Looks this often before sleeping: a pass over few samples is shorter than a wake-up. */
const SPINS = 2_000;

/** Sleeps while a control has a value. */
function waitWhile(control: Int32Array, index: number, value: number): void {
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(control, index) !== value) return;
  while (Atomics.load(control, index) === value) Atomics.wait(control, index, value);
}

/** Takes chunks of the pass under way until there are none; which pass that is, is only known once a chunk is taken. */
function takeChunks({ control, places }: SharedRows, worker: RowWorker): void {
  for (;;) {
    const chunk = Atomics.add(control, Control.NEXT, 1);
    if (chunk >= places.chunks) return;
    worker.work(Atomics.load(control, Control.PASS) as Pass, chunk);
    Atomics.add(control, Control.DONE, 1);
    Atomics.notify(control, Control.DONE);
  }
}

/** Helps the leader until it ends the fit. @param thread above 0, the leader's */
export function helpWithRows(rows: SharedRows, thread: number): void {
  const { control } = rows;
  const worker = new RowWorker(rows, thread);
  for (let round = 0; Atomics.load(control, Control.PASS) !== Pass.END; round = Atomics.load(control, Control.ROUND)) {
    takeChunks(rows, worker);
    waitWhile(control, Control.ROUND, round);
  }
}

/**
 * Leads passes over the samples. A helper that comes late finds nothing to do and holds nobody up; a helper that never comes, as on
 * one thread, is not missed.
 */
export class RowLeader {
  readonly #rows: SharedRows;
  readonly #worker: RowWorker;

  constructor(rows: SharedRows) {
    this.#rows = rows;
    this.#worker = new RowWorker(rows, 0);
  }

  /** Sums of all samples, added chunk by chunk in their order. */
  run(pass: Pass, length: number): Float64Array {
    const { control, memory, places } = this.#rows;
    const { chunks, sums, sumsBytes } = places;
    Atomics.store(control, Control.PASS, pass);
    Atomics.store(control, Control.DONE, 0);
    Atomics.store(control, Control.NEXT, 0);
    this.#wake();
    takeChunks(this.#rows, this.#worker);
    for (let done = 0; done < chunks; done = Atomics.load(control, Control.DONE)) {
      waitWhile(control, Control.DONE, done);
    }
    const total = new Float64Array(length);
    for (let chunk = 0; chunk < chunks; chunk++) {
      const of = new Float64Array(memory.buffer, sums + chunk * sumsBytes, length);
      for (let i = 0; i < length; i++) total[i] += of[i];
    }
    return total;
  }

  /** Lets the helpers go. */
  end(): void {
    Atomics.store(this.#rows.control, Control.PASS, Pass.END);
    this.#wake();
  }

  #wake(): void {
    Atomics.add(this.#rows.control, Control.ROUND, 1);
    Atomics.notify(this.#rows.control, Control.ROUND);
  }
}
