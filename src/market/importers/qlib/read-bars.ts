import { CandlenetError, formatDay, type ProgressSink, type SessionRange } from '../../../util/index.js';
import type { CleaningOptions, FindingTally } from '../../cleaning/index.js';
import type { Rulebook } from '../../rulebooks/index.js';
import type { BarMatrix } from '../../types.js';
import { emptyBars } from '../empty-bars.js';
import { changeUnit } from './change-unit.js';
import { fillInstrument } from './fill-instrument.js';
import { type QlibFeatures, readQlibFeatures } from './read-features.js';

/** Instruments between two looks at the signal. */
const INSTRUMENTS_PER_TURN = 8;

/** What reading and cleaning the bars of a folder takes. */
export interface BarReading {
  readonly dir: string;
  readonly calendar: Int32Array;
  /** Sessions of the calendar wanted. */
  readonly span: SessionRange;
  readonly rulebook: Rulebook;
  readonly tally: FindingTally;
  readonly cleaning?: CleaningOptions;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal | undefined;
}

/**
 * Bars of those of `symbols` that have any in the span, cleaned.
 * @throws UNIVERSE_EMPTY, INTERRUPTED, and what `readQlibFeatures` throws
 */
export async function readQlibBars(symbols: readonly string[], reading: BarReading): Promise<BarMatrix> {
  const { calendar, span, rulebook, tally, cleaning, progress, signal } = reading;
  const features = await readFeatures(symbols, reading);
  const dates = calendar.slice(span.start, span.end);
  if (features.size === 0) {
    throw new CandlenetError(
      'UNIVERSE_EMPTY',
      `${reading.dir}: none of ${symbols.length} instruments has a bar in ${formatDay(dates[0])} … ${formatDay(dates[dates.length - 1])}`,
    );
  }
  const amount = [...features.values()].every(({ columns }) => columns.amount !== null);
  const bars = emptyBars([...features.keys()], dates, { amount, st: false });
  const unit = unitOfChange(features);
  const task = progress.start('Checking and cleaning', features.size, 'instruments');
  for (const [s, symbol] of bars.symbols.entries()) {
    if (s % INSTRUMENTS_PER_TURN === 0) await turn(signal);
    const filling = { calendarOffset: span.start, changeUnit: unit, rulebook, tally, cleaning };
    fillInstrument(bars, s, features.get(symbol)!, filling);
    features.delete(symbol);
    task.update(s + 1, symbol);
  }
  task.end();
  if (!amount) tally.count('amount-absent', () => bars.symbols[0], { cases: countBars(bars) });
  return bars;
}

async function readFeatures(
  symbols: readonly string[],
  { dir, calendar, span, progress, signal }: BarReading,
): Promise<Map<string, QlibFeatures>> {
  const task = progress.start('Reading Qlib bars', symbols.length, 'instruments');
  const features = new Map<string, QlibFeatures>();
  for (const [i, symbol] of symbols.entries()) {
    if (i % INSTRUMENTS_PER_TURN === 0) await turn(signal);
    const read = readQlibFeatures(dir, symbol, calendar);
    if (read.start < span.end && read.start + read.length > span.start) features.set(symbol, read);
    task.update(i + 1, symbol);
  }
  task.end();
  return features;
}

/** Lets the caller's event loop turn, and stops when it asked for it. */
async function turn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((done) => setImmediate(done));
  if (signal?.aborted) throw new CandlenetError('INTERRUPTED', 'import stopped: nothing was written');
}

function unitOfChange(features: ReadonlyMap<string, QlibFeatures>): 1 | 100 {
  for (const { columns } of features.values()) {
    if (columns.change) return changeUnit(columns.close, columns.change);
  }
  return 1;
}

function countBars({ close }: BarMatrix): number {
  return close.reduce((count, price) => count + (Number.isNaN(price) ? 0 : 1), 0);
}
