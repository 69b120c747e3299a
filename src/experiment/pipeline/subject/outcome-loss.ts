import { CLASS_NAMES } from '../../../features/index.js';
import { classificationLoss, regressionLoss } from '../../../training/index.js';
import { invariant } from '../../../util/index.js';
import { regressionLossOf } from '../../config/label-section.js';
import type { ExperimentConfig } from '../../config/schema.js';
import type { Prepared } from '../prepare.js';

/** How far outputs of a network are from what came of the test rows. */
export interface OutcomeLoss {
  /** Whether an outcome of the test row at a place is known to anyone. */
  known(place: number): boolean;
  /**
   * Mean loss at some places of the test rows: cross-entropy in nats, or of a label that is a number the training's own loss,
   * in the units of its standardised targets. NaN for none.
   * @param outputs [test rows × classes], or [test rows] of a number
   */
  mean(outputs: Float32Array, places: readonly number[]): number;
}

type Judged = Pick<Prepared, 'testRows' | 'labels' | 'target'>;

/** The loss that members are weighed by and updates judged by. */
export function outcomeLoss(
  { testRows, labels, target }: Judged,
  { label, training }: Pick<ExperimentConfig, 'label' | 'training'>,
): OutcomeLoss {
  const kind = regressionLossOf(label, training.loss);
  if (target !== null) {
    const { target: numbers } = labels;
    invariant(kind !== undefined && numbers !== undefined, 'a label that is a number has targets and a loss');
    const of = (place: number) => (numbers[testRows[place]] - target.mean) / target.std;
    return {
      known: (place) => !Number.isNaN(numbers[testRows[place]]),
      mean: (outputs, places) =>
        regressionLoss(
          Float32Array.from(places, (i) => outputs[i]),
          Float32Array.from(places, of),
          kind,
        ),
    };
  }
  const outputOf = CLASS_NAMES.map((name) => labels.classNames.indexOf(name));
  const right = (place: number) => outputOf[labels.classes[testRows[place]]] ?? -1;
  const classes = labels.classNames.length;
  return {
    known: (place) => right(place) >= 0,
    mean(outputs, places) {
      const part = new Float32Array(places.length * classes);
      for (const [j, i] of places.entries()) part.set(outputs.subarray(i * classes, (i + 1) * classes), j * classes);
      return classificationLoss(part, Uint8Array.from(places, right), classes).loss;
    },
  };
}
