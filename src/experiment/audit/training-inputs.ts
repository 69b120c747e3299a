import { canonicalJson, sha256 } from '../../util/index.js';
import type { Prepared } from '../pipeline/prepare.js';

/**
 * SHA-256 of all that training reads: by symbol the samples of training and validation with their labels, and the inputs
 * up to the last of them. Instruments and days that no sample reaches do not enter.
 */
export function trainingInputs({ panel, data }: Prepared): string {
  const days = panel.dates.length;
  const { features, window, classes } = data;
  const parts: (string | ArrayBufferView)[] = [
    canonicalJson({ columns: panel.columns.map(({ name }) => name), window, classes }),
  ];
  const last = new Map<number, number>();
  for (const set of [data.train, data.validation]) {
    const samples = new Map<number, number[]>();
    for (const [i, row] of set.rows.entries()) {
      const s = Math.floor(row / days);
      const session = row % days;
      const known = samples.get(s) ?? [];
      known.push(session, set.targets ? set.targets[i] : set.classes[i], set.maxShift?.[i] ?? 0);
      samples.set(s, known);
      last.set(s, Math.max(last.get(s) ?? 0, session));
    }
    for (const s of [...samples.keys()].sort((a, b) => a - b)) {
      parts.push(panel.symbols[s], (data.train.targets ? Float64Array : Int32Array).from(samples.get(s)!));
    }
  }
  for (const [s, session] of [...last].sort(([a], [b]) => a - b)) {
    const first = s * days * features;
    parts.push(panel.values.subarray(first, first + (session + 1) * features));
  }
  return sha256(...parts);
}
