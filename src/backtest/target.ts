import { CandlenetError, type Day, formatDay } from '../util/index.js';
import type { TargetWeights } from './types.js';

/** Rounding allowed in a sum of weights. */
const SUM_SLACK = 1e-9;

/** Target weights by symbol index; `named` keeps the policy's order, which is the priority of the purchases. */
export interface Target {
  readonly signalDate: Day;
  readonly named: readonly number[] | Int32Array;
  /** [symbols]; 0 where not named. */
  readonly weights: Float64Array;
  /** Symbol → why its order is given. */
  readonly reasons?: ReadonlyMap<string, string>;
}

/**
 * The target a policy gave, by symbol index.
 * @throws WEIGHTS_INVALID unless the weights are a portfolio of known symbols signalled on `date`
 */
export function parseTarget(target: TargetWeights | Target, date: Day, indexOf: ReadonlyMap<string, number>): Target {
  const where = `target weights of ${formatDay(date)}`;
  if (target.signalDate !== date) {
    const found = formatDay(target.signalDate);
    throw new CandlenetError('WEIGHTS_INVALID', `${where}: found signal date ${found}, expected that of the session`);
  }
  if (isIndexed(target)) return checkIndexed(target, where, indexOf);
  const weights = new Float64Array(indexOf.size);
  const named: number[] = [];
  let sum = 0;
  for (const [symbol, weight] of target.weights) {
    const s = indexOf.get(symbol);
    if (s === undefined) {
      throw new CandlenetError('WEIGHTS_INVALID', `${where}: found "${symbol}", expected a symbol of the bars`);
    }
    checkWeight(weight, where, symbol);
    weights[s] = weight;
    named.push(s);
    sum += weight;
  }
  checkSum(sum, where);
  return { signalDate: date, named, weights, ...(target.reasons ? { reasons: target.reasons } : {}) };
}

function isIndexed(target: TargetWeights | Target): target is Target {
  return 'named' in target;
}

function checkIndexed(target: Target, where: string, indexOf: ReadonlyMap<string, number>): Target {
  const { named, weights } = target;
  const symbols = indexOf.size;
  if (weights.length !== symbols) {
    throw new CandlenetError(
      'WEIGHTS_INVALID',
      `${where}: found ${weights.length} weights, expected one for each of the ${symbols} symbols of the bars`,
    );
  }
  let sum = 0;
  let total = 0;
  for (let i = 0; i < named.length; i++) {
    const s = named[i];
    if (!Number.isInteger(s) || s < 0 || s >= symbols) {
      const range = `expected the index of a symbol, 0 … ${symbols - 1}`;
      throw new CandlenetError('WEIGHTS_INVALID', `${where}: found symbol ${s}, ${range}`);
    }
    if (!(weights[s] >= 0 && weights[s] < Number.POSITIVE_INFINITY))
      checkWeight(weights[s], where, [...indexOf.keys()][s]);
    sum += weights[s];
  }
  for (let s = 0; s < symbols; s++) total += weights[s];
  if (!(Math.abs(total - sum) <= SUM_SLACK)) {
    const found = `found weights of ${total} in all, of ${sum} where a symbol is named`;
    throw new CandlenetError('WEIGHTS_INVALID', `${where}: ${found}, expected each weighted symbol to be named once`);
  }
  checkSum(sum, where);
  return target;
}

function checkWeight(weight: number, where: string, symbol: string): void {
  if (Number.isFinite(weight) && weight >= 0) return;
  throw new CandlenetError('WEIGHTS_INVALID', `${where}, ${symbol}: found ${weight}, expected a weight ≥ 0`);
}

function checkSum(sum: number, where: string): void {
  if (sum <= 1 + SUM_SLACK) return;
  throw new CandlenetError('WEIGHTS_INVALID', `${where}: found a sum of ${sum}, expected at most 1`);
}
