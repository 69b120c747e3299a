import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExplanationReport } from '../../report/index.js';
import type { Fold } from '../../training/index.js';
import { writeFileAtomically } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { explainFold, explains } from '../explain/explain-fold.js';
import { type Services, type StepTimes, titled } from '../services.js';
import { type ForecastIndex, forecastIndex } from './forecast-index.js';
import { type FittedStudy, joinFolds } from './join-folds.js';
import { type FittedModel, type FoldFit, fitModels, modelFile } from './models.js';
import { type Prepared, prepareFolds } from './prepare.js';
import type { Studied, Study } from './study.js';
import { WITHOUT_UPDATES } from './subject/fit-subject.js';
import { type FoldSubject, joinSubjects, subjectOf } from './subject/join-subjects.js';

/**
 * Fits every model of every fold. A protocol of one fold writes into the run folder itself; of several, each fold into
 * `folds/<name>/`, and the models of the last are the run's own.
 */
export async function fitFolds(
  study: Study,
  config: ExperimentConfig,
  runFolder: string,
  services: Services,
  times: StepTimes,
  foldAt = prepareFolds(study, config, services, times),
): Promise<FittedStudy> {
  const { folds } = study.market;
  const alone = folds.length === 1;
  const indexOf = async (prepared: Prepared, { subject }: FoldFit) =>
    config.portfolio.strategies.marketTiming && config.label.kind !== 'rank'
      ? [await forecastIndex(prepared, config, subject.forecaster, services)]
      : [];
  const explained = async (prepared: Prepared, folder: string, { subject }: FoldFit) => {
    if (!explains(config)) return null;
    // As it was trained: an updated network has learnt from days after those that it is explained on.
    const path = config.online === null ? 'model.onnx' : join('comparison', WITHOUT_UPDATES, 'model.onnx');
    const onnx = readFileSync(join(folder, path));
    const weights = subject.members[0].trained;
    return times.time('explaining the network', () => explainFold(prepared, config, onnx, weights, services));
  };
  const index: ForecastIndex[] = [];
  const studies: Studied[] = [];
  const fits: FittedModel[][] = [];
  const subjects: FoldSubject[] = [];
  let explanation: ExplanationReport | null = null;
  for (const [k, fold] of folds.entries()) {
    const prepared = await foldAt(k);
    const folder = foldFolder(fold, folds);
    const places = { folder: join(runFolder, folder), checkpoints: join(runFolder, 'checkpoints', folder) };
    const { progress } = services;
    const own = { ...services, progress: alone ? progress : titled(progress, `Fold ${k + 1} of ${folds.length}`) };
    const fit = await fitModels(prepared, config, places, own, times);
    fits.push([...fit.models]);
    subjects.push(subjectOf(prepared, config, fit.subject));
    index.push(...(await indexOf(prepared, fit)));
    if (k === folds.length - 1) explanation = await explained(prepared, places.folder, fit);
    // The panel belongs to the next fold from here on.
    const { panel: _panel, scaler: _scaler, data: _data, ...studied } = prepared;
    studies.push(studied);
  }
  if (!alone) {
    const lastFolder = join(runFolder, foldFolder(folds[folds.length - 1], folds));
    for (const { id, role } of fits[fits.length - 1]) {
      const path = modelFile(id, role);
      if (path !== null) writeFileAtomically(join(runFolder, path), readFileSync(join(lastFolder, path)));
    }
  }
  const subject = joinSubjects(study.market.bars.dates, subjects, folds);
  return { ...joinFolds(studies, fits), subject, index, explanation };
}

/** Where a fold's own files lie, relative to the run's folder: in it, where the protocol has no other fold. */
export const foldFolder = ({ name }: Fold, { length }: readonly Fold[]): string =>
  length === 1 ? '' : join('folds', name.replace(/[^0-9A-Za-z-]+/g, '-'));
