import { invariant, lowerBound } from '../util/index.js';

/**
 * Where each value stands in the section of its day, 0 (below all) … 1 (above all): the share of the section's values below
 * it, those equal to it counted half. A value of an instrument outside the section is placed against it all the same, for the
 * days before it joined the index belong to its first windows. NaN where the value is missing, or the section empty.
 * @param values [S × D], NaN where missing
 * @param section [S × D], 1 where the instrument belongs to the section; null is every instrument
 * @returns [S × D]
 */
export function rankAcrossSection(
  values: Float32Array | Float64Array,
  section: Uint8Array | null,
  days: number,
): Float32Array {
  const cells = values.length;
  invariant(section === null || section.length === cells, 'rankAcrossSection: the section has another shape');
  const symbols = cells / days;
  const out = new Float32Array(cells).fill(Number.NaN);
  const members = new Float64Array(symbols);
  for (let t = 0; t < days; t++) {
    if (t > 0 && sameAsBefore(values, section, days, t)) {
      for (let cell = t; cell < cells; cell += days) out[cell] = out[cell - 1];
      continue;
    }
    let count = 0;
    for (let cell = t; cell < cells; cell += days) {
      if ((section === null || section[cell] === 1) && !Number.isNaN(values[cell])) members[count++] = values[cell];
    }
    if (count === 0) continue;
    const sorted = members.subarray(0, count).sort();
    for (let cell = t; cell < cells; cell += days) {
      const value = values[cell];
      if (!Number.isNaN(value)) out[cell] = (lowerBound(sorted, value) + valuesUpTo(sorted, value)) / (2 * count);
    }
  }
  return out;
}

/** Facts change on few days: on the others the section stands as it stood. */
function sameAsBefore(
  values: Float32Array | Float64Array,
  section: Uint8Array | null,
  days: number,
  t: number,
): boolean {
  for (let cell = t; cell < values.length; cell += days) {
    if (!Object.is(values[cell], values[cell - 1])) return false;
    if (section !== null && section[cell] !== section[cell - 1]) return false;
  }
  return true;
}

function valuesUpTo(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
