import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BacktestResult } from '../../backtest/index.js';
import { EQUITY_SCHEMA, EVENTS_SCHEMA, FILLS_SCHEMA, ORDER_TRAIL_SCHEMA, ORDERS_SCHEMA } from '../../backtest/index.js';
import { hashTable, type Table, type TableSchema, writeParquet } from '../../tables/index.js';
import { sha256 } from '../../util/index.js';
import { PREDICTIONS_SCHEMA, predictionsTable } from './forecast.js';
import type { Verdicts } from './judge.js';
import { modelFile } from './models.js';
import { EXPOSURE_SCHEMA, exposureTable, RISK_EVENTS_SCHEMA, riskEventsTable } from './risk-tables.js';
import type { JoinedSubject } from './subject/join-subjects.js';
import { WEIGHTS_SCHEMA, weightsTable } from './subject/subject-tables.js';

/** SHA-256 of the content of each artefact that must come out the same bits, by its path in the run folder. */
export type ArtefactHashes = Record<string, string>;

/**
 * Writes the dated tables of a run: the subject's in the run folder itself, the others' below `comparison/`. The hash
 * of a table is over its values, that of another file over its bytes.
 */
export async function writeArtefacts(
  folder: string,
  verdicts: Verdicts,
  subject: JoinedSubject,
): Promise<ArtefactHashes> {
  const hashes: ArtefactHashes = {};
  const place = (id: string, role: string) => (role === 'subject' ? '' : join('comparison', id));
  async function write<S extends TableSchema>(path: string, table: Table<S>, schema: S): Promise<void> {
    await writeParquet(join(folder, path), table, schema);
    hashes[path] = hashTable(table, schema);
  }

  for (const { id, role, forecasts } of verdicts.models) {
    await write(join(place(id, role), 'predictions.parquet'), predictionsTable(forecasts), PREDICTIONS_SCHEMA);
  }
  if (subject.members.length > 1) {
    for (const [m, { forecasts }] of subject.members.entries()) {
      const path = join('ensemble', String(m + 1), 'predictions.parquet');
      await write(path, predictionsTable(forecasts), PREDICTIONS_SCHEMA);
    }
    await write(join('ensemble', 'weights.parquet'), weightsTable(subject), WEIGHTS_SCHEMA);
  }
  for (const { id, role, result } of verdicts.strategies) {
    if (result !== null) await writeBacktest(place(id, role), result, write);
  }
  if (verdicts.risk !== null) {
    await write('risk-events.parquet', riskEventsTable(verdicts.risk), RISK_EVENTS_SCHEMA);
    await write('exposure.parquet', exposureTable(verdicts.risk), EXPOSURE_SCHEMA);
  }
  for (const { id, role } of verdicts.models) {
    const path = modelFile(id, role);
    if (path !== null) hashes[path] = sha256(readFileSync(join(folder, path)));
  }
  return hashes;
}

type WriteTable = <S extends TableSchema>(path: string, table: Table<S>, schema: S) => Promise<void>;

async function writeBacktest(folder: string, result: BacktestResult, write: WriteTable): Promise<void> {
  await write(join(folder, 'orders.parquet'), result.orders, ORDERS_SCHEMA);
  await write(join(folder, 'order-trail.parquet'), result.orderTrail, ORDER_TRAIL_SCHEMA);
  await write(join(folder, 'fills.parquet'), result.fills, FILLS_SCHEMA);
  await write(join(folder, 'events.parquet'), result.events, EVENTS_SCHEMA);
  await write(join(folder, 'equity.parquet'), result.equity, EQUITY_SCHEMA);
}
