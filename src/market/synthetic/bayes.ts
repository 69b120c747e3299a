import { pearson } from '../../stats/index.js';
import type { SyntheticTruth } from '../types.js';

/**
 * Accuracy that the best possible forecaster must expect: mean over rows of the largest class probability. Rows without a
 * truth, or without a label when `classes` are given, are left out; NaN when none is left.
 * @param rows cells s · D + d
 * @param classes labels of every cell, 255 where none
 */
export function bayesAccuracy(truth: SyntheticTruth, rows: ArrayLike<number>, classes?: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const best = Math.max(truth.pBuy[row], truth.pHold[row], truth.pSell[row]);
    if (Number.isNaN(best) || (classes && classes[row] > 2)) continue;
    sum += best;
    count++;
  }
  return count > 0 ? sum / count : Number.NaN;
}

/** The class the best possible forecaster names: 0 buy, 1 hold, 2 sell; 255 where there is no truth. */
export function bayesClass(truth: SyntheticTruth, row: number): number {
  const { pBuy, pHold, pSell } = truth;
  if (Number.isNaN(pHold[row])) return 255;
  if (pHold[row] >= pBuy[row] && pHold[row] >= pSell[row]) return 1;
  return pBuy[row] >= pSell[row] ? 0 : 2;
}

/**
 * Information coefficient of the truth: correlation, across the stocks of a session, of the expected with the realised
 * forward return, averaged over sessions with at least `leastStocks` rows and a spread of expectations. NaN where the
 * expectation is the same for all, as in the null market.
 */
export function bayesIc(
  truth: SyntheticTruth,
  rows: ArrayLike<number>,
  forwardReturn: ArrayLike<number>,
  sessions: number,
  leastStocks = 5,
): number {
  const bySession = new Map<number, number[]>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (Number.isNaN(truth.expectedReturn[row]) || Number.isNaN(forwardReturn[row])) continue;
    const session = row % sessions;
    const list = bySession.get(session);
    if (list) list.push(row);
    else bySession.set(session, [row]);
  }
  let sum = 0;
  let count = 0;
  for (const list of bySession.values()) {
    if (list.length < leastStocks) continue;
    const ic = pearson(
      list.map((row) => truth.expectedReturn[row]),
      list.map((row) => forwardReturn[row]),
    );
    if (Number.isNaN(ic)) continue;
    sum += ic;
    count++;
  }
  return count > 0 ? sum / count : Number.NaN;
}
