import { formatCount } from '../../util/index.js';
import type { Html } from '../html.js';
import { figure, table, text } from '../table.js';
import type { CountedReason } from '../types.js';
import type { Words } from '../words/english.js';

export function countedTable(caption: string, rows: readonly CountedReason[], { columns }: Words): Html {
  return table(
    caption,
    [text(columns.reason), figure(columns.count), text(columns.example)],
    rows.map((row) => ({ cells: [row.reason, formatCount(row.count), row.example] })),
  );
}
