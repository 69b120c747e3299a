import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  EQUITY_SCHEMA,
  EVENTS_SCHEMA,
  FILLS_SCHEMA,
  ORDER_TRAIL_SCHEMA,
  ORDERS_SCHEMA,
  POSITIONS_SCHEMA,
} from '../../backtest/index.js';
import { renderBacktestReport } from '../../report/index.js';
import { writeParquet } from '../../tables/index.js';
import { formatDay, writeFailed, writeFileAtomically } from '../../util/index.js';
import { toPlainJson } from '../json.js';
import { METRICS_FILE, REPORT_FILE } from '../runs/files.js';
import type { WeightsOutcome } from './run-weights.js';

/** `metrics.json` of a back-test, and what `--json` prints. Undefined is null. */
export function backtestMetrics({ result, report, limits }: WeightsOutcome) {
  const { strategies, portfolio, notes, hashes } = report;
  const { positions, orders } = result;
  return {
    from: formatDay(result.from),
    to: formatDay(result.to),
    rulebook: result.rulebook,
    initialCapital: result.initialCapital,
    strategies: Object.fromEntries(strategies.map(({ id, role, measures }) => [id, { role, ...measures }])),
    orders: orders.length,
    fills: result.fills.length,
    notFilled: Object.fromEntries((portfolio?.rejections ?? []).map(({ reason, count }) => [reason, count])),
    positions: positions.length,
    breakEven: limits?.breakEven ?? null,
    capacity: limits?.capacity ?? null,
    notes,
    hashes: Object.fromEntries(hashes.map(({ name, sha256 }) => [name, sha256])),
  };
}

/** Writes the folder of a back-test: its dated tables, `metrics.json` and `report.html`. @throws FILE_WRITE_FAILED */
export async function writeBacktest(folder: string, outcome: WeightsOutcome): Promise<string> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw writeFailed(folder, error);
  }
  const { result, report } = outcome;
  await writeParquet(join(folder, 'orders.parquet'), result.orders, ORDERS_SCHEMA);
  await writeParquet(join(folder, 'order-trail.parquet'), result.orderTrail, ORDER_TRAIL_SCHEMA);
  await writeParquet(join(folder, 'fills.parquet'), result.fills, FILLS_SCHEMA);
  await writeParquet(join(folder, 'events.parquet'), result.events, EVENTS_SCHEMA);
  await writeParquet(join(folder, 'equity.parquet'), result.equity, EQUITY_SCHEMA);
  await writeParquet(join(folder, 'positions.parquet'), result.positions, POSITIONS_SCHEMA);
  writeFileAtomically(join(folder, METRICS_FILE), toPlainJson(backtestMetrics(outcome)));
  const reportPath = join(folder, REPORT_FILE);
  writeFileAtomically(reportPath, renderBacktestReport(report, { language: 'en' }));
  return reportPath;
}
