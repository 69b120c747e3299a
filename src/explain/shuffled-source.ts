import { type Rng, shuffle } from '../util/index.js';
import type { Section } from './sample-windows.js';

/**
 * Which sample each one takes a column from when the column is dealt anew among the samples of its own day: the day's
 * cross-section of the column stays as it is, and belongs to other stocks.
 */
export function shuffledWithin(sections: readonly Section[], rng: Rng): Int32Array {
  return Int32Array.from(
    sections.flatMap(({ start, end }) =>
      shuffle(
        Array.from({ length: end - start }, (_, i) => start + i),
        rng,
      ),
    ),
  );
}

/** The same for a column that all stocks of a day share: days are dealt anew, and each sample takes another day's. */
export function shuffledAcross(sections: readonly Section[], rng: Rng): Int32Array {
  const order = shuffle(
    sections.map((_, k) => k),
    rng,
  );
  return Int32Array.from(
    sections.flatMap(({ start, end }, k) => new Array<number>(end - start).fill(sections[order[k]].start)),
  );
}

/** Columns whose windows are the same for all samples of a day, on every day, such as macro series. */
export function sharedColumns(
  windows: Float32Array,
  sections: readonly Section[],
  { window, features }: { readonly window: number; readonly features: number },
): Uint8Array {
  const shared = new Uint8Array(features).fill(1);
  const size = window * features;
  for (let k = 0; k < features; k++) {
    for (const { start, end } of sections) {
      for (let i = start + 1; i < end && shared[k] === 1; i++) {
        for (let at = k; at < size; at += features) {
          if (windows[i * size + at] === windows[start * size + at]) continue;
          shared[k] = 0;
          break;
        }
      }
      if (shared[k] === 0) break;
    }
  }
  return shared;
}
