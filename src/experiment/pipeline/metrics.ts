import type { TrialsReport } from '../../report/index.js';
import { spanOf } from '../../training/index.js';
import { formatDay } from '../../util/index.js';
import type { Verdicts } from './judge.js';
import type { NetworkFit } from './models.js';
import type { Studied } from './study.js';

/** `metrics.json`: every measure of a run for other programs. Undefined is null. */
export function metricsOf(prepared: Studied, verdicts: Verdicts, trials: TrialsReport) {
  const { bars, fold, folds, period: tested, samples, testRows } = prepared;
  const period = (range: { first: number; last: number }) => ({
    from: formatDay(bars.dates[range.first]),
    to: formatDay(bars.dates[range.last]),
    sessions: range.last - range.first + 1,
  });
  return {
    periods: { train: period(spanOf(fold.train)), validate: period(fold.validate), test: period(tested) },
    folds: folds.length,
    samples: { train: samples.train, validate: samples.validation, test: testRows.length },
    bayes: verdicts.bayes,
    models: Object.fromEntries(
      verdicts.models.map(({ id, role, parameters, fits, measures }) => [
        id,
        { role, parameters, ...trainingOf(fits), ...withoutSeries(measures) },
      ]),
    ),
    strategies: Object.fromEntries(verdicts.strategies.map(({ id, role, measures }) => [id, { role, ...measures }])),
    paths: verdicts.paths.length === 0 ? null : verdicts.paths,
    regimes: verdicts.regimes,
    ensemble: verdicts.subject.ensemble,
    online: onlineMetrics(verdicts.subject.online),
    significance: verdicts.significance,
    attribution: verdicts.attribution,
    scoreSheets: Object.fromEntries(verdicts.scoreSheets.map(({ id, dailyRankIc: _series, ...sheet }) => [id, sheet])),
    riskFree: prepared.riskFree.meanAnnual,
    breakEven: verdicts.limits?.breakEven ?? null,
    capacity: verdicts.limits?.capacity ?? null,
    trials: { ...trials, from: formatDay(trials.from), to: formatDay(trials.to) },
    risk: verdicts.risk && Object.fromEntries(verdicts.risk.variants.map(({ id, ...variant }) => [id, variant])),
  };
}

const onlineMetrics = (online: Verdicts['subject']['online']) =>
  online && { ...online, updates: online.updates.map(({ date, ...rest }) => ({ date: formatDay(date), ...rest })) };

/** Epochs of the last fold's training, the only one of a static split. */
function trainingOf(fits: readonly NetworkFit[]) {
  const last = fits.at(-1);
  return { bestEpoch: last?.bestEpoch ?? null, epochs: last?.history.length ?? null };
}

export type Metrics = ReturnType<typeof metricsOf>;

/** The daily series behind an IC are in the report; here they would drown the figures. */
function withoutSeries(measures: Verdicts['models'][number]['measures']) {
  const { dailyIc: _ic, dailyRankIc: _rankIc, ...signal } = measures.signal;
  return { ...measures, signal };
}
