import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ForecastTable, scoreOf } from '../../backtest/index.js';
import { openMarketStore } from '../../market/index.js';
import { readModelMetadata } from '../../onnx/index.js';
import type { RiskDay } from '../../portfolio/index.js';
import { CandlenetError, type Day, formatDay, formatPercent, indexAsOf, monthOf, weekOf } from '../../util/index.js';
import { type ExperimentConfig, pastConfigSchema } from '../config/schema.js';
import { executionOf } from '../pipeline/execution.js';
import { readInputs } from '../pipeline/market-inputs.js';
import { runPolicy } from '../pipeline/policies.js';
import { readManifest } from '../runs/manifest.js';
import { findRun } from '../runs/run-folder.js';
import { breathe, type Services } from '../services.js';
import { forecastDay } from './forecast-day.js';
import { nextWorkingDay } from './next-session.js';
import { type OrderSheet, orderSheet, type SheetLine } from './order-sheet.js';
import { readHoldings } from './read-holdings.js';

export interface SignalsOptions {
  readonly runsFolder: string;
  /** In place of the run's. */
  readonly store?: string;
  /** The close of the signal; by default the store's last session. */
  readonly date?: Day;
  /** Cash beside the holdings; by default the capital of the run's configuration, or 0 with holdings. */
  readonly cash?: number;
  readonly holdingsFile?: string;
}

/** A line of the sheet with what the model said. */
export interface Signal extends SheetLine {
  /** Of the score among the forecasts of the day, 1 the highest; null without a forecast. */
  readonly rank: number | null;
  /** P(buy) − P(sell), or the number the label is. */
  readonly score: number | null;
  /** Null where the label is a number, as are the others. */
  readonly pBuy: number | null;
  /** Null with labels of two classes, too. */
  readonly pHold: number | null;
  readonly pSell: number | null;
  /** What risk controls have to do with the line, in words; empty where nothing. */
  readonly risk: string;
}

export interface SignalSheet extends Omit<OrderSheet, 'lines' | 'target'> {
  readonly run: string;
  readonly model: string;
  readonly date: string;
  readonly tradeDate: string;
  readonly forecasts: number;
  /** Share of the policy's portfolio that the risk controls allow after this close; 1 without any. */
  readonly exposure: number;
  readonly lines: readonly Signal[];
  readonly notes: readonly string[];
}

/**
 * Tomorrow's orders of a finished run: its deployed model forecasts from the store as known after a close, its policy sets
 * the target from what is held, and the order desk of the back-test writes the sheet.
 * @throws RUN_NOT_FOUND, STORE_INVALID, DATE_OUT_OF_STORE, TABLE_INVALID, MODEL_INVALID, SAMPLES_EMPTY
 */
