import { rmSync } from 'node:fs';
import { ownFeatureCode } from '../features/index.js';
import { type MarketStore, openMarketStore } from '../market/index.js';
import { type ReportData, renderReport } from '../report/index.js';
import { canonicalJson, createRng, sha256, silentProgress, systemClock, writeFileAtomically } from '../util/index.js';
import type { LoadedConfig } from './config/load.js';
import { applyPreset, type Reduction } from './config/presets.js';
import type { ExperimentConfig } from './config/schema.js';
import { writeExplanation } from './explain/explanation-tables.js';
import { gatherInsights, insightMetrics, insightsReport } from './explain/insights.js';
import { checkRefits } from './explain/refit-sensitivity.js';
import { toLosslessJson, toPlainJson } from './json.js';
import { type CountedBefore, judgeTrials, keepTrials, SNAPSHOT_FILE, trialsOfRun } from './ledger/index.js';
import { writeArtefacts } from './pipeline/artefacts.js';
import { compareRisk } from './pipeline/compare-risk.js';
import { dataSection } from './pipeline/data-section.js';
import { fitFolds } from './pipeline/fit-folds.js';
import { judge } from './pipeline/judge.js';
import { strategyLimits } from './pipeline/limits.js';
import { metricsOf } from './pipeline/metrics.js';
import { checkNetwork } from './pipeline/network.js';
import { policyDesk } from './pipeline/policies.js';
import { prepareFolds } from './pipeline/prepare.js';
import { judgePaths } from './pipeline/protocol-report.js';
import { provenanceOf } from './pipeline/provenance.js';
import { reportData } from './pipeline/report-data.js';
import { tradeStrategies } from './pipeline/strategies.js';
import { openStudy } from './pipeline/study.js';
import { judgeSubject } from './pipeline/subject/judge-subject.js';
import { timeMarket } from './pipeline/time-market.js';
import { buildStamp, describeEnvironment, type Environment } from './runs/environment.js';
import { METRICS_FILE, REPORT_DATA_FILE, REPORT_FILE } from './runs/files.js';
import { type RunManifest, writeManifest } from './runs/manifest.js';
import { openRunFolder, type RunFolder } from './runs/run-folder.js';
import { type RunSummary, summariseRun } from './runs/run-summary.js';
import { openingOf, openTestPeriod } from './runs/test-openings.js';
import { addTimes, createStepTimes, peakMemoryBytes, type Services } from './services.js';

export interface RunServices extends Services {
  /** Where run folders lie. */
  readonly runsFolder: string;
  /** What an earlier run counted of the trial ledger, in place of the one beside the runs. */
  readonly countedBefore?: CountedBefore;
}

export interface RunOutcome {
  readonly id: string;
  readonly folder: string;
  readonly reportPath: string;
  readonly report: ReportData;
  /** The run in figures, for `--json`. */
  readonly summary: RunSummary;
}

/**
 * Runs one experiment from market store to report, in its own run folder. Stopped by the signal, a kill or a crash, the
 * same call takes it up again: training continues from its checkpoint with the same bits as if it had never stopped.
 * @throws whatever the user's input deserves, before a run folder exists where that is possible; INTERRUPTED
 */
