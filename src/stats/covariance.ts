import { CandlenetError } from '../util/index.js';
import { constantCorrelation } from './constant-correlation.js';
import { ledoitWolf } from './ledoit-wolf.js';
import { oracleApproximating } from './oracle-approximating.js';
import { type CovarianceEstimate, type ReturnRows, sampleCovariance, weightedCovariance } from './sample-covariance.js';

/**
 * `sample`: divisor T − 1. `ewma`: exponentially weighted (RiskMetrics 1996). `ledoit-wolf`: shrunk towards the scaled
 * identity (Ledoit & Wolf 2004a). `constant-correlation`: shrunk towards the mean correlation (Ledoit & Wolf 2004b).
 * `oas`: scaled identity by the oracle-approximating formula (Chen et al. 2010).
 */
export type CovarianceEstimator = 'sample' | 'ewma' | 'ledoit-wolf' | 'constant-correlation' | 'oas';

/**
 * Covariance of returns by a named estimator. Every row must be complete: see `completeRows`.
 * @param rows [T × n] row-major returns, a row a period, oldest first
 * @param halfLife periods after which a row counts half, for `ewma` only
 * @throws ARGUMENT_INVALID for fewer than two rows, or a return that is not finite
 */
export function estimateCovariance(
  rows: ReturnRows,
  estimator: CovarianceEstimator = 'ledoit-wolf',
  halfLife = 63,
): CovarianceEstimate {
  checkRows(rows);
  if (estimator === 'sample') return { covariance: sampleCovariance(rows), shrinkage: 0 };
  if (estimator === 'ewma') {
    if (!(halfLife > 0)) throw invalid(`halfLife: found ${halfLife}, expected a number of periods > 0`);
    return { covariance: weightedCovariance(rows, halfLife), shrinkage: 0 };
  }
  if (estimator === 'ledoit-wolf') return ledoitWolf(rows);
  if (estimator === 'constant-correlation') return constantCorrelation(rows);
  return oracleApproximating(rows);
}

function checkRows({ values, periods, assets }: ReturnRows): void {
  if (values.length !== periods * assets) {
    throw invalid(`returns: found ${values.length} values, expected ${periods} × ${assets}`);
  }
  if (periods < 2) throw invalid(`returns: found ${periods} complete periods, expected at least 2`);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const row = Math.floor(i / assets);
    throw invalid(`returns, row ${row}, column ${i % assets}: found ${values[i]}, expected a finite number`);
  }
}

function invalid(message: string): CandlenetError {
  return new CandlenetError('ARGUMENT_INVALID', message);
}
