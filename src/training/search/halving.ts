import { CandlenetError } from '../../util/index.js';

/**
 * After how many parts of its evaluation (folds) a candidate must have proved itself: 1, η, η² … of `parts`.
 * @throws CONFIG_INVALID unless η is above 1
 */
export function rungsOf(parts: number, eta: number): number[] {
  if (!(eta > 1)) throw new CandlenetError('CONFIG_INVALID', `tune.eta: found ${eta}, expected a number above 1`);
  const rungs: number[] = [];
  for (let size = 1; size < parts; size *= eta) {
    const rung = Math.round(size);
    if (rung !== rungs.at(-1) && rung < parts) rungs.push(rung);
  }
  return rungs;
}

/**
 * Whether a candidate goes on past a rung: where it is among the best 1/η of all that have reached it (asynchronous
 * successive halving with stopping; Jamieson & Talwalkar 2016, Li et al. 2020). The first to arrive goes on.
 * @param values of all candidates at the rung, this one included; to be minimised, NaN counts as worst
 */
export function goesOn(value: number, values: readonly number[], eta: number): boolean {
  if (Number.isNaN(value)) return false;
  const better = values.filter((other) => other < value).length;
  return better < Math.max(1, Math.floor(values.length / eta));
}
