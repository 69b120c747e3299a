import { FUNDAMENTAL_FIELDS } from '../../market/index.js';
import type { DatedTables } from './table-one.js';

/** Which of the feature set's fundamentals a store can make. */
export interface FundamentalFields {
  /** How many the feature set has. */
  readonly of: number;
  readonly present: readonly string[];
  readonly missing: readonly string[];
}

/** A field is there when any disclosure, or any daily ratio, has a value of it. */
export function fundamentalFields({
  fundamentals: facts,
  valuations: ratios,
}: Pick<DatedTables, 'fundamentals' | 'valuations'>): FundamentalFields {
  const found = new Set<string>();
  for (let row = 0; row < (facts?.length ?? 0); row++) {
    if (facts && Number.isFinite(facts.columns.value[row])) found.add(`facts ${facts.columns.field[row]}`);
  }
  for (const [name, column] of Object.entries(ratios?.columns ?? {})) {
    if (column instanceof Float64Array && column.some(Number.isFinite)) found.add(`valuations ${name}`);
  }
  const isThere = ({ table, field }: (typeof FUNDAMENTAL_FIELDS)[number]) => found.has(`${table} ${field}`);
  return {
    of: FUNDAMENTAL_FIELDS.length,
    present: FUNDAMENTAL_FIELDS.filter(isThere).map(({ field }) => field),
    missing: FUNDAMENTAL_FIELDS.filter((one) => !isThere(one)).map(({ field }) => field),
  };
}
