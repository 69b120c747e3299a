import type { DataFinding } from '../../types.js';

/** What only a source over HTTP can lack, counted while it is read. */
export interface SourceFindings {
  repeated(example: string): void;
  notPermitted(apis: Iterable<string>): void;
  list(): DataFinding[];
}

export function createSourceFindings(): SourceFindings {
  let rows = 0;
  let example = '';
  let refused: string[] = [];
  return {
    repeated(where) {
      if (rows++ === 0) example = where;
    },
    notPermitted(apis) {
      refused = [...apis].sort();
    },
    list: () => [
      { kind: 'row-repeated', title: 'Rows that came more than once', count: rows, example, action: 'taken once' },
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
