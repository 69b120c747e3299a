import {
  evaluateStrategy,
  type StrategyMeasures,
  type StrategyRecord,
  strategyRecord,
} from '../../evaluation/index.js';
import type { RiskControlName, RiskDay } from '../../portfolio/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { breathe, type Services } from '../services.js';
import type { FittedModel } from './models.js';
import { policyDesk } from './policies.js';
import { basisOf } from './risk-free.js';
import { backtestOf } from './strategies.js';
import type { Studied } from './study.js';

/** The strategy in question once more with some controls off. */
export interface RiskVariant {
  /** `all` on, `none` on, or the one that is off. */
  readonly id: 'all' | 'none' | RiskControlName;
  readonly measures: StrategyMeasures;
  /** Times a control stopped a name, cut the exposure or raised an alert, in the run with all on; null for `none`. */
  readonly acted: number | null;
}

export interface RiskComparison {
  readonly variants: readonly RiskVariant[];
  /** Day by day what each variant earned, in their order. */
  readonly records: readonly StrategyRecord[];
  /** Of the run with all controls on, close by close. */
  readonly days: readonly RiskDay[];
  /** Share of equity in stocks after the same closes. */
  readonly invested: Float64Array;
}

/**
 * What each risk control saved and cost: the subject's strategy with all of them, with each one off in turn, and with
 * none, everything else equal. Null where no control is on.
 */
export async function compareRisk(
  prepared: Studied,
  config: ExperimentConfig,
  subject: FittedModel,
  services: Services,
): Promise<RiskComparison | null> {
  const desk = policyDesk(prepared, config);
  if (desk.controls.length === 0) return null;
  const basis = basisOf(prepared, config);
  const policy = desk.fromForecasts(subject.forecasts);
  const days: RiskDay[] = [];
  const one = desk.controls.length === 1;
  const ids: RiskVariant['id'][] = ['all', ...(one ? [] : desk.controls), 'none'];
  const task = services.progress.start('Risk controls', ids.length, 'back-tests');
  const variants: RiskVariant[] = [];
  const records: StrategyRecord[] = [];
  let invested = new Float64Array();
  for (const [i, id] of ids.entries()) {
    await breathe(services.signal);
    const without = id === 'all' ? [] : id === 'none' ? desk.controls : [id];
    const record = id === 'all' ? (day: RiskDay) => days.push(day) : undefined;
    const result = backtestOf(prepared, config, desk.controlled(policy, { without, record }));
    const { equity, positions_value: positions } = result.equity.columns;
    if (id === 'all') invested = Float64Array.from(days, (_, day) => positions[day] / equity[day]);
    const strategy = strategyRecord(result, () => '');
    records.push(strategy);
    const measures = evaluateStrategy(strategy, { basis, benchmark: null });
    variants.push({ id, measures, acted: id === 'none' ? null : actions(days, id) });
    task.update(i + 1);
  }
  task.end();
  return { variants, records, days, invested };
}

/** `stop`, `cut` and `alert` are acts; `raise` and `clear` are their end. */
function actions(days: readonly RiskDay[], id: RiskVariant['id']): number {
  return days
    .flatMap(({ events }) => events)
    .filter(({ control, kind }) => (id === 'all' || control === id) && kind !== 'raise' && kind !== 'clear').length;
}
