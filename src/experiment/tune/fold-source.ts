import type { MarketStore } from '../../market/index.js';
import { canonicalJson } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { type Prepared, prepareFolds } from '../pipeline/prepare.js';
import { openStudy, type Study } from '../pipeline/study.js';
import { createStepTimes, type Services } from '../services.js';

/** The samples of a fold for a candidate; good until the next is asked for, as they share memory. */
export type FoldSource = (config: ExperimentConfig, fold: number) => Promise<Prepared>;

/** Candidates with one key can learn from one and the same memory side by side. */
export const samplesKey = ({ features, training }: ExperimentConfig): string =>
  canonicalJson({ features, timeShift: training.timeShift });

/** Reads the market and builds features anew only where a candidate's own differ from those of the one before. */
export function createFoldSource(store: MarketStore, services: Services): FoldSource {
  let study: { readonly key: string; readonly opened: Study } | null = null;
  let folds: { readonly key: string; readonly at: (k: number) => Promise<Prepared> } | null = null;
  let current: { readonly k: number; readonly prepared: Prepared } | null = null;
  return async (config, k) => {
    const times = createStepTimes();
    const studyKey = canonicalJson(config.features);
    if (study?.key !== studyKey) {
      study = folds = current = null;
      study = { key: studyKey, opened: await openStudy(config, store, services, times) };
    }
    const key = samplesKey(config);
    if (folds?.key !== key) {
      current = null;
      folds = { key, at: prepareFolds(study.opened, config, services, times) };
    }
    if (current?.k !== k) {
      current = null;
      current = { k, prepared: await folds.at(k) };
    }
    return current.prepared;
  };
}
