import type { BarMatrix } from '../market/index.js';
import type { MarketTape } from './market-tape.js';
import { Reason } from './schemas.js';
import { TrailingSum } from './trailing-sum.js';

/** Fewest returns that make a volatility. */
const FEWEST_RETURNS = 5;

/** Trailing liquidity of the sessions before the one of the cell, [symbol × session] as the bars. */
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
  const traded = new TrailingSum();
  const listed = new TrailingSum();
  const returns = new TrailingSum();
  const squares = new TrailingSum();
  const counted = new TrailingSum();
  for (let s = 0; s < symbols; s++) {
    for (const sum of [traded, listed, returns, squares, counted]) sum.reset();
    // Volumes in shares of the first session: shares over the growth of one share by actions, undone at the end.
    let growth = 1;
    let before = Number.NaN;
    let change = 0;
    const changes = ratios[s];
    for (let d = 0; d < sessions; d++) {
      const cell = s * sessions + d;
      for (; change < changes.length && changes[change].d === d; change++) {
        growth *= changes[change].ratio;
        before /= changes[change].ratio;
      }
      const known = listed.value();
      volume[cell] = known === 0 ? 0 : (traded.value() / known) * growth;
      volatility[cell] = deviation(returns.value(), squares.value(), counted.value());
      const code = tape.obstacle[cell];
      const price = tape.mark[d * symbols + s];
      const shares = code === 0 ? bars.volume[cell] / growth : 0;
      const logReturn = code === 0 ? Math.log(price / before) : Number.NaN;
      const usable = !Number.isNaN(logReturn);
      listed.push(code === Reason['no-bar'] ? 0 : 1);
      traded.push(shares > 0 ? shares : 0);
      returns.push(usable ? logReturn : 0);
      squares.push(usable ? logReturn * logReturn : 0);
      counted.push(usable ? 1 : 0);
      before = price;
    }
  }
  return { volume, volatility };
}

function deviation(sum: number, squares: number, count: number): number {
  if (count < FEWEST_RETURNS) return Number.NaN;
  return Math.sqrt(Math.max(0, squares - (sum * sum) / count) / (count - 1));
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
