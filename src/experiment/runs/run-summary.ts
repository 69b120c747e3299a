import { existsSync } from 'node:fs';
import { readJson } from '../json.js';
import type { Metrics } from '../pipeline/metrics.js';
import type { RunManifest } from './manifest.js';

/** A run in figures: one row of `candlenet runs`, and what `candlenet run --json` prints. Undefined figures are null. */
export interface RunSummary {
  readonly id: string;
  readonly folder: string;
  readonly status: RunManifest['status'];
  readonly finishedAt: string | null;
  readonly hashes: RunManifest['hashes'];
  readonly artefacts: RunManifest['artefacts'];
  readonly timings: RunManifest['timings'];
  readonly peakMemoryBytes: number | null;
  readonly metrics: Metrics | null;
}

export function summariseRun(manifest: RunManifest, folder: string, metrics: Metrics | null): RunSummary {
  return {
    id: manifest.id,
    folder,
    status: manifest.status,
    finishedAt: manifest.finishedAt,
    hashes: manifest.hashes,
    artefacts: manifest.artefacts,
    timings: manifest.timings,
    peakMemoryBytes: manifest.peakMemoryBytes,
    metrics,
  };
}

/** A run's `metrics.json`; null while it has none. @throws FILE_UNREADABLE */
export function readMetrics(path: string): Metrics | null {
  return existsSync(path) ? (readJson(path, (text) => JSON.parse(text)) as Metrics) : null;
}
