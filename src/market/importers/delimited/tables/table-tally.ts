import type { DataFinding } from '../../../types.js';
import type { FindingSubject } from './stored-rows.js';

const KINDS = {
  'disclosure-undated': {
    title: 'Disclosures without a day of announcement, or with one before the period ends',
    action: 'left out: nothing says when they were known',
  },
  'value-absent': { title: 'Rows or fields without a value', action: 'left out, not made up' },
  'release-assumed': {
    title: 'Macro values without a day of release',
    action: 'released when they were out at the latest, by the table of release lags; revisions are not undone',
  },
  'action-undated': { title: 'Corporate actions without an ex-day', action: 'left out: a plan is no action' },
  'row-repeated': { title: 'Rows that say again what another row of the files says', action: 'taken once' },
} as const;

export type TableFindingKind = keyof typeof KINDS;

/** Counts what is odd about the rows of a table, with the first case as its example. */
export interface TableTally {
  count(kind: TableFindingKind, subject: FindingSubject, example: () => string): void;
  findings(): DataFinding[];
}

/** @param isKnown what was counted when the store was made: it is not counted again */
export function createTableTally(isKnown: (subject: FindingSubject) => boolean = () => false): TableTally {
  const found = new Map<TableFindingKind, { count: number; example: string }>();
  return {
    count(kind, subject, example) {
      if (isKnown(subject)) return;
      const entry = found.get(kind) ?? { count: 0, example: example() };
      entry.count++;
      found.set(kind, entry);
    },
    findings: () => [...found].map(([kind, entry]) => ({ kind, ...KINDS[kind], ...entry })),
  };
}
