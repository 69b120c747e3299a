import type { BarMatrix } from '../market/index.js';
import { createTableBuilder, type Table } from '../tables/index.js';
import { type Day, silentProgress } from '../util/index.js';
import { costModel } from './costs.js';
import { FillPrices } from './fill-prices.js';
import { Ledger } from './ledger.js';
import { marketTape } from './market-tape.js';
import { MarketView } from './market-view.js';
import { backtestNotes } from './notes.js';
import { alignInstruments, type BacktestOptions, checkOptions } from './options.js';
import { OrderDesk } from './order-desk.js';
import { LedgerWindow } from './policy-context.js';
import type { BacktestResult } from './result.js';
import { EQUITY_SCHEMA, POSITIONS_SCHEMA } from './schemas.js';
import { parseTarget, type Target } from './target.js';

/**
 * Runs a policy through a market, session by session. The capital stands ready at the last close before the period; the
 * policy is first asked there, and last at the close before the last session, since later signals could not trade.
 *
 * A session: (1) actions, factor changes and ended listings are settled at the ex-right reference; (2) the target of the close
 * before becomes orders, sized at the reference prices, and fills at the open (or the VWAP, or the close), sales before purchases; (3) everything is
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

  const market = new MarketView(bars, instruments, rulebook, { tape: marketTape(bars, options.actions) });
  const ledger = new Ledger(symbols, options.initialCapital, market.spans.longestSettlement);
  const desk = new OrderDesk(symbols, market, ledger, costs, new FillPrices(bars, options.fillPrice ?? 'open'), {
    maxVolumeShare: options.maxVolumeShare ?? null,
    remainder: options.remainder ?? 'cancel',
  });
  const window = new LedgerWindow(bars, market, ledger, indexOf, period.end - period.start + 1);
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
      positions: ledger.held.count,
    });
    lastEquity = equity;
    window.close(d, equity);
    if (d + 1 === period.end) return;
    const wanted = step(window.context());
    pending = wanted === null ? null : parseTarget(wanted, dates[d], indexOf);
  };

  market.openSession(period.start - 1);
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
    settleBeforeOpen(market, ledger, desk, window, d, dates[d], delistingRecovery);
    if (pending === null) desk.continueWorking(d, dates[d]);
    else desk.trade(pending, d, dates[d]);
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
    orders: desk.records.ordersTable(symbols),
    orderTrail: desk.records.trailTable(),
    fills: ledger.fillsTable(),
    events: ledger.eventsTable(),
    equity: equityRows.build(),
    roundTrips: ledger.roundTrips.build(),
    positions: positionsTable(bars, market, ledger, dates[period.end - 1], lastEquity),
    notes: backtestNotes(options, instruments, costs, ledger),
  };
}

function settleBeforeOpen(
  market: MarketView,
  ledger: Ledger,
  desk: OrderDesk,
  window: LedgerWindow,
  d: number,
  date: Day,
  recovery: number,
): void {
  for (let i = 0; i < ledger.held.count; ) {
    const s = ledger.held.at(i);
    if (!market.hasEnded(s, d)) {
      i++;
      continue;
    }
    desk.cancelFor(s, date);
    ledger.settleDelisting(s, market.mark[s] * recovery);
  }
  const { changeStart, changeSymbol, changeRatio, changeAction, actions } = market.tape;
  for (let i = changeStart[d]; i < changeStart[d + 1]; i++) {
    const s = changeSymbol[i];
    desk.cancelFor(s, date);
    if (ledger.shares[s] === 0) continue;
    const whole = market.rulesOf(s).lotSize > 0;
    window.scale(s, changeRatio[i]);
    if (actions === null || changeAction[i] < 0) ledger.scale(s, changeRatio[i], market.mark[s], whole);
    else ledger.applyAction(s, actions, changeAction[i], market.mark[s], whole);
  }
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
