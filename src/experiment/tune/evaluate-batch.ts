import { goesOn, rungsOf } from '../../training/index.js';
import { invariant, type ProgressTask, silentProgress } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { evaluateFold } from './evaluate-fold.js';
import { samplesKey } from './fold-source.js';
import type { Search } from './search.js';
import { crossValidated } from './search-days.js';
import { type Candidate, isFailed, lossAfter } from './search-state.js';
import { bestOf, trialsOf } from './tune-report.js';

/** Fold by fold, all that are left side by side; at each rung those that are not among the best stop. */
export async function evaluateBatch(
  search: Search,
  before: readonly Candidate[],
  fresh: readonly Candidate[],
): Promise<void> {
  const { tune, services } = search;
  const rungs = tune.eta === null ? [] : rungsOf(tune.folds, tune.eta);
  const numbers = fresh.length === 1 ? `${fresh[0].number}` : `${fresh[0].number}-${fresh[fresh.length - 1].number}`;
  const title = `Candidate ${numbers} of ${tune.trials}`;
  const task = services.progress.start(title, fresh.length * tune.folds, 'folds');
  let alive = [...fresh];
  for (let fold = 0; fold < tune.folds && alive.length > 0; fold++) {
    await evaluateAlive(search, alive, fold, fresh.length * fold, task);
    alive = alive.filter((candidate) => !isFailed(candidate));
    if (!rungs.includes(fold + 1)) continue;
    const at = (candidate: Candidate) => lossAfter(candidate, tune.metric, fold + 1);
    const reached = [...before, ...fresh].filter(({ results }) => results.length > fold).map(at);
    alive = alive.filter((candidate) => goesOn(at(candidate), reached, tune.eta ?? 1));
  }
  task.end(outcomeOf(search, before, fresh));
}

async function evaluateAlive(
  search: Search,
  alive: readonly Candidate[],
  fold: number,
  done: number,
  task: ProgressTask,
): Promise<void> {
  const { folder, samplesOf, services, tune } = search;
  const configs = new Map(
    alive.map((candidate) => [candidate, crossValidated(search.candidate(candidate.settings), tune, search.days)]),
  );
  const found = new Map(alive.map((candidate) => [candidate, folder.readFold(candidate.number, fold)]));
  const missing = alive.filter((candidate) => found.get(candidate) === null);
  const keys = new Set([...configs.values()].map(samplesKey));
  for (const key of keys) {
    const group = missing.filter((candidate) => samplesKey(configOf(configs, candidate)) === key);
    if (group.length === 0) continue;
    const prepared = await samplesOf(configOf(configs, group[0]), fold);
    const settled = await Promise.allSettled(
      group.map(async (candidate) => {
        const result = await evaluateFold(
          prepared,
          configOf(configs, candidate),
          folder.checkpoints(candidate.number, fold),
          {
            signal: services.signal,
            onNote: services.onNote,
            progress: silentProgress,
            onEpoch: (epoch, loss) =>
              task.update(done, `candidate ${candidate.number}, fold ${fold + 1}, epoch ${epoch}: ${loss.toFixed(4)}`),
          },
        );
        folder.writeFold(candidate.number, fold, result);
        found.set(candidate, result);
      }),
    );
    for (const one of settled) if (one.status === 'rejected') throw one.reason;
  }
  for (const candidate of alive) {
    const result = found.get(candidate);
    if (result) candidate.results.push(result);
  }
}

function configOf(configs: ReadonlyMap<Candidate, ExperimentConfig>, candidate: Candidate): ExperimentConfig {
  const config = configs.get(candidate);
  invariant(config !== undefined, `candidate ${candidate.number} has a configuration`);
  return config;
}

/** What a batch came to, and the best so far. */
function outcomeOf({ tune }: Search, before: readonly Candidate[], fresh: readonly Candidate[]): string {
  const trials = trialsOf([...before, ...fresh], tune.metric, tune.folds);
  const said = trials.slice(before.length).map(({ status, score, scores }) => {
    if (status === 'failed') return 'failed';
    if (status === 'stopped') return `stopped after ${scores.length} of ${tune.folds} folds`;
    return `${tune.metric} ${score?.toFixed(4) ?? 'undefined'}`;
  });
  const best = bestOf(trials, tune.metric);
  return `${said.join(', ')}${best === null ? '' : `; best ${best.score.toFixed(4)}, candidate ${best.number}`}`;
}
