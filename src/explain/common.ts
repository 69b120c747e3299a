import { computing, type Outputs } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';

/** Of the given weights those that the outputs are computed from: attention does not need what comes after it. */
export function weightsOf<V>(outputs: Outputs, weights: Readonly<Record<string, V>>): Record<string, V> {
  const read = computing(Object.values(outputs)).flatMap(({ op, attributes }) =>
    op === 'input' ? [attributes.name] : [],
  );
  return Object.fromEntries(read.filter((name) => Object.hasOwn(weights, name)).map((name) => [name, weights[name]]));
}

/** The number of samples in flat windows of `size` numbers each. @throws ARGUMENT_INVALID unless there are one or more, whole */
export function checkWindows(windows: ArrayLike<number>, size: number): number {
  const samples = windows.length / size;
  if (Number.isInteger(samples) && samples > 0) return samples;
  throw new CandlenetError(
    'ARGUMENT_INVALID',
    `windows: found ${windows.length} numbers, expected a multiple of ${size}, the window times the features`,
  );
}

/** Lets signals have their turn in the middle of long work on this thread. @throws INTERRUPTED */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resume) => setImmediate(resume));
  if (signal?.aborted) throw new CandlenetError('INTERRUPTED', 'stopped while explaining');
}
