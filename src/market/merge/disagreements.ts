/** One case in which two sources say different things. */
export interface DisagreementCase {
  /** The row in words, such as `SH600000 2020-01-02`. */
  readonly key: string;
  /** What each of the two says, the one that stands first. */
  readonly values: readonly { readonly source: string; readonly value: string }[];
}

/** How far the sources of one column agree. */
export interface Disagreement {
  readonly table: string;
  readonly column: string;
  /** Rows that two sources have a value for. */
  readonly compared: number;
  /** Those whose values differ by more than the tolerance. */
  readonly count: number;
  /** Relative to the larger of the two; 0 for what has to be the same. */
  readonly tolerance: number;
  readonly examples: readonly DisagreementCase[];
}

const EXAMPLES = 5;

/** Compares values of two sources and keeps count, a column at a time. */
export interface DisagreementTally {
  /** A missing value of either side is no contradiction. */
  numbers(column: string, key: () => string, first: Said<number>, second: Said<number>, tolerance: number): void;
  /** An empty text of either side is no contradiction. */
  texts(column: string, key: () => string, first: Said<string>, second: Said<string>): void;
}

export type Said<T> = readonly [source: string, value: T];

export interface Disagreements {
  of(table: string): DisagreementTally;
  report(): Disagreement[];
}

export function createDisagreements(): Disagreements {
  interface Entry {
    readonly table: string;
    readonly column: string;
    readonly tolerance: number;
    readonly examples: DisagreementCase[];
    compared: number;
    count: number;
  }
  const entries = new Map<string, Entry>();
  const entryOf = (table: string, column: string, tolerance: number): Entry => {
    const name = `${table} ${column}`;
    const found = entries.get(name) ?? { table, column, tolerance, examples: [], compared: 0, count: 0 };
    entries.set(name, found);
    return found;
  };
  const differ = (entry: Entry, key: () => string, pairs: readonly Said<string | number>[]) => {
    entry.count++;
    if (entry.examples.length >= EXAMPLES) return;
    entry.examples.push({ key: key(), values: pairs.map(([source, value]) => ({ source, value: String(value) })) });
  };
  return {
    of: (table) => ({
      numbers(column, key, first, second, tolerance) {
        const [a, b] = [first[1], second[1]];
        if (Number.isNaN(a) || Number.isNaN(b)) return;
        const entry = entryOf(table, column, tolerance);
        entry.compared++;
        if (Math.abs(a - b) > tolerance * Math.max(Math.abs(a), Math.abs(b))) differ(entry, key, [first, second]);
      },
      texts(column, key, first, second) {
        if (first[1] === '' || second[1] === '') return;
        const entry = entryOf(table, column, 0);
        entry.compared++;
        if (first[1] !== second[1]) differ(entry, key, [first, second]);
      },
    }),
    report: () => [...entries.values()],
  };
}
