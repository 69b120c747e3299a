import { createTableBuilder, type Table, type TableSchema } from '../../tables/index.js';
import type { RiskComparison } from './compare-risk.js';

/** What the controls did, in the order of the closes; `symbol` is empty where it is about the portfolio. */
export const RISK_EVENTS_SCHEMA = {
  date: 'day',
  control: 'string',
  kind: 'string',
  symbol: 'string',
  measure: 'float64',
  threshold: 'float64',
  exposure: 'float64',
} as const satisfies TableSchema;

/** After each close: what the controls allow from the next open on, what is invested, and how many names are barred. */
export const EXPOSURE_SCHEMA = {
  date: 'day',
  allowed: 'float64',
  invested: 'float64',
  barred: 'int32',
} as const satisfies TableSchema;

export function riskEventsTable({ days }: RiskComparison): Table<typeof RISK_EVENTS_SCHEMA> {
  const rows = createTableBuilder(RISK_EVENTS_SCHEMA);
  for (const { events } of days) for (const event of events) rows.add(event);
  return rows.build();
}

export function exposureTable({ days, invested }: RiskComparison): Table<typeof EXPOSURE_SCHEMA> {
  const rows = createTableBuilder(EXPOSURE_SCHEMA);
  for (const [i, { date, exposure, barred }] of days.entries()) {
    rows.add({ date, allowed: exposure, invested: invested[i], barred });
  }
  return rows.build();
}
