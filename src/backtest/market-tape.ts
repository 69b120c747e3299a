import { type ActionTable, alignActions, BarFlag, type BarMatrix, type CorporateAction } from '../market/index.js';
import { Reason } from './schemas.js';

/** Factor changes below this, relative, are noise of float32 sources and no corporate action. */
const FACTOR_NOISE = 1e-6;

/**
 * What every run over the same bars needs, computed once, each cell from its own and earlier sessions only. On shared
 * memory, so that threads read one copy.
 */
export interface MarketTape {
  /** Last good close at the close of the session, [session × symbol], carried through actions; NaN before the first. */
  readonly mark: Float64Array;
  /** Why nothing can trade, [symbol × session] as the bars, a code of REASONS; 0 when something can. */
  readonly obstacle: Uint8Array;
  /** Changes of reference before the open of session d are those from `changeStart[d]` to `changeStart[d + 1]`. */
  readonly changeStart: Int32Array;
  readonly changeSymbol: Int32Array;
  /** Close before over ex-right reference. */
  readonly changeRatio: Float64Array;
  /** Row of `actions` that explains it; −1 where only the adjustment factor changed. */
  readonly changeAction: Int32Array;
  /** Null where the source has none. */
  readonly actions: ActionTable | null;
}

const shared = (bytes: number) => new SharedArrayBuffer(bytes);

/** @throws TABLE_INVALID for a malformed action */
export function marketTape(bars: BarMatrix, actions: readonly CorporateAction[] | null = null): MarketTape {
  const symbols = bars.symbols.length;
  const sessions = bars.dates.length;
  const { close, adjFactor, flags } = bars;
  const table = actions && alignActions(actions, bars);
  const rowsOf = rowsBySymbol(table, symbols);
  const mark = new Float64Array(shared(8 * symbols * sessions));
  const obstacle = new Uint8Array(shared(symbols * sessions));
  const changes: { d: number; s: number; ratio: number; action: number }[] = [];
  for (let s = 0; s < symbols; s++) {
    const rows = rowsOf[s];
    let next = 0;
    let price = Number.NaN;
    let factor = Number.NaN;
    let explained = false;
    for (let d = 0; d < sessions; d++) {
      const cell = s * sessions + d;
      for (; table !== null && next < rows.length && rows[next] < table.start[d + 1]; next++) {
        const reference = exRight(price, table, rows[next]);
        if (!(reference > 0)) continue;
        changes.push({ d, s, ratio: price / reference, action: rows[next] });
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
      obstacle[cell] = code;
      mark[d * symbols + s] = price;
    }
  }
  return { mark, obstacle, ...bySession(changes, sessions), actions: table };
}

/** Rows of the actions of each symbol, in time. */
function rowsBySymbol(table: ActionTable | null, symbols: number): number[][] {
  const rows = Array.from({ length: symbols }, (): number[] => []);
  table?.symbol.forEach((s, row) => {
    rows[s].push(row);
  });
  return rows;
}

/** The exchange's formula as `theoreticalReference` has it, on the aligned table. */
function exRight(price: number, { cash, shares, rights, rightsPrice }: ActionTable, row: number): number {
  return (price - cash[row] + rightsPrice[row] * rights[row]) / (1 + shares[row] + rights[row]);
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
