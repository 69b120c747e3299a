import type { TableSchema } from '../../../tables/index.js';
import type { JoinedSubject } from './join-subjects.js';

/** `ensemble/weights.parquet`: each member's weight in the forecasts of each session. */
export const WEIGHTS_SCHEMA = { date: 'day', member: 'int32', weight: 'float64' } as const satisfies TableSchema;

export function weightsTable({ weights, members }: JoinedSubject) {
  const rows = [...weights];
  const count = members.length;
  const at = (i: number) => rows[Math.floor(i / count)];
  const length = rows.length * count;
  return {
    length,
    columns: {
      date: Int32Array.from({ length }, (_, i) => at(i)[0]),
      member: Int32Array.from({ length }, (_, i) => (i % count) + 1),
      weight: Float64Array.from({ length }, (_, i) => at(i)[1][i % count]),
    },
  };
}
