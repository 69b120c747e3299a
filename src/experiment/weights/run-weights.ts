import { basename } from 'node:path';
import {
  type BacktestOptions,
  type BacktestResult,
  type CostOptions,
  type FillPrice,
  type Remainder,
  runBacktest,
} from '../../backtest/index.js';
import {
  evaluateStrategy,
  extremeTrades,
  holdRecord,
  type StrategyRecord,
  strategyRecord,
} from '../../evaluation/index.js';
import {
  type BarMatrix,
  type Instrument,
  type MarketStore,
  openMarketStore,
  rulebookByName,
  universeMask,
} from '../../market/index.js';
import { equalWeightOnce } from '../../portfolio/index.js';
import type { BacktestReportData, LimitsReport, MarketReport, Role } from '../../report/index.js';
import {
  CandlenetError,
  candlenetVersion,
  canonicalJson,
  createRng,
  type Day,
  formatDay,
  lowerBound,
  parseDay,
  sessionsBetween,
  sha256,
} from '../../util/index.js';
import { describeCommission } from '../pipeline/execution.js';
import { measureLimits } from '../pipeline/measure-limits.js';
import { countReasons } from '../pipeline/rejections.js';
import { readRiskFree } from '../pipeline/risk-free.js';
import { breathe, type Services } from '../services.js';
import { readWeights } from './read-weights.js';
import { followPlan, planWeights, type WeightPlan } from './weight-plan.js';

const SESSIONS_PER_YEAR = 252;
const TRADES_SHOWN = 8;
const HOLDINGS_SHOWN = 10;

export interface WeightsBacktest {
  readonly store: string;
  /** Benchmark and universe; by default the store's only one. */
  readonly index?: string;
  /** By default the session after the first weights, and the last of the store. */
  readonly from?: Day;
  readonly to?: Day;
  readonly capital: number;
  /** By default the store's. */
  readonly rulebook?: string;
  readonly fillPrice: FillPrice;
  /** Of what an order could not fill; by default cancelled. */
  readonly remainder?: Remainder;
  readonly costs: CostOptions;
  /** null is no cap. */
  readonly maxVolumeShare: number | null;
  readonly delistingRecovery: number;
  /** Default true. */
  readonly dividendTax?: boolean;
  /** Leaves break-even cost and capacity out. */
  readonly quick: boolean;
}

export interface WeightsOutcome {
  readonly result: BacktestResult;
  readonly report: BacktestReportData;
  readonly limits: LimitsReport | null;
}

/**
 * Back-tests anyone's dated target weights under all the rules of the market, beside its index and its universe.
 * @throws what the user's file, store or options deserve; each names the file, row and column, or the option
 */