export async function runExperiment(loaded: LoadedConfig, services: RunServices): Promise<RunOutcome> {
  const { config, reductions } = applyPreset(loaded.config);
  checkNetwork(config);
  checkRefits(config);
  const store = await openMarketStore(loaded.storePath);
  const times = createStepTimes();
  const study = await openStudy(config, store, services, times);
  // A limit that the market cannot serve is refused before a network is trained.
  policyDesk(study.market, config);
  const foldAt = prepareFolds(study, config, services, times);
  // So is a period without a sample.
  await foldAt(0);
  const environment = describeEnvironment();
  const hashes = experimentHashes(config, store, environment);
  const run = openRunFolder(services.runsFolder, config.name, hashes.experiment);
  const running = startManifest(run, config, reductions, hashes, environment, store);
  try {
    writeManifest(run.path, running);
    const fitted = await fitFolds(study, config, run.path, services, times, foldAt);
    const { studied: prepared, models, paths, subject, index } = fitted;
    // From here on the run looks at what became of its forecasts.
    const testOpened = openTestPeriod(services.runsFolder, openingOf(running, store, systemClock.now()));
    const timed = config.portfolio.strategies.marketTiming ? timeMarket(prepared, config, index) : null;
    const strategies = await times.time('back-tests', () => tradeStrategies(prepared, config, models, services, timed));
    const risk = await times.time('back-tests', () => compareRisk(prepared, config, models[0], services));
    const limits = await times.time('break-even cost and capacity', () =>
      strategyLimits(prepared, config, models[0], strategies, services),
    );
    const pathsJudged = await times.time('back-tests', () => judgePaths(prepared, config, paths, services));
    const subjectJudged = await times.time('back-tests', () =>
      judgeSubject(prepared, config, subject, models, services),
    );
    const insights = await times.time('sensitivity', () =>
      gatherInsights(fitted, config, strategies, store, run.file('checkpoints/sensitivity'), services),
    );
    const all = [...strategies, ...insights.tried];
    const { counted, snapshot } = keepTrials(trialsOfRun(running, store, all, risk), run.path, store, services);
    const verdicts = await times.time('evaluation', () =>
      judge(prepared, config, models, strategies, risk, limits, pathsJudged, subjectJudged),
    );
    const trials = await times.time('evaluation', () =>
      judgeTrials(counted, strategies, {
        sessionsPerYear: config.backtest.sessionsPerYear,
        rng: createRng(config.training.seed, 'superior ability'),
      }),
    );
    const artefacts = await times.time('writing artefacts', () => writeArtefacts(run.path, verdicts, subject));
    Object.assign(artefacts, await writeExplanation(run.path, insights.explanation, insights.sensitivity));
    artefacts[SNAPSHOT_FILE] = snapshot.sha256;
    const metrics = { ...metricsOf(prepared, verdicts, trials), ...insightMetrics(insights) };
    const metricsText = toPlainJson(metrics);
    writeFileAtomically(run.file(METRICS_FILE), metricsText);
    artefacts[METRICS_FILE] = sha256(metricsText);

    const manifest: RunManifest = {
      ...running,
      status: 'complete',
      finishedAt: systemClock.now(),
      testOpened,
      ledger: snapshot,
      artefacts,
      timings: addTimes(running.timings, times.steps),
      trainingSeconds: Object.fromEntries(
        models.flatMap(({ id, seconds }) => (seconds === null ? [] : [[id, seconds] as const])),
      ),
      peakMemoryBytes: peakMemoryBytes(),
    };
    const report = reportData({
      prepared,
      config,
      verdicts,
      trials,
      data: await dataSection(prepared, config, { ...services, progress: silentProgress }),
      provenance: provenanceOf(manifest, models),
      reductions: describeReductions(reductions),
      timing: timed?.note ?? null,
      insights: insightsReport(insights),
    });
    writeFileAtomically(run.file(REPORT_DATA_FILE), toLosslessJson(report));
    writeFileAtomically(run.file(REPORT_FILE), renderReport(report, { language: config.report.language }));
    writeManifest(run.path, manifest);
    rmSync(run.file('checkpoints'), { recursive: true, force: true });
    return {
      id: run.id,
      folder: run.path,
      reportPath: run.file(REPORT_FILE),
      report,
      summary: summariseRun(manifest, run.path, metrics),
    };
  } catch (error) {
    keepTimes(run, { ...running, timings: addTimes(running.timings, times.steps) });
    throw error;
  } finally {
    run.release();
  }
}

/** An unfinished run remembers how long it has worked; failing to write that must not hide why it stopped. */
function keepTimes(run: RunFolder, manifest: RunManifest): void {
  try {
    writeManifest(run.path, manifest);
  } catch {
    // The error that stopped the run is the one to report.
  }
}

/** Equal experiment hashes mean equal results; where the store lies and how the report reads do not enter. */
export function experimentHashes(
  config: ExperimentConfig,
  store: MarketStore,
  { onnxruntime }: Environment,
): RunManifest['hashes'] {
  const { report: _report, name: _name, tune: _tune, market, ...rest } = config;
  const { checkpointMinutes: _checkpointMinutes, ...training } = config.training;
  const own = config.features.own.map((feature) => sha256(ownFeatureCode(feature)));
  const identity = canonicalJson({
    ...rest,
    training,
    market: { index: market.index },
    ...(own.length > 0 && { own }),
  });
  const content = store.manifest.contentHash;
  return {
    experiment: sha256(identity, content, buildStamp(), onnxruntime),
    config: sha256(identity),
    store: content,
  };
}

function startManifest(
  run: RunFolder,
  config: ExperimentConfig,
  reductions: readonly Reduction[],
  hashes: RunManifest['hashes'],
  environment: Environment,
  store: MarketStore,
): RunManifest {
  return {
    schemaVersion: 1,
    id: run.id,
    status: 'running',
    startedAt: run.earlier?.startedAt ?? systemClock.now(),
    finishedAt: null,
    config,
    reductions,
    seed: config.training.seed,
    workers: config.training.workers,
    hashes,
    store: { path: store.dir, title: store.manifest.title, source: store.manifest.source },
    environment,
    testOpened: null,
    artefacts: {},
    timings: run.earlier?.timings ?? [],
    peakMemoryBytes: null,
  };
}

const describeReductions = (reductions: readonly Reduction[]) =>
  reductions.map(({ key, from, to }) => `Preset quick: ${key} is ${to} instead of ${from}.`);
