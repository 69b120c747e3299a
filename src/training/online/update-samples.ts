import { CandlenetError, concatenate, type Rng } from '../../util/index.js';
import type { SampleSet } from '../types.js';

/** Several sets one after the other. `targets` and `maxShift` are there where all of them have them. */
export function joinSampleSets(sets: readonly SampleSet[]): SampleSet {
  const targets = sets.flatMap((set) => (set.targets ? [set.targets] : []));
  const shifts = sets.flatMap(({ maxShift }) => (maxShift ? [maxShift] : []));
  return {
    rows: concatenate(
      Int32Array,
      sets.map(({ rows }) => rows),
    ),
    classes: concatenate(
      Uint8Array,
      sets.map(({ classes }) => classes),
    ),
    ...(targets.length === sets.length && { targets: concatenate(Float32Array, targets) }),
    ...(shifts.length === sets.length && { maxShift: concatenate(Uint8Array, shifts) }),
  };
}

/** The samples at the given places of a set. */
export function takeSamples({ rows, classes, targets, maxShift }: SampleSet, places: Int32Array): SampleSet {
  return {
    rows: Int32Array.from(places, (i) => rows[i]),
    classes: Uint8Array.from(places, (i) => classes[i]),
    ...(targets && { targets: Float32Array.from(places, (i) => targets[i]) }),
    ...(maxShift && { maxShift: Uint8Array.from(places, (i) => maxShift[i]) }),
  };
}

/**
 * Samples of an update: those that arrived, and beside them a draw without replacement from what was learnt before, which
 * keeps the network from forgetting it (experience replay; Robins 1995, Rolnick et al. 2019). As many are drawn as make up
 * `replayShare` of the update, or all there are.
 * @throws ARGUMENT_INVALID for a share outside [0, 1)
 */
export function withReplay(arrived: SampleSet, earlier: SampleSet, replayShare: number, rng: Rng): SampleSet {
  if (!(replayShare >= 0 && replayShare < 1)) {
    throw new CandlenetError('ARGUMENT_INVALID', `replayShare: found ${replayShare}, expected a number in [0, 1)`);
  }
  const total = earlier.rows.length;
  const wanted = Math.round((arrived.rows.length * replayShare) / (1 - replayShare));
  return joinSampleSets([arrived, takeSamples(earlier, drawWithout(total, Math.min(total, wanted), rng))]);
}

/** `count` of `total` places without replacement, ascending: the first steps of Fisher and Yates' shuffle. */
function drawWithout(total: number, count: number, rng: Rng): Int32Array {
  const places = Int32Array.from({ length: total }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + rng.int(total - i);
    [places[i], places[j]] = [places[j], places[i]];
  }
  return places.slice(0, count).sort();
}
