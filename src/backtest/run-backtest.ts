import type { BarMatrix } from '../market/index.js';
import { createTableBuilder, type Table } from '../tables/index.js';
import { type Day, silentProgress } from '../util/index.js';
import { costModel } from './costs.js';
import { Ledger } from './ledger.js';
import { MarketView } from './market-view.js';
import { backtestNotes } from './notes.js';
import { alignInstruments, type BacktestOptions, checkOptions } from './options.js';
import { OrderDesk } from './order-desk.js';
import type { Holding, PolicyContext } from './policy.js';
import type { BacktestResult } from './result.js';
import { EQUITY_SCHEMA, POSITIONS_SCHEMA } from './schemas.js';
import { parseTarget, type Target } from './target.js';

/**
 * Runs a policy through a market, session by session. The capital stands ready at the last close before the period; the
 * policy is first asked there, and last at the close before the last session, since later signals could not trade.
 *
 * A session: (1) factor changes and ended listings are settled at the ex-right reference; (2) the target of the close
 * before becomes orders, sized at the reference prices, and fills at the open, sales before purchases; (3) everything is
 * valued at the close; (4) the policy sees the ledger and may set a new target.
 *
 * @throws CONFIG_INVALID, DATE_OUT_OF_STORE, TABLE_INVALID, WEIGHTS_INVALID
 */
export function runBacktest(options: BacktestOptions): BacktestResult {
  const { bars, rulebook, policy, delistingRecovery = 1, progress = silentProgress } = options;
  const { symbols, dates } = bars;
  const period = checkOptions(options);
  const costs = costModel(options.costs);
  const instruments = alignInstruments(symbols, options.instruments);
  const indexOf = new Map(symbols.map((symbol, s) => [symbol, s]));

  const market = new MarketView(bars, instruments, rulebook);
  const ledger = new Ledger(symbols, options.initialCapital);
  const desk = new OrderDesk(symbols, market, ledger, costs, options.maxVolumeShare ?? null);
  const equityRows = createTableBuilder(EQUITY_SCHEMA);
  const step = policy.start();
  let pending: Target | null = null;
  let lastEquity = options.initialCapital;

  const close = (d: number) => {
    market.closeSession(d);
    const positionsValue = ledger.positionsValue(market.mark);
    const equity = ledger.cash + positionsValue;
    equityRows.add({
      date: dates[d],
      cash: ledger.cash,
      positions_value: positionsValue,
      equity,
      turnover: ledger.traded / 2 / lastEquity,
      costs: ledger.charged,
      positions: ledger.countPositions(),
    });
    lastEquity = equity;
    if (d + 1 === period.end) return;
    const wanted = step(contextAfterClose(bars, market, ledger, indexOf, d, equity));
    pending = wanted === null ? null : parseTarget(wanted, dates[d], indexOf);
  };

  for (let d = 0; d < period.start; d++) {
    market.openSession(d);
    if (d + 1 < period.start) market.closeSession(d);
  }
  market.closeSession(period.start - 1);
  for (const { symbol, shares, available = shares } of options.initialHoldings ?? []) {
    const s = indexOf.get(symbol)!;
    ledger.hold(s, shares, available, market.mark[s], dates[period.start - 1]);
  }
  lastEquity = ledger.cash + ledger.positionsValue(market.mark);
  close(period.start - 1);

  const task = progress.start(`back-test: ${policy.name}`, period.end - period.start, 'sessions');
  for (let d = period.start; d < period.end; d++) {
    market.openSession(d);
    ledger.beginSession(dates[d]);
    settleBeforeOpen(market, ledger, d, delistingRecovery);
    if (pending !== null) desk.trade(pending, d, dates[d]);
    close(d);
    task.update(d + 1 - period.start);
  }
  task.end();

  return {
    policy: policy.name,
    rulebook: rulebook.name,
    from: dates[period.start],
    to: dates[period.end - 1],
    initialCapital: options.initialCapital,
    orders: desk.orders.build(),
    fills: ledger.fills.build(),
    events: ledger.events.build(),
    equity: equityRows.build(),
    roundTrips: ledger.roundTrips.build(),
    positions: positionsTable(bars, market, ledger, dates[period.end - 1], lastEquity),
    notes: backtestNotes(options, instruments, costs, ledger),
  };
}

function settleBeforeOpen(market: MarketView, ledger: Ledger, d: number, recovery: number): void {
  for (let s = 0; s < ledger.shares.length; s++) {
    if (ledger.shares[s] === 0) continue;
    if (market.hasEnded(s, d)) ledger.settleDelisting(s, market.mark[s] * recovery);
    else if (market.shareRatio[s] !== 1) {
      ledger.scale(s, market.shareRatio[s], market.mark[s], market.rulesOf(s).lotSize > 0);
    }
  }
}

function contextAfterClose(
  bars: BarMatrix,
  market: MarketView,
  ledger: Ledger,
  indexOf: ReadonlyMap<string, number>,
  d: number,
  equity: number,
): PolicyContext {
  const { symbols, dates } = bars;
  const holdings: Holding[] = [];
  for (let s = 0; s < symbols.length; s++) {
    const shares = ledger.shares[s];
    if (shares === 0) continue;
    const price = market.mark[s];
    holdings.push({ symbol: symbols[s], shares, price, value: shares * price, weight: (shares * price) / equity });
  }
  return {
    session: d,
    date: dates[d],
    nextDate: dates[d + 1],
    symbols,
    equity,
    cash: ledger.cash,
    holdings,
    tradable(symbol) {
      const s = indexOf.get(symbol);
      return s !== undefined && market.obstacle(s, d) === '';
    },
  };
}

function positionsTable(
  bars: BarMatrix,
  market: MarketView,
  ledger: Ledger,
  date: Day,
  equity: number,
): Table<typeof POSITIONS_SCHEMA> {
  const rows = createTableBuilder(POSITIONS_SCHEMA);
  for (const [s, symbol] of bars.symbols.entries()) {
    const shares = ledger.shares[s];
    if (shares === 0) continue;
    const price = market.mark[s];
    const value = shares * price;
    rows.add({ date, symbol, shares, price, value, weight: value / equity, entry_date: ledger.roundTrips.entryOf(s) });
  }
  return rows.build();
}
