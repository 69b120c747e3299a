import type { BarMatrix } from '../market/index.js';
import { type Day, indexAsOf } from '../util/index.js';

/** Sessions, both included, before whose open a listing counts as ended. */
export type Ending = readonly [from: number, to: number];

/**
 * A listing without a delisting date counts as ended when it has had no bar for this many sessions, a year. Whether a bar
 * will follow is not known then: the longest suspensions of A shares lasted longer, and the share may be bought again.
 */
export const SILENT_SESSIONS = 250;

/**
 * When the listing of symbol s counts as ended, by nothing but what is known at the time: after its delisting date where
 * there is one, else after `SILENT_SESSIONS` without a bar, until the session with the next one.
 */
export function endingOf(bars: BarMatrix, s: number, delistDate: Day | null): Ending[] {
  const sessions = bars.dates.length;
  if (delistDate !== null) return [[indexAsOf(bars.dates, delistDate) + 1, sessions - 1]];
  const endings: Ending[] = [];
  let last = -1;
  for (let d = 0; d <= sessions; d++) {
    if (d < sessions && Number.isNaN(bars.close[s * sessions + d])) continue;
    if (last >= 0 && d - last > SILENT_SESSIONS) endings.push([last + SILENT_SESSIONS + 1, Math.min(d, sessions - 1)]);
    last = d;
  }
  return endings;
}
