import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CandlenetError, writeFileAtomically } from '../../util/index.js';
import type { Reduction } from '../config/presets.js';
import { type ExperimentConfig, pastConfigSchema } from '../config/schema.js';
import type { LedgerSnapshot } from '../ledger/index.js';
import type { Environment } from './environment.js';

export const MANIFEST_FILE = 'manifest.json';

/** What a run was made of: enough to make it again, and to see whether it came out the same. */
export interface RunManifest {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly status: 'running' | 'complete';
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** With the preset applied and every default filled in. */
  readonly config: ExperimentConfig;
  /** What the preset cut down. */
  readonly reductions: readonly Reduction[];
  readonly seed: number;
  readonly workers: number;
  readonly hashes: {
    /**
     * Of configuration, store content and candlenet version together: equal hash, equal results, apart from `trials` in the
     * metrics, which answers for what else was tried.
     */
    readonly experiment: string;
    readonly config: string;
    readonly store: string;
  };
  readonly store: { readonly path: string; readonly title: string; readonly source: string };
  readonly environment: Environment;
  /** How many runs of this folder have looked at days of this test period, deleted ones and this one included. */
  readonly testOpened: number | null;
  /** What the run used of the trial ledger; absent in unfinished runs, and in what early versions made. */
  readonly ledger?: LedgerSnapshot;
  /** SHA-256 of the content of each artefact that must come out the same bits. */
  readonly artefacts: Readonly<Record<string, string>>;
  /** Wall time by step, and peak memory: shown, never compared. */
  readonly timings: readonly { readonly step: string; readonly seconds: number }[];
  /** Wall time of each model's training, by its id; shown, never compared. */
  readonly trainingSeconds?: Readonly<Record<string, number>>;
  readonly peakMemoryBytes: number | null;
}

/** What reading relies on; the rest of a manifest is for people. */
const manifestShape = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  status: z.enum(['running', 'complete']),
  startedAt: z.string(),
  config: z.unknown(),
  hashes: z.object({ experiment: z.string(), config: z.string(), store: z.string() }),
  artefacts: z.record(z.string(), z.string()),
  timings: z.array(z.object({ step: z.string(), seconds: z.number() })),
});

export function writeManifest(folder: string, manifest: RunManifest): void {
  writeFileAtomically(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @throws RUN_NOT_FOUND when the folder holds no readable manifest */
export function readManifest(folder: string): RunManifest {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path))
    throw new CandlenetError('RUN_NOT_FOUND', `${folder}: no ${MANIFEST_FILE}, expected a run folder`);
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { config } = manifestShape.parse(json);
    pastConfigSchema.parse(config);
    return json as RunManifest;
  } catch (error) {
    throw new CandlenetError(
      'RUN_NOT_FOUND',
      `${path}: found no valid manifest of a run, expected what candlenet run writes`,
      {
        cause: error,
      },
    );
  }
}

/** The manifest of a folder, null where there is none that can be read. */
export function tryReadManifest(folder: string): RunManifest | null {
  try {
    return readManifest(folder);
  } catch (error) {
    if (error instanceof CandlenetError) return null;
    throw error;
  }
}
