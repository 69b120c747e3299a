import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMarketStore, verifyStore } from '../../market/index.js';
import { CandlenetError } from '../../util/index.js';
import { parseConfig } from '../config/load.js';
import { type CountedBefore, readSnapshot } from '../ledger/index.js';
import { runExperiment } from '../run-experiment.js';
import { type RunManifest, readManifest } from '../runs/manifest.js';
import { findRun } from '../runs/run-folder.js';
import type { Services } from '../services.js';
import { type ArtefactComparison, compareArtefacts } from './compare-artefacts.js';

export interface ReplayOptions {
  readonly runsFolder: string;
  /** Where the store lies now; by default where it lay. */
  readonly store?: string;
}

/** A finished run made again, and whether it came out the same. */
export interface Replay {
  readonly id: string;
  readonly folder: string;
  readonly identical: boolean;
  /** The first that differs, in the order in which they are made; null where none does. */
  readonly firstDifference: string | null;
  readonly artefacts: readonly ArtefactComparison[];
  /** Whether program and configuration have the hash they had: if not, a difference may come from there. */
  readonly sameProgram: boolean;
}

/**
 * Makes a finished run again in a temporary place, from nothing but its manifest (configuration, seed, workers), its store and the
 * trials it counted, and compares the hash of every artefact. Neither the run nor the trial ledger is touched.
 * @throws RUN_NOT_FOUND, also for an unfinished run; RUN_MISMATCH where the store holds another content;
 * FILE_NOT_FOUND, STORE_INVALID where it is gone or was changed behind its manifest's back; INTERRUPTED
 */
export async function replayRun(run: string, options: ReplayOptions, services: Services): Promise<Replay> {
  const folder = findRun(options.runsFolder, run);
  const manifest = readManifest(folder);
  if (manifest.status !== 'complete') {
    throw new CandlenetError(
      'RUN_NOT_FOUND',
      `${folder}: found an unfinished run, expected a finished one; run its configuration again to finish it`,
    );
  }
  const storePath = await sameStore(manifest, options.store);
  const countedBefore = countedOf(folder, manifest);
  const config = parseConfig(manifest.config, join(folder, 'manifest.json'));
  const runsFolder = mkdtempSync(join(tmpdir(), 'candlenet-replay-'));
  try {
    const again = await runExperiment(
      { config, storePath, path: folder },
      { ...services, runsFolder, ...(countedBefore && { countedBefore }) },
    );
    const artefacts = compareArtefacts(manifest.artefacts, again.summary.artefacts);
    const firstDifference = artefacts.find(({ same }) => !same)?.path ?? null;
    return {
      ...{ id: manifest.id, folder, identical: firstDifference === null, firstDifference, artefacts },
      sameProgram: again.summary.hashes.experiment === manifest.hashes.experiment,
    };
  } finally {
    rmSync(runsFolder, { recursive: true, force: true });
  }
}

/** The store the run was made of, wherever it lies now. @returns its folder */
async function sameStore({ store: { path }, hashes, id }: RunManifest, moved: string | undefined): Promise<string> {
  const place = moved ?? path;
  if (!existsSync(place)) {
    const hint = moved === undefined ? '; if it lies elsewhere now, name it with --store' : '';
    throw new CandlenetError('FILE_NOT_FOUND', `${place}: the market store of run ${id} not found${hint}`);
  }
  const store = await openMarketStore(place);
  const found = store.manifest.contentHash;
  if (found !== hashes.store) {
    throw new CandlenetError(
      'RUN_MISMATCH',
      `${place}: found a store of content ${found.slice(0, 12)}, expected ${hashes.store.slice(0, 12)}, of which run ${id} was made`,
    );
  }
  await verifyStore(store);
  return place;
}

/** Undefined for a run that counted no trials, as early versions did. */
function countedOf(folder: string, { ledger }: RunManifest): CountedBefore | undefined {
  if (!ledger) return undefined;
  const { elsewhere, damaged } = ledger;
  return { others: readSnapshot(folder, ledger), elsewhere, damaged };
}
