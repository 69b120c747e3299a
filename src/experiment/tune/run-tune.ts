import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type MarketStore, openMarketStore } from '../../market/index.js';
import { propose, settingsOf } from '../../training/index.js';
import { canonicalJson, formatDay, parseDay, sha256, systemClock, writeFileAtomically } from '../../util/index.js';
import type { LoadedConfig } from '../config/load.js';
import { applyPreset } from '../config/presets.js';
import { recordTrials } from '../ledger/index.js';
import { policyDesk } from '../pipeline/policies.js';
import { judgedPeriod } from '../pipeline/split-plan.js';
import { experimentHashes, type RunServices } from '../run-experiment.js';
import { describeEnvironment } from '../runs/environment.js';
import { marketIdentity } from '../runs/market-identity.js';
import { writeBestConfig } from './best-config.js';
import { type SearchSetup, searchSetup } from './candidates.js';
import { evaluateBatch } from './evaluate-batch.js';
import { createFoldSource } from './fold-source.js';
import type { Search } from './search.js';
import { crossValidated, searchDays } from './search-days.js';
import { openSearchFolder, searchId } from './search-folder.js';
import { type Candidate, evaluatedOf, isLoss, newCandidate } from './search-state.js';
import { bestOf, type TuneReport, trialsOf } from './tune-report.js';

export const TUNE_REPORT_FILE = 'tune.json';
export const BEST_CONFIG_FILE = 'best.yaml';

export interface TuneOutcome {
  readonly folder: string;
  readonly report: TuneReport;
}

/**
 * Searches for hyper-parameters: candidates are proposed in batches, each is judged by purged cross-validation over the days before
 * the test period, and successive halving drops the poor ones after a fold or a few. What is found out lies in the search's folder
 * at once, so that stopped by a signal, a kill or a crash the same call goes on where it was, to the same result; and so that more
 * trials can be asked for later. Every candidate is noted in the trial ledger. The test period is never read.
 * @throws what the configuration or the store deserve, before anything is trained; INTERRUPTED
 */
export async function tuneExperiment(loaded: LoadedConfig, services: RunServices): Promise<TuneOutcome> {
  const setup = searchSetup(loaded);
  return searchOn(await openMarketStore(loaded.storePath), setup, loaded, services);
}

export async function searchOn(
  store: MarketStore,
  setup: SearchSetup,
  loaded: LoadedConfig,
  services: RunServices,
): Promise<TuneOutcome> {
  const { tune } = setup;
  const days = searchDays(loaded.config, tune, formatDay(store.firstDay));
  const { config } = applyPreset(loaded.config);
  const samplesOf = createFoldSource(store, services);
  const id = searchId(config.name, searchHash(loaded, days, store));
  if (!existsSync(join(services.runsFolder, id))) {
    // What the market cannot serve is refused before there is a folder of it.
    const [point] = propose({ ...tune, space: setup.space }, [], 1);
    const first = crossValidated(setup.candidate(settingsOf(setup.space, point)), tune, days);
    policyDesk(await samplesOf(first, 0), first);
  }
  const folder = openSearchFolder(services.runsFolder, id);
  try {
    return await runSearch({ ...setup, loaded, store, days, folder, samplesOf, services });
  } finally {
    folder.release();
  }
}

/** Equal hash, equal candidates in equal order; how many there are to be does not enter. */
function searchHash(loaded: LoadedConfig, days: readonly [string, string], store: MarketStore): string {
  const { config } = applyPreset(loaded.config);
  const { trials: _trials, hours: _hours, ...identity } = loaded.config.tune ?? {};
  return sha256(experimentHashes(config, store, describeEnvironment()).experiment, canonicalJson({ identity, days }));
}