export async function backtestWeights(
  path: string,
  options: WeightsBacktest,
  services: Services,
): Promise<WeightsOutcome> {
  if (!(Number.isFinite(options.capital) && options.capital > 0)) {
    throw new CandlenetError('ARGUMENT_INVALID', `--capital: found ${options.capital}, expected an amount > 0`);
  }
  const store = await openMarketStore(options.store);
  const index = chooseIndex(store, options.index);
  const cells = await readWeights(path);
  const reading = services.progress.start('Reading the market');
  const sessions = await store.readCalendar({ asOf: store.lastDay });
  const asOf = lastSession(sessions, options.to);
  const bars = await store.readBars({ asOf });
  const instruments = await store.readInstruments({ asOf });
  const actions = await store.readActions({ asOf });
  reading.end(
    `${bars.symbols.length} stocks, ${formatDay(bars.dates[0])} … ${formatDay(bars.dates[bars.dates.length - 1])}`,
  );
  const listings = await store.readInstruments({ asOf: store.lastDay });
  const plan = planWeights(cells, sessions, bars.symbols, listings);
  const { from, to } = periodOf(plan, sessions, options.from, asOf, path);
  const rulebook = rulebookByName(options.rulebook ?? store.manifest.rulebook);
  const name = basename(path);
  const shared: Omit<BacktestOptions, 'policy'> = {
    bars,
    instruments,
    rulebook,
    costs: options.costs,
    initialCapital: options.capital,
    from,
    to,
    fillPrice: options.fillPrice,
    ...(options.remainder === undefined ? {} : { remainder: options.remainder }),
    ...(options.maxVolumeShare === null ? {} : { maxVolumeShare: options.maxVolumeShare }),
    delistingRecovery: options.delistingRecovery,
    dividendTax: options.dividendTax ?? true,
    ...(actions === null ? {} : { actions }),
  };
  const names = new Map(instruments.map((instrument) => [instrument.symbol, instrument.name]));
  const recordOf = (result: BacktestResult) => strategyRecord(result, (symbol) => names.get(symbol) ?? '');

  const policy = followPlan(plan, name);
  await breathe(services.signal);
  const result = runBacktest({ ...shared, policy, progress: services.progress });
  await breathe(services.signal);
  const members = universeMask(await store.readMembers({ asOf }), index, bars);
  const held = runBacktest({ ...shared, policy: equalWeightOnce({ symbols: membersBefore(bars, members, from) }) });
  const series = await store.readBenchmark(index, { asOf });
  const benchmark = holdRecord(series.dates, series.close, from, to);
  checkSessions(benchmark, recordOf(result), index, store);

  const riskFree = await readRiskFree(
    store,
    sessions.slice(lowerBound(sessions, benchmark.dates[0]) - 1, lowerBound(sessions, to + 1)),
  );
  const basis = { sessionsPerYear: SESSIONS_PER_YEAR, riskFree: riskFree.meanAnnual };
  const universe = recordOf(held);
  const limits = options.quick
    ? null
    : await measureLimits({ backtest: { ...shared, policy }, benchmark, universe, basis }, services);
  const row = (id: string, rowName: string, role: Role, record: StrategyRecord) => ({
    id,
    name: rowName,
    role,
    dates: record.dates,
    returns: record.returns,
    measures: evaluateStrategy(record, {
      basis,
      benchmark: role === 'benchmark' ? null : benchmark,
      universe: role === 'universe' ? null : universe,
      rng: createRng(1, 'sharpe interval', id),
    }),
  });
  const subject = recordOf(result);
  const late = plan.dates.filter((date) => date >= to).length;
  const early = plan.dates.filter((date) => date < from).length - 1;
  const report: BacktestReportData = {
    title: `${store.manifest.title} · ${name}`,
    market: marketReport(store, bars, members, series.name, series.kind, { from, to }),
    strategies: [
      row('weights', name, 'subject', subject),
      row('universe', 'buy and hold, universe', 'universe', universe),
      row('benchmark', 'buy and hold, index', 'benchmark', benchmark),
    ],
    portfolio: {
      policy: `the weights of ${name}, filled at the next session’s ${options.fillPrice}; a date without weights keeps the holdings`,
      costs: describeCosts(options.costs, result),
      initialCapital: options.capital,
      holdings: largestHoldings(result, names),
      holdingsDate: result.to,
      ...extremeTrades(subject.roundTrips ?? [], TRADES_SHOWN),
      rejections: countReasons(result.orders.columns),
    },
    ...(limits === null ? {} : { limits }),
    riskFree: riskFree.meanAnnual,
    sessionsPerYear: SESSIONS_PER_YEAR,
    notes: [
      `${plan.dates.length} dates of weights, ${formatDay(plan.dates[0])} … ${formatDay(plan.dates[plan.dates.length - 1])}, each known at the close of its date.`,
      ...(late > 0 ? [`${late} of them are of the last session or later and could not trade.`] : []),
      ...(early > 0 ? [`${early} of them are older than the latest known before the period and were not traded.`] : []),
      ...result.notes,
    ],
    version: candlenetVersion,
    hashes: [
      { name: 'market store', sha256: store.manifest.contentHash },
      { name: 'weights', sha256: hashPlan(plan) },
    ],
  };
  return { result, report, limits };
}

function chooseIndex(store: MarketStore, asked: string | undefined): string {
  if (asked !== undefined) return asked;
  const { benchmarkIndices } = store.manifest;
  if (benchmarkIndices.length === 1) return benchmarkIndices[0];
  const there = benchmarkIndices.length === 0 ? 'none' : benchmarkIndices.join(', ');
  throw new CandlenetError('ARGUMENT_INVALID', `--index: found none, expected one of the store’s indices: ${there}`);
}

