/** Sessions with a move looked at before deciding. */
const ENOUGH = 50;

/**
 * Whether `change.day.bin` holds percent (100) or a fraction (1): both are met. Decided by the ratio of the stated to
 * the computed returns of one instrument; 1 when there are too few moves to tell.
 */
export function changeUnit(close: Float32Array, change: Float32Array): 1 | 100 {
  let stated = 0;
  let computed = 0;
  let moves = 0;
  for (let t = 1; t < close.length && moves < ENOUGH; t++) {
    const move = Math.abs(close[t] / close[t - 1] - 1);
    if (!(move > 1e-3 && move < 0.1) || Number.isNaN(change[t])) continue;
    stated += Math.abs(change[t]);
    computed += move;
    moves++;
  }
  return moves > 0 && stated / computed > 10 ? 100 : 1;
}
