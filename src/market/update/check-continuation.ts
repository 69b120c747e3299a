import { CandlenetError, formatDay } from '../../util/index.js';
import { isOwnBar } from '../bar-rows.js';
import type { ConflictPolicy } from '../merge/index.js';
import type { BarMatrix } from '../types.js';

/** Above what float32 rounds, below any split or dividend that is paid. */
const SAME_SCALE = 1e-5;
/** Sessions in a row that are off by one ratio: a single one may have been mended. */
const LOOKED_AT = 3;

/**
 * Later bars must be on the scale of those a store has. A source that adjusts its past for every later split or dividend moves
 * all of it by one ratio: joining only its new bars would leave a jump that nobody traded.
 * @param place the source, for messages
 * @param anchored whether the factor of the part says nothing without a session that the store has too
 * @throws STORE_CONFLICT for prices restated since, unless all of the symbol's bars are replaced; TABLE_INVALID where nothing joins the two
 */
export function checkContinuation(
  place: string,
  stored: BarMatrix,
  part: BarMatrix,
  onConflict: ConflictPolicy,
  anchored: boolean,
): void {
  const rowOf = new Map(stored.symbols.map((symbol, s) => [symbol, s]));
  const columnOf = new Map(Array.from(stored.dates, (date, d) => [date, d]));
  for (const [s, symbol] of part.symbols.entries()) {
    const row = rowOf.get(symbol);
    if (row === undefined) continue;
    const own = ownSessions(part, s);
    const had = ownSessions(stored, row);
    if (own.length === 0 || had.length === 0) continue;
    const lastHad = stored.dates[had[had.length - 1]];
    if (part.dates[own[own.length - 1]] <= lastHad) continue;
    /** Close of the part to that of the store; NaN where the store has no bar of its own. */
    const ratioOn = (session: number): number => {
      const column = columnOf.get(part.dates[session]);
      const cell = column === undefined ? -1 : row * stored.dates.length + column;
      if (cell < 0 || !isOwnBar(stored, cell)) return Number.NaN;
      return part.close[s * part.dates.length + session] / stored.close[cell];
    };
    const ratios: number[] = [];
    for (let k = own.length - 1; k >= 0 && ratios.length < LOOKED_AT; k--) {
      const ratio = ratioOn(own[k]);
      if (!Number.isNaN(ratio)) ratios.push(ratio);
    }
    if (ratios.length === 0) {
      if (!anchored) continue;
      throw new CandlenetError(
        'TABLE_INVALID',
        `${place}: found ${symbol} from ${formatDay(part.dates[own[0]])}, the store has it to ${formatDay(lastHad)}: expected a session in both, or its prices cannot be adjusted alike; import it into a new store`,
      );
    }
    const [ratio] = ratios;
    const isRestated =
      ratios.length === LOOKED_AT &&
      Math.abs(ratio - 1) > SAME_SCALE &&
      ratios.every((one) => Math.abs(one / ratio - 1) <= SAME_SCALE);
    // All of the store's bars are replaced where its first is restated too.
    const isWhole = own.some(
      (session) => part.dates[session] === stored.dates[had[0]] && Math.abs(ratioOn(session) / ratio - 1) <= SAME_SCALE,
    );
    if (!isRestated || (onConflict === 'replace' && isWhole)) continue;
    throw new CandlenetError(
      'STORE_CONFLICT',
      `${place}: found the close of ${symbol} on ${formatDay(lastHad)} restated by the factor ${ratio.toPrecision(6)}, as after a split or a dividend, expected prices as traded, or all its bars since ${formatDay(stored.dates[had[0]])} to replace the store's`,
    );
  }
}

function ownSessions(bars: BarMatrix, s: number): number[] {
  const sessions = [];
  for (let d = 0; d < bars.dates.length; d++) if (isOwnBar(bars, s * bars.dates.length + d)) sessions.push(d);
  return sessions;
}
