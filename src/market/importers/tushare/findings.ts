import type { DataFinding } from '../../types.js';

/** What only a source over HTTP can lack, counted while it is read. */
export interface SourceFindings {
  repeated(example: string): void;
  undated(example: string): void;
  changedUndated(example: string): void;
  notPermitted(apis: Iterable<string>): void;
  list(): DataFinding[];
}

/** What a source over HTTP may have wrong with it, case by case. */
const COUNTED = {
  repeated: { kind: 'row-repeated', title: 'Rows that came more than once', action: 'taken once' },
  undated: {
    kind: 'disclosure-undated',
    title: 'Disclosures without a day of announcement, or with one before their period ends',
    action: 'left out: nothing says when they were known',
  },
  changedUndated: {
    kind: 'disclosure-changed-undated',
    title: 'Figures the source has changed without a day of announcement of its own',
    action: 'the original figures stand',
  },
} as const;

export function createSourceFindings(): SourceFindings {
  const cases = new Map<keyof typeof COUNTED, { count: number; example: string }>();
  let refused: string[] = [];
  const count = (what: keyof typeof COUNTED) => (example: string) => {
    const found = cases.get(what);
    if (found) found.count++;
    else cases.set(what, { count: 1, example });
  };
  return {
    repeated: count('repeated'),
    undated: count('undated'),
    changedUndated: count('changedUndated'),
    notPermitted(apis) {
      refused = [...apis].sort();
    },
    list: () => [
      ...Object.entries(COUNTED).map(([what, { kind, title, action }]) => ({
        kind,
        title,
        ...(cases.get(what as keyof typeof COUNTED) ?? { count: 0, example: '' }),
        action,
      })),
      {
        kind: 'api-not-permitted',
        title: 'Kinds of data the account has no permission for',
        count: refused.length,
        example: refused.join(', '),
        action: 'left out of the store, and what follows from them is off',
      },
    ],
  };
}
