import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, type ReportData, renderReport } from '../../report/index.js';
import { CandlenetError, writeFileAtomically } from '../../util/index.js';
import { readLeakAudit } from '../audit/certificate-json.js';
import { fromLosslessJson, readJson } from '../json.js';
import { METRICS_FILE, REPORT_DATA_FILE, REPORT_FILE } from './files.js';
import { readManifest } from './manifest.js';
import { findRun } from './run-folder.js';
import { type RunSummary, readMetrics, summariseRun } from './run-summary.js';

/**
 * Renders the report of a finished run again from what the run saved. @throws RUN_NOT_FOUND, also for an unfinished run
 */
export function renderRunReport(
  runsFolder: string,
  run: string,
  language?: Language,
): { readonly report: ReportData; readonly reportPath: string; readonly summary: RunSummary } {
  const folder = findRun(runsFolder, run);
  const manifest = readManifest(folder);
  const dataPath = join(folder, REPORT_DATA_FILE);
  if (manifest.status !== 'complete' || !existsSync(dataPath)) {
    throw new CandlenetError(
      'RUN_NOT_FOUND',
      `${folder}: found an unfinished run, expected a finished one; run its configuration again to finish it`,
    );
  }
  const leakAudit = readLeakAudit(folder);
  const saved = readJson(dataPath, fromLosslessJson) as ReportData;
  const report: ReportData = leakAudit ? { ...saved, leakAudit } : saved;
  const chosen = language ?? manifest.config.report.language;
  const name = chosen === manifest.config.report.language ? REPORT_FILE : `report.${chosen}.html`;
  const reportPath = join(folder, name);
  writeFileAtomically(reportPath, renderReport(report, { language: chosen }));
  return { report, reportPath, summary: summariseRun(manifest, folder, readMetrics(join(folder, METRICS_FILE))) };
}
