import type { RiskEventReport, RiskReport } from '../../report/index.js';
import { invariant } from '../../util/index.js';
import type { RiskComparison } from './compare-risk.js';

/** Rows of a list of events in the report; the artefacts have all of them. */
const EVENTS_SHOWN = 40;

export function riskReport(risk: RiskComparison | null): RiskReport | null {
  if (risk === null) return null;
  const all = risk.variants.find(({ id }) => id === 'all');
  invariant(all !== undefined, 'a comparison of risk controls has the run with all of them');
  const { performance } = all.measures;
  const events = risk.days.flatMap((day): readonly RiskEventReport[] => day.events);
  const stops = events.filter(({ kind }) => kind === 'stop');
  const others = events.filter(({ kind }) => kind !== 'stop');
  return {
    variants: risk.variants.map((variant) => {
      const other = variant.measures.performance;
      const itself = variant.id === 'all';
      return {
        ...variant,
        returnEffect: itself ? Number.NaN : performance.annualisedReturn - other.annualisedReturn,
        volatilityEffect: itself ? Number.NaN : performance.volatility - other.volatility,
        drawdownEffect: itself ? Number.NaN : performance.maxDrawdown - other.maxDrawdown,
      };
    }),
    dates: Int32Array.from(risk.days, ({ date }) => date),
    allowed: Float64Array.from(risk.days, ({ exposure }) => exposure),
    invested: risk.invested,
    events: others.slice(-EVENTS_SHOWN),
    eventCount: others.length,
    stops: stops.slice(-EVENTS_SHOWN),
    stopCount: stops.length,
  };
}
