import { canonicalJson, type Day, sha256 } from '../../util/index.js';
import type { Artefact } from './artefact.js';
import type { Difference } from './compare.js';
import type { ProvenanceFinding } from './provenance.js';

export const CERTIFICATE_FILE = 'leak-certificate.json';

export type FutureKind = 'removed' | 'noise';

/** One recomputation of a pipeline without what came after a cut. */
export interface Recomputation {
  readonly cut: Day;
  readonly future: FutureKind;
  /** Cells compared, by artefact. */
  readonly cells: Readonly<Record<string, number>>;
  /** First failing cell of each failing column. */
  readonly differences: readonly Difference[];
}

export interface AuditedArtefact {
  readonly name: string;
  readonly columns: number;
  /** SHA-256 over names, dates and values. */
  readonly hash: string;
  /** Cells compared in all recomputations; 0: it was not checked. */
  readonly cells: number;
}

/** What was checked, and what came of it. */
export interface LeakCertificate {
  readonly format: 'candlenet-leak-certificate';
  readonly schemaVersion: 1;
  readonly candlenet: string;
  readonly pipeline: string;
  readonly store: { readonly title: string; readonly contentHash: string };
  readonly seed: number;
  readonly cuts: readonly Day[];
  readonly artefacts: readonly AuditedArtefact[];
  readonly recomputations: readonly Recomputation[];
  readonly provenance: readonly ProvenanceFinding[];
  /** `clean`: nothing of what was checked looks ahead. */
  readonly verdict: 'clean' | 'looks-ahead';
  /** The earliest cell that differs of the first artefact that does; null where none does. */
  readonly first: (Difference & { readonly cut: Day; readonly future: FutureKind }) | null;
}

export function artefactHash({ symbols, dates, columns, values, reach, knownFrom }: Artefact): string {
  return sha256(canonicalJson({ symbols, columns, reach: reach ?? 0, knownFrom: knownFrom ?? null }), dates, values);
}

/**
 * The earliest difference of the first artefact, in the order in which a pipeline makes them, that has one: what follows from it
 * may differ on earlier days, as a scaler does that was fitted on a wrong feature, but is not the cause.
 * @param order names of the artefacts
 */
export function firstDifference(
  recomputations: readonly Recomputation[],
  order: readonly string[],
): LeakCertificate['first'] {
  const all = recomputations.flatMap(({ cut, future, differences }) =>
    differences.map((difference) => ({ ...difference, cut, future })),
  );
  const rank = ({ artefact }: Difference) => order.indexOf(artefact);
  return all.toSorted((a, b) => rank(a) - rank(b) || a.date - b.date)[0] ?? null;
}