async function runSearch(search: Search): Promise<TuneOutcome> {
  const { tune, space, folder, services } = search;
  const began = systemClock.seconds();
  const earlier = folder.effort ?? { startedAt: systemClock.now(), seconds: 0 };
  const worked = () => earlier.seconds + systemClock.seconds() - began;
  const keepEffort = () => {
    folder.effort = { ...earlier, seconds: worked() };
  };
  const candidates: Candidate[] = [];
  let note: string | null = null;
  try {
    for (let batch = 0; candidates.length < tune.trials; batch++) {
      const known = folder.readBatch(batch);
      if (known === null && tune.hours !== null && worked() >= tune.hours * 3600) {
        note = `the ${tune.hours} hours are over`;
        break;
      }
      const room = tune.trials - candidates.length;
      const points =
        known ?? propose({ ...tune, space }, evaluatedOf(candidates, tune.metric), Math.min(tune.parallel, room));
      if (points.length === 0) {
        note = 'the space holds no more candidates';
        break;
      }
      if (known === null) folder.writeBatch(batch, points);
      const fresh = points.map((point, i) => newCandidate(space, point, candidates.length + 1 + i));
      await evaluateBatch(search, candidates, fresh);
      candidates.push(...fresh);
      for (const candidate of fresh) recordCandidate(search, candidate);
      keepEffort();
      writeReport(search, reportOf(search, candidates, worked(), 'running', null));
    }
  } catch (error) {
    keepEffort();
    throw error;
  }
  const report = reportOf(search, candidates, worked(), 'complete', note);
  writeReport(search, report);
  if (report.bestConfig !== null) writeBestConfig(report.bestConfig, resolve(folder.path), search.loaded, report);
  else rmSync(folder.file(BEST_CONFIG_FILE), { force: true });
  services.signal?.throwIfAborted();
  return { folder: folder.path, report };
}

/** Notes a candidate in the trial ledger, with what its portfolio earned on the days that judged it. */
function recordCandidate(
  { loaded, store, folder, tune, days, candidate: build, services }: Search,
  of: Candidate,
): void {
  const { results } = of;
  const { experiment, config } = experimentHashes(
    crossValidated(build(of.settings), tune, days),
    store,
    describeEnvironment(),
  );
  const scores = results.map((result) => result.scores[tune.metric]);
  const value = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const returns = results.flatMap((result) => result.returns);
  const dates = results.flatMap((result) => result.dates.map((day) => parseDay(day)));
  recordTrials(services.runsFolder, [
    {
      ...{
        source: folder.id,
        kind: 'search',
        experiment,
        config,
        strategy: loaded.config.model.name,
        role: 'baseline',
      },
      market: marketIdentity(store),
      judged: [parseDay(results[0].judged[0]), parseDay(results[results.length - 1].judged[1])],
      dates: Int32Array.from(dates),
      returns: Float64Array.from(returns),
      score: Number.isFinite(value) ? { name: tune.metric, value } : null,
    },
  ]);
}

function reportOf(
  { loaded, tune, store, days, folder }: Search,
  candidates: readonly Candidate[],
  seconds: number,
  status: TuneReport['status'],
  note: string | null,
): TuneReport {
  const { config, reductions } = applyPreset(loaded.config);
  const trials = trialsOf(candidates, tune.metric, tune.folds);
  const best = bestOf(trials, tune.metric);
  return {
    ...{ schemaVersion: 1, id: folder.id, name: config.name, status },
    ...{ method: tune.method, metric: tune.metric, better: isLoss(tune.metric) ? 'lower' : 'higher' },
    ...{ space: tune.space, folds: tune.folds, days, unopened: judgedPeriod(config.split), reductions },
    store: { title: store.manifest.title, contentHash: store.manifest.contentHash },
    ...{ trials, best },
    bestConfig: best === null || status === 'running' ? null : folder.file(BEST_CONFIG_FILE),
    ...{ note, seconds },
  };
}

const writeReport = ({ folder }: Search, report: TuneReport) =>
  writeFileAtomically(folder.file(TUNE_REPORT_FILE), `${JSON.stringify(report, null, 2)}\n`);
