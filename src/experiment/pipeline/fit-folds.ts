import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import { type Services, type StepTimes, titled } from '../services.js';
import { type ForecastIndex, forecastIndex } from './forecast-index.js';
import { type FittedStudy, joinFolds } from './join-folds.js';
import { type FittedModel, fitModels, modelFile } from './models.js';
import { type Prepared, prepareFolds } from './prepare.js';
import type { Studied, Study } from './study.js';

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
): Promise<FittedStudy> {
  const { folds } = study.market;
  const foldAt = prepareFolds(study, config, services, times);
  const checkpoints = join(runFolder, 'checkpoints');
  const indexOf = async (prepared: Prepared, folder: string) =>
    config.portfolio.strategies.marketTiming && config.label.kind !== 'rank'
      ? [await forecastIndex(prepared, config, readFileSync(join(folder, 'model.onnx')), services)]
      : [];
  if (folds.length === 1) {
    const studied = await foldAt(0);
    const models = await fitModels(studied, config, { folder: runFolder, checkpoints }, services, times);
    return { studied, models, paths: [models[0].forecasts], index: await indexOf(studied, runFolder) };
  }
  const index: ForecastIndex[] = [];
  const studies: Studied[] = [];
  const fits: FittedModel[][] = [];
  for (const [k, fold] of folds.entries()) {
    const prepared = await foldAt(k);
    const progress = titled(services.progress, `Fold ${k + 1} of ${folds.length}`);
    const folder = foldFolder(fold.name);
    const places = { folder: join(runFolder, folder), checkpoints: join(checkpoints, folder) };
    fits.push(await fitModels(prepared, config, places, { ...services, progress }, times));
    index.push(...(await indexOf(prepared, places.folder)));
    // The panel belongs to the next fold from here on.
    const { panel: _panel, scaler: _scaler, data: _data, ...studied } = prepared;
    studies.push(studied);
  }
  const lastFold = foldFolder(folds[folds.length - 1].name);
  for (const { id, role } of fits[fits.length - 1]) {
    const path = modelFile(id, role);
    if (path !== null) writeFileAtomically(join(runFolder, path), readFileSync(join(runFolder, lastFold, path)));
  }
  return { ...joinFolds(studies, fits), index };
}

/** Where a fold's own files lie, relative to the run's folder. */
export const foldFolder = (name: string): string => join('folds', name.replace(/[^0-9A-Za-z-]+/g, '-'));
