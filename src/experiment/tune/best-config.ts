import { relative } from 'node:path';
import { writeFileAtomically } from '../../util/index.js';
import type { LoadedConfig } from '../config/load.js';
import type { TuneReport } from './tune-report.js';

/**
 * Writes the configuration as its user wrote it, comments and all, with the best settings in it, the search taken out and paths
 * from where it now lies.
 * @param folder that `path` lies in
 */
export function writeBestConfig(path: string, folder: string, loaded: LoadedConfig, report: TuneReport): void {
  const { source, config, storePath } = loaded;
  const { best, metric, folds, days } = report;
  if (source === undefined || best === null) return;
  const document = source.document.clone();
  document.delete('tune');
  const set = (key: readonly string[], value: unknown) =>
    document.setIn(key, document.createNode(value, { flow: true }));
  for (const [key, value] of Object.entries(best.settings)) set(key.split('.'), value);
  set(['market', 'store'], fromFolder(folder, storePath));
  // Settings of the command line that the search was made under.
  set(['training', 'seed'], config.training.seed);
  set(['training', 'workers'], config.training.workers);
  const { classifier } = config.features.news;
  if (classifier !== null) {
    for (const key of ['model', 'vocabulary'] as const) {
      set(['features', 'news', 'classifier', key], fromFolder(folder, classifier[key]));
    }
  }
  const found = `candidate ${best.number} of ${report.trials.length}, ${metric} ${best.score.toPrecision(6)} over ${folds} folds`;
  document.commentBefore = ` Found by candlenet tune (${report.id}): ${found} of ${days[0]} … ${days[1]}.${
    document.commentBefore ? `\n${document.commentBefore}` : ''
  }`;
  writeFileAtomically(path, document.toString({ lineWidth: 0 }));
}

/** Portable where it can be: with forward slashes. */
const fromFolder = (folder: string, path: string) => relative(folder, path).replaceAll('\\', '/') || '.';