/** A last day on which the exchange is closed means the session before it. @throws DATE_OUT_OF_STORE */
function lastSession(sessions: Int32Array, to: Day | undefined): Day {
  const last = sessions[sessions.length - 1];
  if (to === undefined) return last;
  // Beyond the store, closed days count as far as `sessionsBetween` lets them.
  return sessions[sessionsBetween(sessions, Math.min(sessions[0], to), to, 'period up to --to').end - 1];
}

function periodOf(plan: WeightPlan, sessions: Int32Array, asked: Day | undefined, to: Day, path: string) {
  const firstTrade = sessions.find((session) => session > plan.dates[0]);
  const from = asked ?? firstTrade;
  const first = formatDay(plan.dates[0]);
  if (from === undefined) {
    const last = formatDay(sessions[sessions.length - 1]);
    throw new CandlenetError(
      'DATE_OUT_OF_STORE',
      `${path}: found the first weights on ${first}, expected a day before ${last}, the last session: they trade in the next one`,
    );
  }
  if (plan.dates[0] >= to) {
    throw new CandlenetError(
      'DATE_OUT_OF_STORE',
      `${path}: found the first weights on ${first}, expected a day before ${formatDay(to)}, the end of the period`,
    );
  }
  return { from, to };
}

/** The index at the last close before the period. */
function membersBefore(bars: BarMatrix, members: Uint8Array, from: Day): string[] {
  const day = bars.dates.findIndex((date) => date >= from) - 1;
  return bars.symbols.filter((_, s) => members[s * bars.dates.length + day] === 1);
}

function checkSessions(benchmark: StrategyRecord, strategy: StrategyRecord, index: string, store: MarketStore): void {
  const missing = strategy.dates.find((date, i) => benchmark.dates[i] !== date);
  if (missing === undefined && benchmark.dates.length === strategy.dates.length) return;
  const day = formatDay(missing ?? benchmark.dates[strategy.dates.length]);
  throw new CandlenetError(
    'STORE_INVALID',
    `${store.dir}: the benchmark ${index} and the calendar differ at ${day}, expected a close on each session`,
  );
}

function marketReport(
  { manifest }: MarketStore,
  bars: BarMatrix,
  members: Uint8Array,
  benchmarkName: string,
  benchmarkKind: MarketReport['benchmarkKind'],
  { from, to }: { from: Day; to: Day },
): MarketReport {
  const days = bars.dates.length;
  let sum = 0;
  let sessions = 0;
  for (let t = 0; t < days; t++) {
    if (bars.dates[t] < from || bars.dates[t] > to) continue;
    sessions++;
    for (let s = 0; s < bars.symbols.length; s++) sum += members[s * days + t];
  }
  return {
    title: manifest.title,
    source: manifest.source,
    kind: manifest.truth?.kind ?? 'real',
    instruments: bars.symbols.length,
    universeSize: sum / sessions,
    from: parseDay(manifest.from),
    to: parseDay(manifest.to),
    sessions: manifest.sessions,
    benchmarkName,
    benchmarkKind,
    findings: manifest.findings,
    off: [],
  };
}

function describeCosts(costs: CostOptions, { rulebook }: BacktestResult): string {
  if (costs.model === 'flat') return `${(costs.flatRate ?? 0.0005) * 10_000} bp of every amount traded, nothing else`;
  const { commissionBps = null, minCommission = null, halfSpreadBps = 2.5, impactCoefficient = 0 } = costs;
  const impact = impactCoefficient > 0 ? `, impact ${impactCoefficient} × volatility × √share of volume` : '';
  return `rulebook ${rulebook}: duties and fees by date; ${describeCommission(commissionBps, minCommission)}, half-spread ${halfSpreadBps} bp${impact}`;
}

function largestHoldings({ positions }: BacktestResult, names: ReadonlyMap<string, Instrument['name']>) {
  const { symbol, weight } = positions.columns;
  return symbol
    .map((key, i) => ({ symbol: key, name: names.get(key) ?? '', weight: weight[i], score: Number.NaN }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, HOLDINGS_SHOWN);
}

function hashPlan({ dates, targets }: WeightPlan): string {
  return sha256(canonicalJson(targets.map((target, i) => [dates[i], [...target].sort()])));
}
