import type { MarketTape } from '../market-tape.js';

/** Marks times the growth of one share by actions since the first session, [session × symbol]: total-return prices. */
export function adjustedPrices(tape: MarketTape, symbols: number): Float64Array {
  const adjusted = new Float64Array(new SharedArrayBuffer(tape.mark.byteLength));
  const growth = new Float64Array(symbols).fill(1);
  for (let d = 0; d + 1 < tape.changeStart.length; d++) {
    for (let i = tape.changeStart[d]; i < tape.changeStart[d + 1]; i++) {
      growth[tape.changeSymbol[i]] *= tape.changeRatio[i];
    }
    for (let s = 0; s < symbols; s++) adjusted[d * symbols + s] = tape.mark[d * symbols + s] * growth[s];
  }
  return adjusted;
}
