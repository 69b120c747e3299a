import { CandlenetError, type Day, formatDay } from '../util/index.js';
import type { TargetWeights } from './types.js';

/** Rounding allowed in a sum of weights. */
const SUM_SLACK = 1e-9;

/** Target weights by symbol index; `named` keeps the policy's order, which is the priority of the purchases. */
export interface Target {
  readonly signalDate: Day;
  readonly named: readonly number[];
  /** [symbols]; 0 where not named. */
  readonly weights: Float64Array;
  /** Symbol → why its order is given. */
  readonly reasons?: ReadonlyMap<string, string>;
}

/** @throws WEIGHTS_INVALID unless the weights are a portfolio of known symbols signalled on `date` */
export function parseTarget(target: TargetWeights, date: Day, indexOf: ReadonlyMap<string, number>): Target {
  const where = `target weights of ${formatDay(date)}`;
  if (target.signalDate !== date) {
    const found = formatDay(target.signalDate);
    throw new CandlenetError('WEIGHTS_INVALID', `${where}: found signal date ${found}, expected that of the session`);
  }
  const weights = new Float64Array(indexOf.size);
  const named: number[] = [];
  let sum = 0;
  for (const [symbol, weight] of target.weights) {
    const s = indexOf.get(symbol);
    if (s === undefined) {
      throw new CandlenetError('WEIGHTS_INVALID', `${where}: found "${symbol}", expected a symbol of the bars`);
    }
    if (!Number.isFinite(weight) || weight < 0) {
      throw new CandlenetError('WEIGHTS_INVALID', `${where}, ${symbol}: found ${weight}, expected a weight ≥ 0`);
    }
    weights[s] = weight;
    named.push(s);
    sum += weight;
  }
  if (sum > 1 + SUM_SLACK) {
    throw new CandlenetError('WEIGHTS_INVALID', `${where}: found a sum of ${sum}, expected at most 1`);
  }
  return { signalDate: date, named, weights, ...(target.reasons ? { reasons: target.reasons } : {}) };
}
