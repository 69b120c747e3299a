import { choleskyInPlace, choleskySolve } from '../../stats/index.js';

/**
 * What each candidate's mean over all parts (folds) is expected to be, where some were stopped before the last part. Parts
 * differ in difficulty alike for all: value = candidate + part, fitted by least squares on what was evaluated, so that a candidate
 * stopped after an easy part is not taken for a good one (two-way classification without interaction; Scheffé 1959, chapter 4).
 * @param scores of each candidate, by part; shorter for one that was stopped
 * @returns NaN for a candidate without a finite score
 */
export function expectedMeans(scores: readonly (readonly number[])[]): number[] {
  const known = scores.map((row) => (row.length > 0 && row.every(Number.isFinite) ? row : []));
  const parts = Math.max(0, ...known.map((row) => row.length));
  const effects = partEffects(known, parts);
  const level = effects.reduce((sum, effect) => sum + effect, 0) / parts;
  return known.map((row) => {
    if (row.length === 0) return Number.NaN;
    return row.reduce((sum, value, part) => sum + value - effects[part], 0) / row.length + level;
  });
}

/** Effects of the parts with the candidates' swept out, the first at 0 (the reduced normal equations). */
function partEffects(rows: readonly (readonly number[])[], parts: number): Float64Array {
  const n = Math.max(0, parts - 1);
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (const row of rows) {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    for (let p = 1; p < row.length; p++) {
      right[p - 1] += row[p] - mean;
      normal[(p - 1) * n + p - 1] += 1;
      for (let q = 1; q < row.length; q++) normal[(p - 1) * n + q - 1] -= 1 / row.length;
    }
  }
  choleskyInPlace(normal, n);
  choleskySolve(normal, n, right);
  return Float64Array.of(0, ...right);
}
