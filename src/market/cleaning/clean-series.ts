import type { Rulebook } from '../rulebooks/index.js';
import { checkBars } from './check-bars.js';
import { checkMoves } from './check-moves.js';
import type { FindingTally } from './findings.js';
import { openGaps } from './open-gaps.js';
import { type CleaningOptions, resolveCleaning } from './options.js';
import { repairFactor } from './repair-factor.js';
import type { InstrumentSeries } from './series.js';

/**
 * Cleans one instrument in place: impossible and missing bars, then factors the returns contradict, then moves beyond what
 * was possible or usual, then gaps longer than a session. Every step walks forward in time; every repair is counted and
 * flagged.
 * @throws ARGUMENT_INVALID
 */
export function cleanSeries(
  series: InstrumentSeries,
  rulebook: Rulebook,
  tally: FindingTally,
  options: CleaningOptions = {},
): void {
  const cleaning = resolveCleaning(options);
  checkBars(series, tally);
  repairFactor(series, rulebook, tally);
  checkMoves(series, rulebook, tally, cleaning);
  openGaps(series, tally, cleaning);
}
