import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { writeFileAtomically } from '../../util/index.js';
import { loadConfig } from '../config/load.js';
import type { Services } from '../services.js';
import { tuneExperiment } from '../tune/index.js';
import type { PaperBudget } from './budget.js';
import { configOf, type Hyperparameters, type PaperMarket, PUBLISHED_OPTIMUM, searchSpan } from './variants.js';

/** Folds of a candidate; all but the best are stopped after the first. */
const FOLDS = 3;
const KEYS = {
  learningRate: 'training.learningRate',
  filters: 'model.filters',
  hidden: 'model.hidden',
  dropout: 'model.dropout',
} as const;

/**
 * The paper's search (4.2): a Gaussian process over what it says it searched, by purged cross-validation of the days before the
 * test. Resumable like any search. Without trials it is the paper's own optimum.
 */
export async function searchHyperparameters(
  storePath: string,
  out: string,
  market: PaperMarket,
  calendar: Int32Array,
  budget: PaperBudget,
  services: Services,
): Promise<Hyperparameters> {
  if (budget.trials === 0) return PUBLISHED_OPTIMUM;
  const { preset: _preset, ...config } = configOf('hyper-parameter', market, budget);
  const path = join(out, 'search.yaml');
  const tune = {
    space: {
      [KEYS.learningRate]: { log: [0.0002, 0.005] },
      [KEYS.filters]: {
        choice: [
          [32, 64],
          [64, 128],
          [96, 192],
        ],
      },
      [KEYS.hidden]: { int: [128, 384], step: 64 },
      [KEYS.dropout]: { float: [0.1, 0.5] },
    },
    trials: budget.trials,
    folds: FOLDS,
    span: budget.searchDays < 1 ? searchSpan(calendar, market.split, budget.searchDays) : null,
    initial: Math.min(8, Math.max(2, Math.floor(budget.trials / 2))),
    seed: market.seed,
  };
  const store = relative(out, storePath) || '.';
  const written = { ...config, name: 'paper-search', market: { ...config.market, store }, tune };
  writeFileAtomically(path, stringify(written));
  const { report } = await tuneExperiment(loadConfig(path), { ...services, runsFolder: join(out, 'runs') });
  const found = report.best?.settings ?? {};
  const of = <K extends keyof Hyperparameters>(key: K) =>
    (found[KEYS[key]] as Hyperparameters[K] | undefined) ?? PUBLISHED_OPTIMUM[key];
  return { learningRate: of('learningRate'), filters: of('filters'), hidden: of('hidden'), dropout: of('dropout') };
}
