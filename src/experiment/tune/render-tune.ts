import { textTable } from '../../report/index.js';
import { formatCount } from '../../util/index.js';
import { roughDuration } from '../render-plan.js';
import type { TunePlan } from './plan-tune.js';
import { ranked, type TuneReport, type TuneTrial } from './tune-report.js';

const PLAIN = { strong: (text: string) => text, faint: (text: string) => text };

/** A value as a person reads it: numbers to four figures, the rest as JSON. */
export const showSetting = (value: unknown): string =>
  typeof value === 'number'
    ? `${Number(value.toPrecision(4))}`
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

const lines = (rows: readonly (readonly [string, string])[]) => {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
};

const days = ([from, to]: readonly [string, string]) => `${from} … ${to}`;

/** A search's plan for a person. */
export function renderTunePlan(plan: TunePlan): string {
  const { estimate, folds, rungs, eta } = plan;
  const of = plan.size === null ? '' : ` of ${formatCount(plan.size)} there are`;
  const halving =
    rungs.length === 0 ? 'none' : `after ${rungs.join(', ')} of ${folds.length} folds the best 1/${eta} go on`;
  const keys = Object.entries(plan.space).map(([key, values]): [string, string] => [
    '',
    `${key}: ${JSON.stringify(values)}`,
  ]);
  keys[0] = ['space', keys[0][1]];
  const samples = folds.map(({ name, test, samples: { train, validation, test: judged } }): [string, string] => [
    name,
    `${formatCount(train)} train, ${formatCount(validation)} validate, ${formatCount(judged)} judge (${days(test)})`,
  ]);
  const rows: [string, string][] = [
    ['store', `${plan.store.title}, content ${plan.store.contentHash.slice(0, 16)}`],
    ...keys,
    ['method', `${plan.method}, ${plan.trials} candidates${of}, ${plan.parallel} side by side`],
    ['judged by', `${plan.metric}, mean over ${folds.length} folds of ${days(plan.days)}`],
    ['halving', halving],
    ['unopened', `${days(plan.unopened)}, the days that judge a run`],
    ...samples,
    ...plan.reductions.map(({ key, from, to }): [string, string] => ['quick', `${key}: ${to} instead of ${from}`]),
    [
      'time',
      `${roughDuration(estimate.secondsPerEpoch)} an epoch of every fold; ${roughDuration(estimate.seconds[0])} to ${roughDuration(estimate.seconds[1])} in all`,
    ],
  ];
  return ['', `  Plan of the search ${plan.name}; nothing has been run.`, '', ...lines(rows), ''].join('\n');
}

/** Candidates, the best first, and where the best configuration lies. */
export function renderTune({ report, folder }: { readonly report: TuneReport; readonly folder: string }): string {
  const { trials, metric, folds, best, bestConfig, note } = report;
  const keys = Object.keys(report.space);
  const short = shortNames(keys);
  const result = ({ status, score, scores, failure }: TuneTrial) => {
    if (status === 'failed') return failure === null ? 'failed' : 'diverged';
    return status === 'stopped' ? `stopped after ${scores.length}` : (score?.toFixed(4) ?? 'undefined');
  };
  const table = textTable(
    [
      ['candidate', ...short, `${metric}, ${folds} folds`, 'expected'],
      ...ranked(trials, metric).map((trial) => [
        { text: `${trial.number}`, strong: trial.number === best?.number },
        ...keys.map((key) => showSetting(trial.settings[key])),
        result(trial),
        trial.expected?.toFixed(4) ?? '–',
      ]),
    ],
    PLAIN,
  );
  const chosen =
    best === null ? [] : Object.entries(best.settings).map(([key, value]) => `${key} ${showSetting(value)}`);
  const rows: [string, string][] = [
    ...(note === null ? [] : [['ended', note] as [string, string]]),
    ...report.reductions.map(({ key, from, to }): [string, string] => ['quick', `${key}: ${to} instead of ${from}`]),
    ['days', `${days(report.days)}; ${days(report.unopened)} stays unopened`],
    ['best', best === null ? 'no candidate came through all folds' : `candidate ${best.number}: ${chosen.join(', ')}`],
    ...(bestConfig === null ? [] : [['next', `candlenet run ${bestConfig}`] as [string, string]]),
    ['folder', folder],
  ];
  return ['', ...table, '', ...lines(rows), ''].join('\n');
}

/** The last part of each key, or the whole where that is not enough to tell them apart. */
function shortNames(keys: readonly string[]): string[] {
  const last = keys.map((key) => key.split('.').at(-1) ?? key);
  return keys.map((key, i) => (last.indexOf(last[i]) === last.lastIndexOf(last[i]) ? last[i] : key));
}
