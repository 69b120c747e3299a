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
  /** The earliest cell that differs; null where none does. */
  readonly first: (Difference & { readonly cut: Day; readonly future: FutureKind }) | null;
}

export function artefactHash({ symbols, dates, columns, values, reach, knownFrom }: Artefact): string {
  return sha256(canonicalJson({ symbols, columns, reach: reach ?? 0, knownFrom: knownFrom ?? null }), dates, values);
}

/** The earliest difference of all, by date; of one date the first in the order of artefacts and columns. */
export function firstDifference(recomputations: readonly Recomputation[]): LeakCertificate['first'] {
  let first: LeakCertificate['first'] = null;
  for (const { cut, future, differences } of recomputations) {
    for (const difference of differences) {
      if (first === null || difference.date < first.date) first = { ...difference, cut, future };
    }
  }
  return first;
}
