import type { SessionRange } from '../util/index.js';
import type { Ledger } from './ledger.js';
import type { MarketView } from './market-view.js';
import type { OrderDesk } from './order-desk.js';
import type { Target } from './target.js';

/** Who takes part in a run. */
export interface House {
  readonly market: MarketView;
  readonly ledger: Ledger;
  readonly desk: OrderDesk;
  readonly dates: Int32Array;
  /** Fraction of the last price that an ended listing pays. */
  readonly recovery: number;
}

export interface LoopHooks {
  /** After the close of session d: the books are valued; a new target, or null to leave the portfolio alone. */
  readonly afterClose: (d: number) => Target | null;
  /** Before the open: past prices of a held symbol fall by a ratio. */
  readonly onChange?: (s: number, ratio: number) => void;
}

/** Plays the sessions of a period. `afterClose` is first called at the last close before it. */
export function playSessions(house: House, period: SessionRange, { afterClose, onChange }: LoopHooks): void {
  const { market, ledger, desk, dates } = house;
  let pending = afterClose(period.start - 1);
  for (let d = period.start; d < period.end; d++) {
    market.openSession(d);
    ledger.beginSession(dates[d]);
    settleEndedListings(house, d);
    settleChanges(house, d, onChange);
    if (pending === null) desk.continueWorking(d, dates[d]);
    else desk.trade(pending, d, dates[d]);
    market.closeSession(d);
    pending = afterClose(d);
  }
}

function settleEndedListings({ market, ledger, desk, dates, recovery }: House, d: number): void {
  desk.cancelEnded(d, dates[d]);
  for (let i = 0; i < ledger.held.count; ) {
    const s = ledger.held.at(i);
    if (!market.hasEnded(s, d)) {
      i++;
      continue;
    }
    ledger.settleDelisting(s, market.mark[s] * recovery);
  }
}

function settleChanges({ market, ledger, desk, dates }: House, d: number, onChange: LoopHooks['onChange']): void {
  const { changeStart, changeSymbol, changeRatio, changeAction, actions } = market.tape;
  for (let i = changeStart[d]; i < changeStart[d + 1]; i++) {
    const s = changeSymbol[i];
    desk.cancelForAction(s, dates[d]);
    if (ledger.shares[s] === 0) continue;
    const whole = market.rulesOf(s).lotSize > 0;
    onChange?.(s, changeRatio[i]);
    if (actions === null || changeAction[i] < 0) ledger.scale(s, changeRatio[i], market.mark[s], whole);
    else ledger.applyAction(s, actions, changeAction[i], market.mark[s], whole, market.spans.of(s, Math.max(0, d - 1)));
  }
}
