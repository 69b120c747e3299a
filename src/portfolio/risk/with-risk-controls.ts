import type { Policy, PolicyContext } from '../../backtest/index.js';
import type { Day } from '../../util/index.js';
import type { PriceHistory } from '../price-history.js';
import type { RiskControl, RiskControlName, RiskEvent, RiskVerdict } from './control.js';
import { drift } from './drift.js';

/** What the controls said after one close. */
export interface RiskDay {
  readonly date: Day;
  /** Product of the controls' exposures. */
  readonly exposure: number;
  readonly byControl: readonly { readonly control: RiskControlName; readonly exposure: number }[];
  /** Names barred from the portfolio. */
  readonly barred: number;
  readonly events: readonly RiskEvent[];
}

export interface RiskControlsOptions {
  readonly controls: readonly RiskControl[];
  readonly prices: PriceHistory;
  /** Told after each close of a run, in order. */
  readonly record?: (day: RiskDay) => void;
}

/** Excess over the allowed exposure, of equity, from which a cut that could not be traded is tried again. */
const RETRY_ABOVE = 0.02;

/**
 * Any policy under risk controls. Its own portfolio, as it would be in full, is remembered and drifts with prices while
 * the policy leaves it alone; what is held is that portfolio times the exposure the controls allow, without the names
 * they bar. It trades when the policy does, when the allowed exposure changes, and when a cut or a sale did not get
 * through. The policy is asked with the weights of its holdings divided by the exposure in force, so that it sees the
 * portfolio it asked for; controls see the ledger as it is. Without anything to hold back it is the policy, bit by bit.
 */
export function withRiskControls(policy: Policy, { controls, prices, record }: RiskControlsOptions): Policy {
  return {
    name: policy.name,
    start() {
      const step = policy.start();
      const steps = controls.map((control) => control.start());
      let full: Map<string, number> | null = null;
      let fullSession = 0;
      let applied = 1;
      return (context) => {
        const verdicts = steps.map((judge) => judge(context));
        const exposure = verdicts.reduce((product, verdict) => product * verdict.exposure, 1);
        const barred = new Set(verdicts.flatMap((verdict) => [...verdict.barred]));
        record?.(dayOf(context.date, controls, verdicts, exposure, barred.size));

        const wanted = step(inFull(context, applied));
        if (wanted !== null) full = new Map(wanted.weights);
        else if (full !== null) full = drift(full, prices, fullSession, context.session);
        fullSession = context.session;
        if (full === null) return null;
        for (const symbol of barred) full.delete(symbol);

        const changed = exposure !== applied;
        applied = exposure;
        if (wanted !== null || changed || isBehind(context, full, exposure)) {
          const weights = new Map<string, number>();
          for (const [symbol, weight] of full) weights.set(symbol, weight * exposure);
          const why = wanted === null ? 'exposure' : null;
          return {
            ...wanted,
            signalDate: context.date,
            weights,
            reasons: reasonsOf(context, barred, why, wanted?.reasons),
          };
        }
        if (!context.holdings.some(({ symbol }) => barred.has(symbol))) return null;
        const kept = context.holdings.filter(({ symbol }) => !barred.has(symbol));
        const weights = new Map(kept.map(({ symbol, weight }) => [symbol, weight]));
        return { signalDate: context.date, weights, reasons: reasonsOf(context, barred, null) };
      };
    },
  };
}

/** Why names are sold, for the audit trail: barred ones by the stop, all others by `why` where it is given. */
function reasonsOf(
  { holdings }: PolicyContext,
  barred: ReadonlySet<string>,
  why: string | null,
  given: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const reasons = new Map(given);
  for (const { symbol } of holdings) {
    if (barred.has(symbol)) reasons.set(symbol, 'stop-loss');
    else if (why !== null) reasons.set(symbol, why);
  }
  return reasons;
}

function inFull(context: PolicyContext, exposure: number): PolicyContext {
  if (exposure === 1) return context;
  const holdings =
    exposure === 0 ? [] : context.holdings.map((holding) => ({ ...holding, weight: holding.weight / exposure }));
  return Object.create(context, { holdings: { value: holdings, enumerable: true } }) as PolicyContext;
}

function isBehind({ holdings }: PolicyContext, full: ReadonlyMap<string, number>, exposure: number): boolean {
  if (exposure === 1) return false;
  let excess = 0;
  for (const { symbol, weight } of holdings) excess += Math.max(0, weight - (full.get(symbol) ?? 0) * exposure);
  return excess > RETRY_ABOVE;
}

function dayOf(
  date: Day,
  controls: readonly RiskControl[],
  verdicts: readonly RiskVerdict[],
  exposure: number,
  barred: number,
): RiskDay {
  return {
    date,
    exposure,
    byControl: verdicts.map((verdict, i) => ({ control: controls[i].name, exposure: verdict.exposure })),
    barred,
    events: verdicts.flatMap(({ events }) => events),
  };
}
