import { join } from 'node:path';
import { formatNumber, formatPercent } from '../../util/index.js';
import { METRICS_FILE } from './files.js';
import { readManifest } from './manifest.js';
import { findRun, listRuns } from './run-folder.js';
import { type RunSummary, readMetrics, summariseRun } from './run-summary.js';

/** Runs side by side: their figures, and the configuration keys in which they differ. */
export interface RunComparison {
  readonly runsFolder: string;
  readonly runs: readonly RunSummary[];
  /** Only where runs were named. Values as JSON, in the order of the runs. */
  readonly differences: readonly { readonly key: string; readonly values: readonly string[] }[];
}

/** All runs of a folder, or those named by id or path. @throws RUN_NOT_FOUND */
export function compareRuns(runsFolder: string, ids: readonly string[]): RunComparison {
  const chosen =
    ids.length === 0
      ? listRuns(runsFolder)
      : ids.map((id) => findRun(runsFolder, id)).map((path) => ({ path, manifest: readManifest(path) }));
  return {
    runsFolder,
    runs: chosen.map(({ path, manifest }) => summariseRun(manifest, path, readMetrics(join(path, METRICS_FILE)))),
    differences: ids.length < 2 ? [] : differences(chosen.map(({ manifest }) => flatten(manifest.config))),
  };
}

function flatten(value: unknown, prefix = ''): Map<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return new Map([[prefix, JSON.stringify(value)]]);
  const entries = Object.entries(value).map(([key, inner]) => flatten(inner, prefix === '' ? key : `${prefix}.${key}`));
  return new Map(entries.flatMap((map) => [...map]));
}

function differences(configs: readonly ReadonlyMap<string, string>[]): RunComparison['differences'] {
  const keys = [...new Set(configs.flatMap((config) => [...config.keys()]))];
  return keys
    .map((key) => ({ key, values: configs.map((config) => config.get(key) ?? '–') }))
    .filter(({ values }) => new Set(values).size > 1);
}

const HEADINGS = [
  'run',
  'finished',
  'test',
  'accuracy',
  'majority',
  'rank IC',
  'return p.a.',
  'Sharpe',
  'drawdown',
  'index p.a.',
];

/** One line a run; below, when runs were named, where their configurations differ. */
export function renderRuns({ runsFolder, runs, differences: keys }: RunComparison): string {
  if (runs.length === 0) return `No runs in ${runsFolder} yet. candlenet demo makes one.`;
  const rows = [HEADINGS, ...runs.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  const table = rows.map((row) => `  ${line(row)}`.trimEnd());
  if (runs.length < 2 || keys.length === 0) return ['', ...table, ''].join('\n');
  const keyWidth = Math.max(...keys.map(({ key }) => key.length));
  const changed = keys.map(({ key, values }) => `  ${key.padEnd(keyWidth)}  ${values.join('  |  ')}`);
  return ['', ...table, '', '  Where their configurations differ', ...changed, ''].join('\n');
}

function rowOf({ id, status, finishedAt, metrics }: RunSummary): string[] {
  const finished =
    status === 'complete' && finishedAt !== null ? finishedAt.slice(0, 16).replace('T', ' ') : 'unfinished';
  if (metrics === null) return [id, finished, ...HEADINGS.slice(2).map(() => '–')];
  const model = Object.values(metrics.models).find(({ role }) => role === 'subject');
  const strategies = Object.values(metrics.strategies);
  const own = strategies.find(({ role }) => role === 'subject')?.performance;
  const index = strategies.find(({ role }) => role === 'benchmark')?.performance;
  const { from, to } = metrics.periods.test;
  return [
    id,
    finished,
    `${from} … ${to}`,
    formatPercent(model?.classification?.accuracy),
    formatPercent(model?.classification?.majorityRate),
    formatNumber(model?.signal.rankIc.mean, 3),
    formatPercent(own?.annualisedReturn),
    formatNumber(own?.sharpe, 2),
    formatPercent(own?.maxDrawdown),
    formatPercent(index?.annualisedReturn),
  ];
}
