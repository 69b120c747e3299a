import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMarketStore } from '../../market/index.js';
import { type PaperReportData, type ReportData, renderPaperReport } from '../../report/index.js';
import { candlenetVersion, formatDuration, writeFileAtomically } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { dataReport } from '../data-report/index.js';
import { fromLosslessJson, toPlainJson } from '../json.js';
import { type ExperimentPlan, planExperiment } from '../plan.js';
import { experimentHashes, runExperiment } from '../run-experiment.js';
import { describeEnvironment } from '../runs/environment.js';
import { REPORT_DATA_FILE } from '../runs/files.js';
import { readManifest } from '../runs/manifest.js';
import { finishedRun } from '../runs/run-folder.js';
import { type Services, titled } from '../services.js';
import { type ChosenBudget, fitBudget, type PaperWork } from './budget.js';
import { markdownOf } from './markdown.js';
import { PAPER_CAUTIONS, PAPER_CITATION } from './published.js';
import { searchHyperparameters } from './search.js';
import {
  leaksCompared,
  modelsCompared,
  type PaperResult,
  type PaperResults,
  strategiesCompared,
  tableOneCompared,
  variantsCompared,
} from './tables.js';
import { configOf, type PaperExperiment, type PaperMarket, PUBLISHED_OPTIMUM, splitOf } from './variants.js';

export interface PaperOptions {
  /** Where the runs and the tables go. */
  readonly out: string;
  /** Hours there are, or `quick`: under a quarter of an hour. */
  readonly budget: number | 'quick';
  /** By default the store's only index. */
  readonly index?: string;
  readonly seed: number;
  readonly workers: number;
}

export interface PaperPlan {
  readonly experiments: readonly PaperExperiment[];
  readonly chosen: ChosenBudget;
  readonly work: PaperWork;
  readonly reductions: readonly string[];
}

export interface PaperOutcome {
  readonly data: PaperReportData;
  readonly reportPath: string;
  readonly markdownPath: string;
  readonly jsonPath: string;
}

const EXPERIMENTS: readonly PaperExperiment[] = [
  'original',
  'structural',
  'hyper-parameter',
  'comprehensive',
  'as-written',
];

/** What `candlenet paper` would do within its budget, from a measurement of this machine. */
export async function planPaper(storePath: string, options: PaperOptions, services: Services): Promise<PaperPlan> {
  const { market, reductions } = await marketOf(storePath, options);
  return planWithin(storePath, market, reductions, options, services);
}

/** The plan first made in the folder, else one from a measurement. */
async function planWithin(
  storePath: string,
  market: PaperMarket,
  reductions: readonly string[],
  options: PaperOptions,
  services: Services,
): Promise<PaperPlan> {
  const kept = join(options.out, BUDGET_FILE);
  if (existsSync(kept)) {
    const plan = JSON.parse(readFileSync(kept, 'utf8')) as PaperPlan & { budgetAsked: PaperOptions['budget'] };
    if (plan.budgetAsked === options.budget) return plan;
  }
  const config = configOf('original', market, fitBudget('quick', NO_WORK).budget);
  const plan = await planExperiment({ config, storePath, path: 'paper' }, services);
  const samplesOf = (split: string) => plan.splits.find(({ name }) => name === split)?.samples ?? 0;
  const work: PaperWork = {
    samples: samplesOf('train'),
    validation: samplesOf('validate'),
    test: samplesOf('test'),
    samplesPerSecond: plan.estimate.trainingSamplesPerSecond,
    secondsBeside: Math.max(10, secondsBeside(plan)),
  };
  const chosen = fitBudget(options.budget, work);
  return { experiments: EXPERIMENTS, chosen, work, reductions: [...reductions, ...chosen.reductions] };
}

/** What an experiment takes beside the trainings and the baselines. */
function secondsBeside({ estimate }: ExperimentPlan): number {
  const kinds = ['preparation', 'explanation', 'back-test'];
  return estimate.parts.reduce((sum, { kind, seconds: [least] }) => sum + (kinds.includes(kind) ? least : 0), 0);
}

/** Held at a time, of an index of 300. */
const PAPER_NAMES = 50;
const NO_WORK: PaperWork = { samples: 1, validation: 1, test: 1, samplesPerSecond: 1, secondsBeside: 0 };
const BUDGET_FILE = 'budget.json';

/**
 * Tables 1, 2 and 3 of the paper and its figures for a store, beside the paper's own. Each experiment is a run of its own in
 * `out/runs`; what is finished is not run again, and what was stopped goes on where it stopped, in the budget first chosen.
 * @throws whatever a run of the store deserves; INTERRUPTED
 */
