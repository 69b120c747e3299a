import { join } from 'node:path';
import { openMarketStore } from '../../market/index.js';
import { parseDay, sessionsBetween, writeFileAtomically } from '../../util/index.js';
import type { LoadedConfig } from '../config/load.js';
import { applyPreset } from '../config/presets.js';
import type { StaticSplitConfig } from '../config/split-section.js';
import { foldFolder } from '../pipeline/fit-folds.js';
import { checkNetwork } from '../pipeline/network.js';
import { lastFoldAsStatic, splitterOf } from '../pipeline/split-plan.js';
import { fitSubject, validationLoss } from '../pipeline/subject/fit-subject.js';
import { readMembers } from '../pipeline/subject/known-members.js';
import { experimentHashes } from '../run-experiment.js';
import { describeEnvironment } from '../runs/environment.js';
import { renderRunReport } from '../runs/render-run-report.js';
import { finishedRun } from '../runs/run-folder.js';
import type { Services } from '../services.js';
import { auditPipeline } from './audit-pipeline.js';
import { CERTIFICATE_FILE, type LeakCertificate } from './certificate.js';
import { certificateJson } from './certificate-json.js';
import { chooseCuts } from './choose-cuts.js';
import { configPipeline, type FitNetworks } from './config-pipeline.js';

export interface ExperimentAuditOptions {
  /** Where run folders lie: a finished run of the same experiment lends its network and is given the certificate. */
  readonly runsFolder: string;
  /** Cuts spread over the span; each period of the split gets two more. Default 5. */
  readonly cuts?: number;
  /** Of the cuts and of the noise. Default 1. */
  readonly seed?: number;
  /** Leaves out the network, and with it forecasts, target weights and orders, where no run has one. */
  readonly skipTraining?: boolean;
  /** Where the certificate goes; by default into the run's folder, or beside the caller where there is no run. */
  readonly out?: string;
}

export interface ExperimentAudit {
  readonly certificate: LeakCertificate;
  readonly path: string;
  /** Id of the run whose network was audited; null where there is none. */
  readonly run: string | null;
}

/**
 * Audits the pipeline of a configuration, the last fold where its protocol has several, and writes the certificate; the report of its run then shows it.
 * @throws whatever the configuration and the store deserve; INTERRUPTED
 */
export async function auditExperiment(
  loaded: LoadedConfig,
  options: ExperimentAuditOptions,
  services: Services,
): Promise<ExperimentAudit> {
  const { config: whole } = applyPreset(loaded.config);
  checkNetwork(whole);
  const store = await openMarketStore(loaded.storePath);
  const calendar = await store.readCalendar({ asOf: store.lastDay });
  const config = lastFoldAsStatic(whole, calendar);
  const { seed = 1 } = options;
  const { experiment } = experimentHashes(whole, store, describeEnvironment());
  const run = finishedRun(options.runsFolder, experiment);

  const folds = splitterOf(whole)(calendar);
  const place = foldFolder(folds[folds.length - 1], folds);
  const fit: FitNetworks = async (prepared) => {
    if (run) return readMembers(prepared, config, join(run.path, place));
    const { members } = await fitSubject(prepared, config, null, services);
    return members.map(({ ranges, trained }) => ({ ranges, validationLoss: validationLoss({ trained }) }));
  };
  const skip = run === undefined && options.skipTraining === true;
  const certificate = await auditPipeline(configPipeline(config, skip ? null : fit, services.signal), store, {
    ...services,
    cuts: await cutsOf(config.split, store, options.cuts, seed),
    seed,
  });
  const path = options.out ?? join(run?.path ?? '.', CERTIFICATE_FILE);
  writeFileAtomically(path, certificateJson(certificate));
  if (run && options.out === undefined) renderRunReport(options.runsFolder, run.path);
  return { certificate, path, run: run?.manifest.id ?? null };
}

/** Cuts within the span of the split: before it and after it nothing is made. */
async function cutsOf(
  split: StaticSplitConfig,
  store: Awaited<ReturnType<typeof openMarketStore>>,
  count: number | undefined,
  seed: number,
): Promise<number[]> {
  const periods = (['train', 'validate', 'test'] as const).map((name) => {
    const [from, to] = split[name];
    return { from: parseDay(from, `split.${name}`), to: parseDay(to, `split.${name}`) };
  });
  const calendar = await store.readCalendar({ asOf: store.lastDay });
  const { start, end } = sessionsBetween(calendar, periods[0].from, periods[2].to, 'split');
  return chooseCuts(calendar.slice(start, end), { count, seed, periods });
}
