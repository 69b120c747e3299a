import { formatDay } from '../../util/index.js';
import type { Verdicts } from './judge.js';
import type { Prepared } from './prepare.js';

/** `metrics.json`: every measure of a run for other programs. Undefined is null. */
export function metricsOf(prepared: Prepared, verdicts: Verdicts) {
  const { bars, fold, data, testRows } = prepared;
  const period = (range: { first: number; last: number }) => ({
    from: formatDay(bars.dates[range.first]),
    to: formatDay(bars.dates[range.last]),
    sessions: range.last - range.first + 1,
  });
  return {
    periods: { train: period(fold.train), validate: period(fold.validate), test: period(fold.test) },
    samples: { train: data.train.rows.length, validate: data.validation.rows.length, test: testRows.length },
    bayes: verdicts.bayes,
    models: Object.fromEntries(
      verdicts.models.map(({ id, role, parameters, bestEpoch, history, measures }) => [
        id,
        { role, parameters, bestEpoch, epochs: history?.length ?? null, ...withoutSeries(measures) },
      ]),
    ),
    strategies: Object.fromEntries(verdicts.strategies.map(({ id, role, measures }) => [id, { role, ...measures }])),
    regimes: verdicts.regimes,
    breakEven: verdicts.limits?.breakEven ?? null,
    capacity: verdicts.limits?.capacity ?? null,
    risk: verdicts.risk && Object.fromEntries(verdicts.risk.variants.map(({ id, ...variant }) => [id, variant])),
  };
}

export type Metrics = ReturnType<typeof metricsOf>;

/** The daily series behind an IC are in the report; here they would drown the figures. */
function withoutSeries(measures: Verdicts['models'][number]['measures']) {
  const { dailyIc: _ic, dailyRankIc: _rankIc, ...signal } = measures.signal;
  return { ...measures, signal };
}