export async function runPaper(storePath: string, options: PaperOptions, services: Services): Promise<PaperOutcome> {
  const { market, calendar, reductions } = await marketOf(storePath, options);
  const plan = await planWithin(storePath, market, reductions, options, services);
  mkdirSync(options.out, { recursive: true });
  writeFileAtomically(
    join(options.out, BUDGET_FILE),
    `${JSON.stringify({ ...plan, budgetAsked: options.budget }, null, 2)}\n`,
  );
  for (const line of plan.reductions) services.onNote?.(line);
  services.onNote?.(`Estimate: ${formatDuration(plan.chosen.seconds)} for ${plan.experiments.length} experiments.`);
  const runsFolder = join(options.out, 'runs');
  const under = (what: string): Services => ({ ...services, progress: titled(services.progress, what) });
  let found = PUBLISHED_OPTIMUM;
  const results: Partial<Record<PaperExperiment, PaperResult>> = {};
  for (const experiment of plan.experiments) {
    services.signal?.throwIfAborted();
    if (experiment === 'hyper-parameter') {
      found = await searchHyperparameters(
        storePath,
        options.out,
        market,
        calendar,
        plan.chosen.budget,
        under('search'),
      );
    }
    const config = configOf(experiment, market, plan.chosen.budget, found);
    results[experiment] = await finished(config, storePath, runsFolder, under(experiment));
  }
  const store = await dataReport(storePath, { index: market.index }, services);
  const data = paperData(results, plan, store.title, tableOneCompared(store.table));
  const paths = {
    reportPath: join(options.out, 'paper.html'),
    markdownPath: join(options.out, 'paper.md'),
    jsonPath: join(options.out, 'paper.json'),
  };
  writeFileAtomically(paths.reportPath, renderPaperReport(data));
  writeFileAtomically(paths.markdownPath, markdownOf(data));
  writeFileAtomically(
    paths.jsonPath,
    toPlainJson({ tables: data.tables, reductions: data.reductions, runs: data.runs }),
  );
  return { data, ...paths };
}

async function marketOf(
  storePath: string,
  { index, seed, workers }: PaperOptions,
): Promise<{ readonly market: PaperMarket; readonly calendar: Int32Array; readonly reductions: readonly string[] }> {
  const store = await openMarketStore(storePath);
  const calendar = await store.readCalendar({ asOf: store.lastDay });
  const { split, reduction } = splitOf(calendar);
  const stocks = store.manifest.tables.instruments.rows;
  const names = Math.max(2, Math.min(PAPER_NAMES, Math.round(stocks / 6)));
  const market = { index: index ?? store.manifest.memberIndices[0], split, seed, workers, names };
  const reductions = [
    ...(reduction === null ? [] : [reduction]),
    ...(names < PAPER_NAMES ? [`Names held: ${names} of ${stocks} stocks instead of ${PAPER_NAMES} of 300.`] : []),
  ];
  return { market, calendar, reductions };
}

/** The run of a configuration: the finished one where there is one. */
async function finished(
  config: ExperimentConfig,
  storePath: string,
  runsFolder: string,
  services: Services,
): Promise<PaperResult> {
  const store = await openMarketStore(storePath);
  const { experiment } = experimentHashes(config, store, describeEnvironment());
  const folder =
    finishedRun(runsFolder, experiment)?.path ??
    (await runExperiment({ config, storePath, path: config.name }, { ...services, runsFolder })).folder;
  const manifest = readManifest(folder);
  return {
    id: manifest.id,
    folder,
    report: fromLosslessJson(readFileSync(join(folder, REPORT_DATA_FILE), 'utf8')) as ReportData,
    trainingSeconds: manifest.trainingSeconds ?? {},
  };
}

function paperData(
  results: PaperResults,
  plan: PaperPlan,
  title: string,
  tableOne: PaperReportData['tables'][number],
): PaperReportData {
  const { original } = results;
  const leaks = leaksCompared(results);
  return {
    title: `${title}: the paper’s tables`,
    citation: PAPER_CITATION,
    version: candlenetVersion,
    tables: [
      tableOne,
      ...(original ? [modelsCompared(original), strategiesCompared(original)] : []),
      variantsCompared(results),
      ...(leaks === null ? [] : [leaks]),
    ],
    original: original?.report ?? null,
    curves: Object.entries(results).flatMap(([name, result]) => {
      const strategy = result?.report.strategies.find(({ role }) => role === 'subject');
      return strategy ? [{ name, dates: strategy.dates, returns: strategy.returns }] : [];
    }),
    reductions: plan.reductions,
    cautions: PAPER_CAUTIONS,
    runs: Object.entries(results).flatMap(([experiment, result]) => (result ? [{ experiment, run: result.id }] : [])),
  };
}