export async function signalSheet(run: string, options: SignalsOptions, services: Services): Promise<SignalSheet> {
  const folder = findRun(options.runsFolder, run);
  const manifest = readManifest(folder);
  const modelPath = join(folder, 'model.onnx');
  if (manifest.status !== 'complete' || !existsSync(modelPath)) {
    throw new CandlenetError(
      'RUN_NOT_FOUND',
      `${folder}: found an unfinished run, expected a finished one; run its configuration again to finish it`,
    );
  }
  const config = pastConfigSchema.parse(manifest.config) as ExperimentConfig;
  const onnx = readFileSync(modelPath);
  const metadata = readModelMetadata(onnx, modelPath);
  const store = await openMarketStore(options.store ?? manifest.store.path);
  const date = options.date ?? store.lastDay;
  const calendar = await store.readCalendar({ asOf: store.lastDay });
  const at = indexAsOf(calendar, date);
  if (at < 0 || calendar[at] !== date) {
    throw new CandlenetError(
      'DATE_OUT_OF_STORE',
      `--date: found ${formatDay(date)}, expected a session of ${store.dir}, ${formatDay(store.firstDay)} … ${formatDay(store.lastDay)}`,
    );
  }
  const nextDate = at + 1 < calendar.length ? calendar[at + 1] : nextWorkingDay(date);
  const inputs = await readInputs(config, store, date);
  const { bars, instruments } = inputs;
  const benchmark = await store.readBenchmark(config.market.index, { asOf: date });
  const holdings = options.holdingsFile === undefined ? [] : readHoldings(options.holdingsFile, bars.symbols);
  const cash = options.cash ?? (holdings.length > 0 ? 0 : config.backtest.capital);
  await breathe(services.signal);
  const forecasts = await forecastDay(inputs, date, { onnx, metadata, source: modelPath }, config, services);
  const riskDays: RiskDay[] = [];
  const policy = runPolicy({ ...inputs, benchmark }, config, forecasts, (day) => riskDays.push(day));
  const execution = executionOf(config, store, inputs.actions);
  const sheet = orderSheet({ bars, instruments, execution, policy, cash, holdings, nextDate });
  const exposure = exposureOf(riskDays.at(-1));
  const notes = [
    ...(exposure.share === 1 ? [] : [`${exposure.text}: the target weights are what is left of the policy’s.`]),
    ...(at + 1 < calendar.length
      ? []
      : ['The next session is taken to be the next working day: the store knows no holidays ahead.']),
    ...(store.manifest.contentHash === manifest.hashes.store ? [] : ['The store has changed since the run.']),
    ...rebalanceNote(config, date, nextDate),
    'Amounts, costs and cash are at the last close; the next open decides what they are.',
    'The policy is asked as on its first day: what it remembers from one session to the next (turnover limit, stops) begins here.',
  ];
  return {
    run: manifest.id,
    model: metadata.modelName,
    date: formatDay(date),
    tradeDate: formatDay(nextDate),
    forecasts: forecasts.length,
    exposure: exposure.share,
    lines: withForecasts(sheet.lines, forecasts, exposure),
    equity: sheet.equity,
    cash: sheet.cash,
    cashAfter: sheet.cashAfter,
    notes,
  };
}

/** The sheet is written at whatever close it is asked for; whether the run itself would have traded then is said. */
function rebalanceNote({ portfolio }: ExperimentConfig, date: Day, next: Day): string[] {
  const due =
    portfolio.rebalance === 'daily' ||
    (portfolio.rebalance === 'weekly' ? weekOf(date) !== weekOf(next) : monthOf(date) !== monthOf(next));
  return due ? [] : [`The run rebalances ${portfolio.rebalance}: this close is not one at which it would have traded.`];
}

/** What the controls that cut allow, with their names. */
interface AllowedExposure {
  readonly share: number;
  readonly text: string;
}

function exposureOf(day: RiskDay | undefined): AllowedExposure {
  const cuts = (day?.byControl ?? []).filter(({ exposure }) => exposure < 1);
  const names = cuts.map(({ control, exposure }) => `${control} ${formatPercent(exposure, 0)}`).join(', ');
  const share = day?.exposure ?? 1;
  return { share, text: share === 1 ? '' : `exposure held to ${formatPercent(share, 0)} (${names})` };
}

function riskOf({ why }: SheetLine, { text }: AllowedExposure): string {
  return why === 'stop-loss' ? why : text;
}

function withForecasts(lines: readonly SheetLine[], forecasts: ForecastTable, exposure: AllowedExposure): Signal[] {
  const score = (row: number) => scoreOf(forecasts, row);
  const known = (column: Float32Array, row: number | undefined) =>
    row === undefined || Number.isNaN(column[row]) ? null : column[row];
  const ranked = Array.from({ length: forecasts.length }, (_, row) => row).sort((a, b) => score(b) - score(a));
  const rankOf = new Map(ranked.map((row, i) => [forecasts.symbol[row], { row, rank: i + 1 }]));
  return lines.map((line) => {
    const found = rankOf.get(line.symbol);
    return {
      ...line,
      rank: found?.rank ?? null,
      score: found ? score(found.row) : null,
      pBuy: known(forecasts.pBuy, found?.row),
      pHold: known(forecasts.pHold, found?.row),
      pSell: known(forecasts.pSell, found?.row),
      risk: riskOf(line, exposure),
    };
  });
}
