import * as ort from 'onnxruntime-node';
import type { ModelMetadata } from '../onnx/index.js';
import { createRng } from '../util/index.js';
import type { Design } from './design.js';
import type { SummarisedWindows } from './samples.js';

/** Rows of numbers as a design. */
export function designOf(numbers: readonly number[], width: number): Design {
  const values = new Float32Array(new SharedArrayBuffer(numbers.length * 4));
  values.set(numbers);
  return { values, stride: width, width, rows: Int32Array.from({ length: numbers.length / width }, (_, i) => i) };
}

/** Some of the samples of a design. */
export const part = (design: Design, from: number, to?: number): Design => ({
  ...design,
  rows: design.rows.slice(from, to),
});

export const argmax = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
};

/** Share of samples whose likeliest class is theirs. */
export function accuracyOf(probabilities: Float32Array, labels: ArrayLike<number>): number {
  const classes = probabilities.length / labels.length;
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    if (argmax(probabilities.subarray(i * classes, (i + 1) * classes)) === labels[i]) right++;
  }
  return right / labels.length;
}

/** Mean cross-entropy in nats. */
export function logLossOf(probabilities: Float32Array, labels: ArrayLike<number>): number {
  const classes = probabilities.length / labels.length;
  let loss = 0;
  for (let i = 0; i < labels.length; i++) loss -= Math.log(Math.max(probabilities[i * classes + labels[i]], 1e-15));
  return loss / labels.length;
}

/** A panel of drifting noise, windows of it, and classes that the windows' means and slopes decide with some noise. */
export function windowsFixture(classes: number, samples = 300): { source: SummarisedWindows; labels: Uint8Array } {
  const [features, window] = [5, 6];
  const rng = createRng(4, 'windows');
  const values = new Float32Array(new SharedArrayBuffer((samples + window) * features * 4));
  for (let i = 0; i < values.length; i++) values[i] = 0.7 * (values[i - features] ?? 0) + rng.normal();
  const rows = Int32Array.from({ length: samples }, (_, i) => i + window - 1);
  const labels = Uint8Array.from(rows, (row) => {
    const score = values[row * features] + values[row * features + 1] * values[(row - 3) * features] + rng.normal();
    if (classes === 2) return score > 0 ? 0 : 1;
    return score > 0.6 ? 0 : score < -0.6 ? 2 : 1;
  });
  return { source: { values, features, window, rows }, labels };
}

export const metadataFor = ({ window, features }: SummarisedWindows, classes: number): ModelMetadata => ({
  modelName: 'a-baseline',
  window,
  features: Array.from({ length: features }, (_, f) => `feature ${f}`),
  classes: classes === 2 ? ['buy', 'sell'] : ['buy', 'hold', 'sell'],
  scaler: { mean: new Array(features).fill(0), std: new Array(features).fill(1), clip: null },
});

/** What ONNX Runtime makes of a model for the windows, [rows × classes]. */
export async function runOnnx(model: Uint8Array, source: SummarisedWindows): Promise<Float32Array> {
  const { values, features, window, rows } = source;
  const x = new Float32Array(rows.length * window * features);
  rows.forEach((row, i) => {
    x.set(values.subarray((row - window + 1) * features, (row + 1) * features), i * window * features);
  });
  const session = await ort.InferenceSession.create(model, { logSeverityLevel: 3 });
  try {
    const [output] = session.outputNames;
    const found = await session.run({ x: new ort.Tensor('float32', x, [rows.length, window, features]) });
    return found[output].data as Float32Array;
  } finally {
    await session.release();
  }
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
