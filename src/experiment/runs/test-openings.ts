import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { MarketStore } from '../../market/index.js';
import { writeFileAtomically } from '../../util/index.js';
import type { SplitConfig } from '../config/split-section.js';
import { judgedPeriod } from '../pipeline/split-plan.js';
import { isSameMarket, marketIdentity, marketIdentitySchema } from './market-identity.js';
import { listRuns } from './run-folder.js';

/** Beside the run folders: a test period stays looked at when the run that did so is deleted, or fails afterwards. */
const FOLDER = 'test-openings';

const openingSchema = z.object({
  run: z.string(),
  openedAt: z.string(),
  experiment: z.string(),
  /** First and last day, YYYY-MM-DD. */
  test: z.tuple([z.string(), z.string()]),
  store: marketIdentitySchema,
});

/** One look at the days that judge an experiment. */
export type TestOpening = z.infer<typeof openingSchema>;

interface OpeningRun {
  readonly id: string;
  readonly hashes: { readonly experiment: string };
  readonly config: { readonly split: SplitConfig };
}

export function openingOf({ id, hashes, config }: OpeningRun, store: MarketStore, openedAt: string): TestOpening {
  return {
    run: id,
    openedAt,
    experiment: hashes.experiment,
    test: [...judgedPeriod(config.split)],
    store: marketIdentity(store),
  };
}

/**
 * Notes, before anything of the test period is judged, that a run opens it. A run that is taken up again opens it once.
 * @returns how many runs of this folder have looked at days of this test period of this market, whatever their
 * configuration and whatever became of them, this one included
 * @throws FILE_WRITE_FAILED
 */
export function openTestPeriod(runsFolder: string, opening: TestOpening): number {
  const path = join(runsFolder, FOLDER, `${opening.run}.json`);
  if (!existsSync(path)) writeFileAtomically(path, `${JSON.stringify(opening, null, 2)}\n`);
  const same = [...recordedOpenings(runsFolder), ...openingsOfRuns(runsFolder)].filter((other) =>
    overlaps(other, opening),
  );
  return new Set(same.map(({ run }) => run)).size;
}

/** Records that cannot be read are passed over, as damaged runs are. */
function recordedOpenings(runsFolder: string): TestOpening[] {
  const folder = join(runsFolder, FOLDER);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      try {
        return [openingSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))];
      } catch {
        return [];
      }
    });
}

/** Finished runs that came here without their record. */
function openingsOfRuns(runsFolder: string): TestOpening[] {
  return listRuns(runsFolder)
    .filter(({ manifest }) => manifest.status === 'complete')
    .map(({ manifest: { id, hashes, config, store, startedAt } }) => ({
      run: id,
      openedAt: startedAt,
      experiment: hashes.experiment,
      test: [...judgedPeriod(config.split)],
      store: { contentHash: hashes.store, path: resolve(store.path), synthetic: true },
    }));
}

function overlaps(a: TestOpening, b: TestOpening): boolean {
  return isSameMarket(a.store, b.store) && a.test[0] <= b.test[1] && b.test[0] <= a.test[1];
}
