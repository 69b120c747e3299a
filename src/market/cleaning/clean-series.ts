import type { Rulebook } from '../rulebooks/index.js';
import { checkBars } from './check-bars.js';
import { checkJumps } from './check-jumps.js';
import type { FindingTally } from './findings.js';
import { repairFactor } from './repair-factor.js';
import type { InstrumentSeries } from './series.js';

/**
 * Cleans one instrument in place: impossible and missing bars, then factors the returns contradict, then jumps beyond
 * the price limit of the rulebook. Every step walks forward in time; every repair is counted and flagged.
 */
export function cleanSeries(series: InstrumentSeries, rulebook: Rulebook, tally: FindingTally): void {
  checkBars(series, tally);
  repairFactor(series, rulebook, tally);
  checkJumps(series, rulebook, tally);
}
