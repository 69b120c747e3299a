import { CandlenetError } from '../util/index.js';
import type { Attributions } from './integrated-gradients.js';

/** Attributions over many samples: what moves the score, when and which way. */
export interface AttributionProfile {
  readonly samples: number;
  readonly window: number;
  readonly features: number;
  /** Mean of |attribution|, [window × features]: how much it moves the score, whichever way. */
  readonly meanAbsolute: Float64Array;
  /** Mean of attribution · value over mean of value²: above 0 a higher value raises the score. NaN where always 0. */
  readonly slope: Float64Array;
  /** Largest |Σ attributions − (score − baseline)|, and the mean of it. */
  readonly largestGap: number;
  readonly meanGap: number;
}

/** @param windows those that the attributions are of */
export function attributionProfile(attributions: Attributions, windows: ArrayLike<number>): AttributionProfile {
  const { samples, window, features, values, gaps } = attributions;
  const size = window * features;
  if (windows.length !== values.length) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `windows: found ${windows.length} numbers, expected ${values.length}, as many as attributions`,
    );
  }
  const meanAbsolute = new Float64Array(size);
  const products = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let i = 0; i < values.length; i++) {
    const k = i % size;
    meanAbsolute[k] += Math.abs(values[i]) / samples;
    products[k] += values[i] * windows[i];
    squares[k] += windows[i] * windows[i];
  }
  let largestGap = 0;
  let meanGap = 0;
  for (const gap of gaps) {
    largestGap = Math.max(largestGap, Math.abs(gap));
    meanGap += Math.abs(gap) / samples;
  }
  return {
    samples,
    window,
    features,
    meanAbsolute,
    slope: products.map((product, k) => (squares[k] > 0 ? product / squares[k] : Number.NaN)),
    largestGap,
    meanGap,
  };
}
