import { averageForecasts, type FoldRange, memberWeights, type SessionLosses } from '../../../training/index.js';
import type { ExperimentConfig } from '../../config/schema.js';
import type { Prepared } from '../prepare.js';
import { weightsByRow } from './forecaster.js';
import { outcomeLoss } from './outcome-loss.js';

/**
 * The members' weights on each session of each tested range. What `rolling` weighs by is what each member forecast there
 * itself, and only outcomes known by the session's open.
 * @param outputs of each member on the test rows, [test rows × classes]
 * @param validationLosses of each member, as its training has them
 * @returns [ranges][sessions][members]
 */
function weighMembers(
  prepared: Prepared,
  config: ExperimentConfig,
  outputs: readonly Float32Array[],
  validationLosses: readonly number[],
): { readonly test: FoldRange; readonly weights: readonly Float64Array[] }[] {
  const { fold, labels } = prepared;
  const { ensemble } = config;
  return fold.test.map((test) => {
    const sessions = test.last - test.first + 1;
    if (ensemble === null) return { test, weights: Array.from({ length: sessions }, () => Float64Array.of(1)) };
    const losses = lossesBySession(prepared, config, outputs, test);
    return { test, weights: memberWeights(validationLosses, losses, labels.reachDays, ensemble) };
  });
}

/** Mean loss of each member on the labelled forecasts of each session. */
function lossesBySession(
  prepared: Prepared,
  config: ExperimentConfig,
  outputs: readonly Float32Array[],
  test: FoldRange,
): SessionLosses[] {
  const { testRows, bars } = prepared;
  const days = bars.dates.length;
  const loss = outcomeLoss(prepared, config);
  const places: number[][] = Array.from({ length: test.last - test.first + 1 }, () => []);
  for (const [i, row] of testRows.entries()) {
    const session = row % days;
    if (session >= test.first && session <= test.last && loss.known(i)) places[session - test.first].push(i);
  }
  return places.map((own) =>
    own.length === 0 ? null : Float64Array.from(outputs, (output) => loss.mean(output, own)),
  );
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
  config: ExperimentConfig,
  outputs: readonly Float32Array[],
  validationLosses: readonly number[],
): Combined {
  const ranges = weighMembers(prepared, config, outputs, validationLosses);
  if (outputs.length === 1) return { ranges, probabilities: outputs[0] };
  const { testRows, bars, data } = prepared;
  const weights = weightsByRow(ranges, testRows, bars.dates.length);
  return { ranges, probabilities: averageForecasts(outputs, data.classes, weights) };
}
