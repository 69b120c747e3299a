import { fitScaler, type Panel, rowsWithin, selectColumns } from '../../features/index.js';
import type { Prepared } from '../pipeline/prepare.js';
import type { Boundary, Fit } from './provenance.js';

/** The last samples of training and validation, as they really are, against the period that follows. */
export function boundariesOf({ data, fold, labels, bars }: Prepared): Boundary[] {
  const days = bars.dates.length;
  const lastSample = (rows: Int32Array) => rows.reduce((last, row) => Math.max(last, row % days), -1);
  const reach = labels.reachDays;
  return [
    { name: 'train', lastSample: lastSample(data.train.rows), nextFirst: fold.validate.first, reach },
    { name: 'validate', lastSample: lastSample(data.validation.rows), nextFirst: fold.test[0].first, reach },
  ];
}

/** Fits the scaler again on the training rows, and where it differs looks for the rows that give it. */
export function scalerFit({ scaler, bars, fold, universe }: Prepared, raw: Panel): Fit {
  const selected = selectColumns(raw, [...scaler.columns]);
  const { dates } = bars;
  const training = [dates[fold.train[0].first], dates[fold.train[0].last]] as const;
  const candidates: (readonly [number, number])[] = [
    training,
    [training[0], dates[fold.validate.first - 1]],
    [training[0], dates[fold.validate.last]],
    [training[0], dates[fold.test[0].first - 1]],
    [training[0], dates[fold.test[0].last]],
    [dates[0], dates[dates.length - 1]],
  ];
  const same = ([from, to]: readonly [number, number]) => {
    const again = fitScaler(selected, rowsWithin(selected, universe, { from, to }));
    const equal = (a: readonly number[], b: readonly number[]) => a.every((value, k) => Object.is(value, b[k]));
    return equal(again.mean, scaler.mean) && equal(again.std, scaler.std);
  };
  return { name: 'scaler', fitted: candidates.find(same) ?? null, training };
}
