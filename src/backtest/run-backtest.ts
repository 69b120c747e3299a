import type { BarMatrix } from '../market/index.js';
import { createTableBuilder, type Table } from '../tables/index.js';
import { type Day, silentProgress } from '../util/index.js';
import { costModel } from './costs.js';
import { DividendTax } from './dividend-tax.js';
import { FillPrices } from './fill-prices.js';
import { Ledger } from './ledger.js';
import { MarketView } from './market-view.js';
import { backtestNotes } from './notes.js';
import { alignInstruments, type BacktestOptions, checkOptions, taxesDividends } from './options.js';
import { OrderDesk } from './order-desk.js';
import { LedgerWindow } from './policy-context.js';
import { PreparedMarket } from './prepared-market.js';
import type { BacktestResult } from './result.js';
import { EQUITY_SCHEMA, POSITIONS_SCHEMA } from './schemas.js';
import { playSessions } from './session-loop.js';
import { parseTarget, type Target } from './target.js';

/**
 * Runs a policy through a market, session by session. The capital stands ready at the last close before the period; the
 * policy is first asked there, and last at the close before the last session, since later signals could not trade.
 *
 * A session: (1) ended listings, actions and factor changes are settled at the ex-right reference; (2) the target of the
 * close before becomes orders, sized at the reference prices, and fills at the open (or the VWAP, or the close), sales
 * before purchases; without one, working orders go on; (3) everything is valued at the close; (4) the policy sees the
 * ledger and may set a new target.
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

  const prepared = options.prepared ?? new PreparedMarket(bars, options.actions ?? null);
  const market = new MarketView(bars, instruments, rulebook, prepared);
  const taxes = taxesDividends(options) ? new DividendTax(symbols.length) : null;
  const ledger = new Ledger(symbols, options.initialCapital, market.spans.longestSettlement, taxes);
  const desk = new OrderDesk(symbols, market, ledger, costs, new FillPrices(bars, options.fillPrice ?? 'open'), {
    maxVolumeShare: options.maxVolumeShare ?? null,
    remainder: options.remainder ?? 'cancel',
  });
  const window = new LedgerWindow(bars, market, ledger, indexOf, period.end - period.start + 1);
  const equityRows = createTableBuilder(EQUITY_SCHEMA);
  const step = policy.start();
  let lastEquity = options.initialCapital;

  const task = progress.start(`back-test: ${policy.name}`, period.end - period.start, 'sessions');
  const afterClose = (d: number): Target | null => {
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
    if (d >= period.start) task.update(d + 1 - period.start);
    if (d + 1 === period.end) return null;
    const wanted = step(window.context());
    return wanted === null ? null : parseTarget(wanted, dates[d], indexOf);
  };

  market.openSession(period.start - 1);
  market.closeSession(period.start - 1);
  for (const { symbol, shares, available = shares } of options.initialHoldings ?? []) {
    const s = indexOf.get(symbol)!;
    ledger.hold(s, shares, available, market.mark[s], dates[period.start - 1]);
  }
  lastEquity = ledger.cash + ledger.positionsValue(market.mark);
  playSessions({ market, ledger, desk, dates, recovery: delistingRecovery }, period, {
    afterClose,
    onChange: (s, ratio) => window.scale(s, ratio),
  });
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
    notes: backtestNotes(options, instruments, costs, ledger, { spans: market.spans, period }),
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
