import type { RiskControl } from './control.js';
import { exposureControl } from './exposure-control.js';
import { between, wholeAtLeast } from './parameters.js';

export interface DrawdownBrakeOptions {
  /** Fall of equity from its highest close that pulls the brake. Default 0.1. */
  readonly threshold?: number;
  /** Exposure while it is pulled. Default 0.5. */
  readonly exposure?: number;
  /** The brake is let go when the fall is no more than this. Default half the threshold. */
  readonly release?: number;
  /** Or after so many sessions; the highest close is then counted from there anew. Default 40. */
  readonly maxSessions?: number;
}

/**
 * Cuts the exposure when equity has fallen by the threshold from its highest close, and restores it when the fall has
 * shrunk to `release` or, since what is not invested cannot recover, after `maxSessions`.
 * @throws CONFIG_INVALID
 */
export function drawdownBrake(options: DrawdownBrakeOptions = {}): RiskControl {
  const threshold = between(options.threshold ?? 0.1, 0.001, 1, 'drawdown.threshold');
  const exposure = between(options.exposure ?? 0.5, 0, 1, 'drawdown.exposure');
  const release = between(options.release ?? threshold / 2, 0, threshold, 'drawdown.release');
  const maxSessions = wholeAtLeast(options.maxSessions ?? 40, 1, 'drawdown.maxSessions');
  return exposureControl('drawdown', () => {
    let peak = 0;
    let pulledOn: number | null = null;
    return ({ equity, session }) => {
      peak = Math.max(peak, equity);
      if (pulledOn === null) {
        if (equity <= peak * (1 - threshold)) pulledOn = session;
      } else if (equity >= peak * (1 - release)) {
        pulledOn = null;
      } else if (session - pulledOn >= maxSessions) {
        pulledOn = null;
        peak = equity;
      }
      const measure = equity / peak - 1;
      if (pulledOn === null) return { exposure: 1, measure, threshold: -release };
      return { exposure, measure, threshold: -threshold };
    };
  });
}
