import { CandlenetError, formatDay, indexAsOf, lowerBound } from '../util/index.js';
import { roundToTick } from './rulebooks/index.js';
import type { BarMatrix, CorporateAction } from './types.js';

/** What one share held at the last close before the ex-day is entitled to; see `CorporateAction`. */
export type Entitlement = Omit<CorporateAction, 'symbol' | 'exDate'>;

/** New shares for one old that cost nothing: bonus and transfer together. */
export function freeShares({ bonus, transfer }: Entitlement): number {
  return bonus + transfer;
}

/**
 * Ex-right (ex-dividend) reference price of SSE and SZSE, before rounding:
 * (last close − cash + rights price × rights) ÷ (1 + bonus + transfer + rights).
 * Source: SSE and SZSE Trading Rules, chapters on ex-rights and ex-dividend.
 * @param close raw last close before the ex-day
 */
export function theoreticalReference(close: number, action: Entitlement): number {
  const { cash, rights, rightsPrice } = action;
  return (close - cash + rightsPrice * rights) / (1 + freeShares(action) + rights);
}

/** The reference price as the exchange publishes it: rounded half up to the tick; unrounded where there is no tick. */
export function exRightReference(close: number, action: Entitlement, tick: number | null): number {
  const exact = theoreticalReference(close, action);
  return tick === null ? exact : roundToTick(exact, tick);
}

/**
 * The reference price where only an adjustment factor is known: last close × factor before ÷ factor now, rounded half up
 * to the tick. The factor holds the published reference, so the two agree but for the source's own rounding.
 */
export function referenceFromFactor(close: number, before: number, now: number, tick: number | null): number {
  const exact = (close * before) / now;
  return tick === null ? exact : roundToTick(exact, tick);
}

/**
 * Corporate actions laid along a bar matrix. Those of session d are the rows `start[d]` … `start[d + 1] − 1`, ascending by
 * symbol; several actions of one symbol on one session are added up.
 */
export interface ActionTable {
  /** [sessions + 1] */
  readonly start: Int32Array;
  /** Row of the bar matrix. */
  readonly symbol: Int32Array;
  /** Money per share held, before tax. */
  readonly cash: Float64Array;
  /** Of `shares`, those paid from profits. */
  readonly bonus: Float64Array;
  /** Bonus + transfer: new shares per share held that cost nothing; negative in a consolidation. */
  readonly shares: Float64Array;
  /** New shares per share held that may be subscribed at `rightsPrice`. */
  readonly rights: Float64Array;
  readonly rightsPrice: Float64Array;
}

/**
 * Lays actions along bars. An ex-day that is no session counts on the next one, as an exchange would have it; actions of
 * symbols without bars, and those outside the sessions, are left out.
 * @throws TABLE_INVALID for an action that cannot be
 */
export function alignActions(
  actions: readonly CorporateAction[],
  bars: Pick<BarMatrix, 'symbols' | 'dates'>,
): ActionTable {
  checkActions(actions);
  const { symbols, dates } = bars;
  const rowOf = new Map(symbols.map((symbol, s) => [symbol, s]));
  const byCell = new Map<number, Entitlement>();
  for (const action of actions) {
    const s = rowOf.get(action.symbol);
    const d = lowerBound(dates, action.exDate);
    if (s === undefined || d === dates.length || (d === 0 && action.exDate < dates[0])) continue;
    const cell = d * symbols.length + s;
    const known = byCell.get(cell);
    byCell.set(cell, known ? addedUp(known, action) : action);
  }
  const cells = [...byCell.keys()].sort((a, b) => a - b);
  const column = (value: (action: Entitlement) => number) =>
    Float64Array.from(cells, (cell) => value(byCell.get(cell)!));
  const sessionOf = Int32Array.from(cells, (cell) => Math.floor(cell / symbols.length));
  return {
    start: Int32Array.from({ length: dates.length + 1 }, (_, d) => indexAsOf(sessionOf, d - 1) + 1),
    symbol: Int32Array.from(cells, (cell) => cell % symbols.length),
    cash: column(({ cash }) => cash),
    bonus: column(({ bonus }) => bonus),
    shares: column(freeShares),
    rights: column(({ rights }) => rights),
    rightsPrice: column(({ rightsPrice }) => rightsPrice),
  };
}

/** Two entitlements of one ex-day; two rights issues become one at their mean price. */
function addedUp(a: Entitlement, b: Entitlement): Entitlement {
  const rights = a.rights + b.rights;
  return {
    cash: a.cash + b.cash,
    bonus: a.bonus + b.bonus,
    transfer: a.transfer + b.transfer,
    rights,
    rightsPrice: rights > 0 ? (a.rights * a.rightsPrice + b.rights * b.rightsPrice) / rights : 0,
  };
}

/** @throws TABLE_INVALID naming row and column of an action that cannot be */
export function checkActions(actions: readonly CorporateAction[]): void {
  for (const [row, action] of actions.entries()) {
    const where = (column: string) =>
      `actions: row ${row + 1}, ${action.symbol} ${formatDay(action.exDate)}, column "${column}"`;
    for (const column of ['cash', 'bonus', 'rights', 'rightsPrice'] as const) {
      if (Number.isFinite(action[column]) && action[column] >= 0) continue;
      throw new CandlenetError('TABLE_INVALID', `${where(column)}: found ${action[column]}, expected a number ≥ 0`);
    }
    if (!(Number.isFinite(action.transfer) && 1 + freeShares(action) > 0)) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${where('transfer')}: found ${action.transfer}, expected more than −1 with the bonus: shares cannot vanish`,
      );
    }
    if (action.rights > 0 !== action.rightsPrice > 0) {
      throw new CandlenetError(
        'TABLE_INVALID',
        `${where('rightsPrice')}: found ${action.rightsPrice} with a rights ratio of ${action.rights}, expected both or neither`,
      );
    }
  }
}
