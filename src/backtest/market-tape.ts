import { BarFlag, type BarMatrix } from '../market/index.js';
import { exRightReference, scheduleActions } from './action-schedule.js';
import { Reason } from './schemas.js';
import type { ActionEntry } from './types.js';

/** Factor changes below this, relative, are noise of float32 sources and no corporate action. */
const FACTOR_NOISE = 1e-6;

/**
 * What every run over the same bars needs, computed once, each cell from its own and earlier sessions only. Matrices are
 * session-major: the cell of symbol s on session d is `d * symbols + s`. On shared memory, so that threads read one copy.
 */
export interface MarketTape {
  /** Last good close at the close of the session, carried through actions; NaN before the first. */
  readonly mark: Float64Array;
  /** Why nothing can trade, a code of REASONS; 0 when something can. */
  readonly obstacle: Uint8Array;
  /** Changes of reference before the open of session d are those from `changeStart[d]` to `changeStart[d + 1]`. */
  readonly changeStart: Int32Array;
  readonly changeSymbol: Int32Array;
  /** Close before over ex-right reference. */
  readonly changeRatio: Float64Array;
  /** Row of the action that explains it; −1 where only the adjustment factor changed. */
  readonly changeAction: Int32Array;
  readonly actions: readonly ActionEntry[];
}

const shared = (bytes: number) => new SharedArrayBuffer(bytes);

/** @throws TABLE_INVALID for a malformed action */
export function marketTape(bars: BarMatrix, actions: readonly ActionEntry[] = []): MarketTape {
  const symbols = bars.symbols.length;
  const sessions = bars.dates.length;
  const { close, adjFactor, flags } = bars;
  const schedule = scheduleActions(actions, bars.symbols, bars.dates);
  const mark = new Float64Array(shared(8 * symbols * sessions));
  const obstacle = new Uint8Array(shared(symbols * sessions));
  const changes: { d: number; s: number; ratio: number; action: number }[] = [];
  for (let s = 0; s < symbols; s++) {
    const dated = schedule.get(s) ?? [];
    let next = 0;
    let price = Number.NaN;
    let factor = Number.NaN;
    let explained = false;
    for (let d = 0; d < sessions; d++) {
      const cell = s * sessions + d;
      for (; next < dated.length && dated[next].session === d; next++) {
        const { action } = dated[next];
        const reference = exRightReference(price, actions[action]);
        if (!(reference > 0)) continue;
        changes.push({ d, s, ratio: price / reference, action });
        price = reference;
        explained = true;
      }
      if (adjFactor[cell] > 0 && !Number.isNaN(close[cell]) && (flags[cell] & BarFlag.MISRECORDED) === 0) {
        const ratio = adjFactor[cell] / factor;
        if (!(Math.abs(ratio - 1) <= FACTOR_NOISE)) {
          factor = adjFactor[cell];
          if (!Number.isNaN(ratio) && !explained) {
            changes.push({ d, s, ratio, action: -1 });
            price /= ratio;
          }
        }
        explained = false;
      }
      const code = obstacleOf(bars, cell);
      if (code === 0) price = close[cell];
      obstacle[d * symbols + s] = code;
      mark[d * symbols + s] = price;
    }
  }
  return { mark, obstacle, ...bySession(changes, sessions), actions };
}

function obstacleOf({ open, close, volume, suspended, flags }: BarMatrix, cell: number): number {
  if ((flags[cell] & BarFlag.MISRECORDED) !== 0) return Reason.misrecorded;
  if (!(close[cell] > 0)) return Reason['no-bar'];
  if (suspended[cell] === 1 || (flags[cell] & BarFlag.FILLED) !== 0 || volume[cell] === 0) return Reason.suspended;
  return open[cell] > 0 ? 0 : Reason['no-bar'];
}

function bySession(changes: { d: number; s: number; ratio: number; action: number }[], sessions: number) {
  // The sort is stable: several actions of one share stay in their order.
  changes.sort((a, b) => a.d - b.d || a.s - b.s);
  const changeStart = new Int32Array(shared(4 * (sessions + 1)));
  const changeSymbol = new Int32Array(shared(4 * changes.length));
  const changeRatio = new Float64Array(shared(8 * changes.length));
  const changeAction = new Int32Array(shared(4 * changes.length));
  for (const [i, { d, s, ratio, action }] of changes.entries()) {
    changeStart[d + 1]++;
    changeSymbol[i] = s;
    changeRatio[i] = ratio;
    changeAction[i] = action;
  }
  for (let d = 0; d < sessions; d++) changeStart[d + 1] += changeStart[d];
  return { changeStart, changeSymbol, changeRatio, changeAction };
}
