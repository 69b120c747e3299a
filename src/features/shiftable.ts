import type { Panel } from './types.js';

/**
 * How many sessions earlier the window of each sample may end and still be whole: 0 … `maxSessions`, at most 255. Only
 * earlier, as a later one would look ahead; and only while every row of the window belongs to the same instrument and is
 * complete, so never across a suspension, into a warm-up or before the store. Days before the training period are
 * history like any other and may be reached.
 * @param rows panel rows s·D + t on which the samples' windows end
 */
export function shiftableSessions(
  panel: Pick<Panel, 'complete' | 'dates'>,
  rows: Int32Array,
  window: number,
  maxSessions: number,
): Uint8Array {
  const days = panel.dates.length;
  return Uint8Array.from(rows, (row) => {
    const firstOfSymbol = row - (row % days);
    let shift = 0;
    for (let start = row - window; shift < maxSessions; start--, shift++) {
      if (start < firstOfSymbol || panel.complete[start] === 0) break;
    }
    return shift;
  });
}
