import type { BarMatrix } from '../market/index.js';
import type { MarketTape } from './market-tape.js';
import { Reason } from './schemas.js';

/** Sessions of the trailing mean volume and of the volatility. */
export const LIQUIDITY_SESSIONS = 20;
/** Fewest returns that make a volatility. */
const FEWEST_RETURNS = 5;

/** Trailing liquidity, session-major, of the sessions before the one of the cell. */
export interface Liquidity {
  /** Mean daily volume in shares of the session; sessions without trade count as 0. */
  readonly volume: Float64Array;
  /** Sample standard deviation of the daily total log returns of sessions that traded; NaN with fewer than 5. */
  readonly volatility: Float64Array;
}

export function trailingLiquidity(bars: BarMatrix, tape: MarketTape): Liquidity {
  const symbols = bars.symbols.length;
  const sessions = bars.dates.length;
  const volume = new Float64Array(new SharedArrayBuffer(8 * symbols * sessions));
  const volatility = new Float64Array(new SharedArrayBuffer(8 * symbols * sessions));
  const ratios = ratiosBySymbol(tape, symbols);
  const traded = new Float64Array(sessions);
  const returns = new Float64Array(sessions);
  const listed = new Uint8Array(sessions);
  for (let s = 0; s < symbols; s++) {
    // Volumes in shares of the first session: shares × (growth of one share by actions), undone at the end.
    let growth = 1;
    let before = Number.NaN;
    let change = 0;
    const changes = ratios[s];
    for (let d = 0; d < sessions; d++) {
      for (; change < changes.length && changes[change].d === d; change++) {
        growth *= changes[change].ratio;
        before /= changes[change].ratio;
      }
      const code = tape.obstacle[d * symbols + s];
      const price = tape.mark[d * symbols + s];
      volume[d * symbols + s] = meanBefore(traded, listed, d) * growth;
      volatility[d * symbols + s] = deviationBefore(returns, d);
      listed[d] = code === Reason['no-bar'] ? 0 : 1;
      const shares = code === 0 ? bars.volume[s * sessions + d] / growth : 0;
      traded[d] = shares > 0 ? shares : 0;
      returns[d] = code === 0 ? Math.log(price / before) : Number.NaN;
      before = price;
    }
  }
  return { volume, volatility };
}

function ratiosBySymbol(tape: MarketTape, symbols: number): { d: number; ratio: number }[][] {
  const lists = Array.from({ length: symbols }, (): { d: number; ratio: number }[] => []);
  for (let d = 0; d + 1 < tape.changeStart.length; d++) {
    for (let i = tape.changeStart[d]; i < tape.changeStart[d + 1]; i++) {
      lists[tape.changeSymbol[i]].push({ d, ratio: tape.changeRatio[i] });
    }
  }
  return lists;
}

function meanBefore(values: Float64Array, counted: Uint8Array, d: number): number {
  let sum = 0;
  let count = 0;
  for (let past = Math.max(0, d - LIQUIDITY_SESSIONS); past < d; past++) {
    sum += values[past] * counted[past];
    count += counted[past];
  }
  return count === 0 ? 0 : sum / count;
}

function deviationBefore(returns: Float64Array, d: number): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let past = Math.max(0, d - LIQUIDITY_SESSIONS); past < d; past++) {
    const value = returns[past];
    if (Number.isNaN(value)) continue;
    sum += value;
    squares += value * value;
    count++;
  }
  if (count < FEWEST_RETURNS) return Number.NaN;
  return Math.sqrt(Math.max(0, squares - (sum * sum) / count) / (count - 1));
}
