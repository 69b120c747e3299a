import { planUpdates } from '../../training/index.js';
import { formatDay, sha256 } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Prepared } from '../pipeline/prepare.js';
import { samplesOf } from '../pipeline/subject/fit-member.js';
import type { Artefact } from './artefact.js';
import { hashWords } from './grids.js';
import type { Boundary, Fit } from './provenance.js';

/** What an incremental update within the test reads, and when. */
export interface PlannedInputs {
  readonly day: number;
  /** SHA-256 of the samples that arrived, by symbol and session, with their labels. */
  readonly hash: string;
  readonly boundary: Boundary;
  readonly fit: Fit;
}

/**
 * The updates of a fold's networks. Their windows are rows of the standardised features, which are audited themselves;
 * the replay is drawn from the training's inputs and from what arrived before.
 */
export function plannedUpdates(prepared: Prepared, config: ExperimentConfig): PlannedInputs[] {
  const { bars, fold, labels } = prepared;
  if (config.online === null) return [];
  const days = bars.dates.length;
  const learnt = bars.dates[fold.train[0].first];
  const chains = planUpdates(bars.dates, fold, config.online.every, labels.reachDays);
  return chains.flatMap(({ updates }) =>
    updates.map(({ session, arrived }) => {
      const { rows, classes, targets, maxShift } = samplesOf(prepared, config, arrived);
      const day = bars.dates[session];
      const name = `update ${formatDay(day)}`;
      const lastSample = rows.reduce((last, row) => Math.max(last, row % days), arrived.first);
      return {
        day,
        hash: sha256(
          ...Array.from(rows, (row) => `${bars.symbols[Math.floor(row / days)]} ${bars.dates[row % days]};`),
          targets ?? classes,
          maxShift ?? '',
        ),
        // The updated network first says something after the close of its session: it may know that session's open.
        boundary: { name, lastSample, nextFirst: session + 1, reach: labels.reachDays },
        fit: {
          name,
          fitted: [learnt, bars.dates[lastSample]],
          training: [learnt, bars.dates[session - labels.reachDays]],
        },
      };
    }),
  );
}

/** The hashes as an artefact: each is known on the day of its update. */
export function updateInputs(updates: readonly PlannedInputs[]): Artefact {
  const rows = updates.map(({ hash }) => hashWords(hash));
  return {
    name: 'update inputs',
    symbols: [''],
    dates: Int32Array.from(updates, ({ day }) => day),
    columns: rows[0].columns,
    values: Uint32Array.from(rows.flatMap(({ values }) => Array.from(values))),
  };
}
