import { CLASS_NAMES } from '../../../features/index.js';
import {
  averageForecasts,
  classificationLoss,
  type FoldRange,
  memberWeights,
  type SessionLosses,
} from '../../../training/index.js';
import type { ExperimentConfig } from '../../config/schema.js';
import type { Prepared } from '../prepare.js';
import { weightsByRow } from './forecaster.js';

/** The output of a network that is right on a panel row; −1 where no label is known. */
export function rightOutput({ labels }: Pick<Prepared, 'labels'>): (row: number) => number {
  const outputOf = CLASS_NAMES.map((name) => labels.classNames.indexOf(name));
  return (row) => outputOf[labels.classes[row]] ?? -1;
}

/**
 * The members' weights on each session of each tested range. What `rolling` weighs by is what each member forecast there
 * itself, and only outcomes known by the session's open.
 * @param outputs of each member on the test rows, [test rows × classes]
 * @param validationLosses of each member, nats
 * @returns [ranges][sessions][members]
 */
function weighMembers(
  prepared: Prepared,
  ensemble: ExperimentConfig['ensemble'],
  outputs: readonly Float32Array[],
  validationLosses: readonly number[],
): { readonly test: FoldRange; readonly weights: readonly Float64Array[] }[] {
  const { fold, labels } = prepared;
  return fold.test.map((test) => {
    const sessions = test.last - test.first + 1;
    if (ensemble === null) return { test, weights: Array.from({ length: sessions }, () => Float64Array.of(1)) };
    const losses = lossesBySession(prepared, outputs, test);
    return { test, weights: memberWeights(validationLosses, losses, labels.reachDays, ensemble) };
  });
}

/** Mean cross-entropy of each member on the labelled forecasts of each session. */
function lossesBySession(prepared: Prepared, outputs: readonly Float32Array[], test: FoldRange): SessionLosses[] {
  const { testRows, bars, data } = prepared;
  const { classes } = data;
  const days = bars.dates.length;
  const right = rightOutput(prepared);
  const places: number[][] = Array.from({ length: test.last - test.first + 1 }, () => []);
  for (const [i, row] of testRows.entries()) {
    const session = row % days;
    if (session >= test.first && session <= test.last && right(row) >= 0) places[session - test.first].push(i);
  }
  return places.map((own) => {
    if (own.length === 0) return null;
    const truth = Uint8Array.from(own, (i) => right(testRows[i]));
    return Float64Array.from(outputs, (output) => {
      const part = new Float32Array(own.length * classes);
      for (const [j, i] of own.entries()) part.set(output.subarray(i * classes, (i + 1) * classes), j * classes);
      return classificationLoss(part, truth, classes).loss;
    });
  });
}

export interface Combined {
  /** [sessions][members] of each tested range. */
  readonly ranges: readonly { readonly test: FoldRange; readonly weights: readonly Float64Array[] }[];
  /** [test rows × classes] */
  readonly probabilities: Float32Array;
}

/** The members' outputs on the test rows with weights that follow from them, averaged. */
export function combineMembers(
  prepared: Prepared,
  ensemble: ExperimentConfig['ensemble'],
  outputs: readonly Float32Array[],
  validationLosses: readonly number[],
): Combined {
  const ranges = weighMembers(prepared, ensemble, outputs, validationLosses);
  if (outputs.length === 1) return { ranges, probabilities: outputs[0] };
  const { testRows, bars, data } = prepared;
  const weights = weightsByRow(ranges, testRows, bars.dates.length);
  return { ranges, probabilities: averageForecasts(outputs, data.classes, weights) };
}
