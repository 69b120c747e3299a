import { openSession, type Session, tensorOver } from '../session.js';
import type { InferenceSetup, PredictionJob } from './protocol.js';
import { gatherWindows } from './windows.js';

/** The names every inference model of candlenet uses: one output is a number, several are probabilities of classes. */
const INFERENCE_INPUT = 'x';
const outputName = (outputs: number) => (outputs === 1 ? 'forecast' : 'probabilities');

/** Indices into `PredictionJob.cursor`. */
export const Cursor = { NEXT: 0, STOP: 1 } as const;

export interface Predictor {
  readonly session: Session;
  predict(job: PredictionJob): Promise<void>;
}

/** One worker's part of a prediction: chunks of a fixed size, so that who computes a chunk does not matter. */
export async function openInference(setup: InferenceSetup): Promise<Predictor> {
  const { source, chunk, classes } = setup;
  const session = await openSession(setup.model, setup.provider);
  const x = new Float32Array(chunk * source.window * source.features);
  const probabilities = new Float32Array(chunk * classes);
  const rows = new Int32Array(chunk);

  function bind(count: number) {
    const input = x.subarray(0, count * source.window * source.features);
    const output = probabilities.subarray(0, count * classes);
    return {
      feeds: { [INFERENCE_INPUT]: tensorOver(input, [count, source.window, source.features]) },
      fetches: { [outputName(classes)]: tensorOver(output, [count, classes]) },
    };
  }
  const whole = bind(chunk);

  return {
    session,
    async predict({ rows: all, probabilities: out, cursor }) {
      while (Atomics.load(cursor, Cursor.STOP) === 0) {
        const first = Atomics.add(cursor, Cursor.NEXT, 1) * chunk;
        const count = Math.min(chunk, all.length - first);
        if (count <= 0) return;
        rows.set(all.subarray(first, first + count));
        gatherWindows(source, rows, count, x);
        const { feeds, fetches } = count === chunk ? whole : bind(count);
        await session.run(feeds, fetches);
        out.set(probabilities.subarray(0, count * classes), first * classes);
      }
    },
  };
}
