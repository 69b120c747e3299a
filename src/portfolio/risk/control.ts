import type { PolicyContext } from '../../backtest/index.js';
import type { Day } from '../../util/index.js';

export const RISK_CONTROLS = [
  'stop-loss',
  'market-state',
  'correlation',
  'drawdown',
  'volatility-target',
  'market-timing',
] as const;
export type RiskControlName = (typeof RISK_CONTROLS)[number];

/**
 * `stop`: a name is to be sold; `cut` and `raise`: the exposure allowed goes down or up; `alert` and `clear`: a measure
 * passes its threshold and comes back.
 */
export type RiskEventKind = 'stop' | 'cut' | 'raise' | 'alert' | 'clear';

/** One thing a control did after a close, with the figure that made it. */
export interface RiskEvent {
  readonly date: Day;
  readonly control: RiskControlName;
  readonly kind: RiskEventKind;
  /** Empty where it is about the portfolio. */
  readonly symbol: string;
  /** What was measured, and what it was held against; NaN where there is no such number. */
  readonly measure: number;
  readonly threshold: number;
  /** The control's exposure from now on. */
  readonly exposure: number;
}

/** What a control allows after a close. */
export interface RiskVerdict {
  /** Share, 0 to 1, of what the policy wants that may be held. */
  readonly exposure: number;
  /** Names to be sold where held, and not to be bought. */
  readonly barred: ReadonlySet<string>;
  readonly events: readonly RiskEvent[];
}

/** Sees the live ledger after each close, in order, whether or not the policy acts. */
export type RiskStep = (context: PolicyContext) => RiskVerdict;

/** One way of holding risk back; what it remembers lives in the step. */
export interface RiskControl {
  readonly name: RiskControlName;
  start(): RiskStep;
}

export const NOBODY: ReadonlySet<string> = new Set();
