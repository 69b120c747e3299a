import { DividendTax } from '../dividend-tax.js';
import { FillPrices } from '../fill-prices.js';
import { Ledger } from '../ledger.js';
import { MarketView } from '../market-view.js';
import { OrderDesk } from '../order-desk.js';
import { playSessions } from '../session-loop.js';
import type { SweepJob } from './job.js';
import type { SweepStrategy } from './strategy.js';

/** Takes parameter sets off the common counter until none is left. Which thread plays a set changes nothing in it. */
export function playSets(job: SweepJob, strategy: SweepStrategy, onSet: () => void): void {
  const { bars, tape, liquidity, instruments, rulebook, parameterSets } = job;
  const market = new MarketView(bars, instruments, rulebook, {
    tape,
    liquidity: () => liquidity!,
  });
  for (;;) {
    const set = Atomics.add(job.next, 0, 1);
    if (set >= parameterSets.length) return;
    playSet(job, market, strategy, set);
    onSet();
  }
}

function playSet(job: SweepJob, market: MarketView, strategy: SweepStrategy, set: number): void {
  const { bars, costs, period, initialCapital, maxVolumeShare, remainder } = job;
  const taxes = job.dividendTax ? new DividendTax(bars.symbols.length) : null;
  const ledger = new Ledger(bars.symbols, initialCapital, market.spans.longestSettlement, taxes);
  const prices = new FillPrices(bars, job.fillPrice);
  const desk = new OrderDesk(bars.symbols, market, ledger, costs, prices, { maxVolumeShare, remainder });
  const step = strategy(job.market, job.parameterSets[set]);
  const from = set * (period.end - period.start + 1);
  let turnover = 0;
  let charged = 0;
  let last = initialCapital;
  market.openSession(period.start - 1);
  market.closeSession(period.start - 1);
  playSessions({ market, ledger, desk, dates: bars.dates, recovery: job.recovery }, period, {
    afterClose(d) {
      const equity = ledger.cash + ledger.positionsValue(market.mark);
      job.equity[from + d - period.start + 1] = equity;
      turnover += ledger.traded / 2 / last;
      charged += ledger.charged;
      last = equity;
      return d + 1 === period.end ? null : step(d);
    },
  });
  job.totals.set([desk.records.count, turnover, charged], 3 * set);
}
