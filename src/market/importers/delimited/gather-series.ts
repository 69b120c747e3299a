import { CandlenetError, formatDay } from '../../../util/index.js';
import { factorsOf } from './factor.js';
import type { BarFile } from './read-bar-file.js';
import { recoverRaw } from './recover-raw.js';
import type { SourceBar } from './series.js';
import { barBefore, barsBefore, countKnown, type StoredBars } from './stored-bars.js';

/** All bars of one symbol in the order of their days, with their factors. */
export interface GatheredSeries {
  readonly file: BarFile;
  readonly bars: readonly SourceBar[];
  readonly factors: Float64Array;
  /**
   * How many of the bars lie within what the store has of the symbol: its own, and those of the file up to its last. What was
   * found of them has been counted when they were stored.
   */
  readonly known: number;
  /** Further bars whose raw prices were worked out from adjusted ones, and adjusted ones of which that could not be done. */
  readonly recovered: number;
  readonly adjusted: number;
  /** Whether the source itself says what adjusts the prices. */
  readonly factorKnown: boolean;
  /** Whether prices are as traded and ex-days are known: only then can the exchange's price limit be judged. */
  readonly limitsHold: boolean;
}

/**
 * One series a symbol, in order of the symbols; rows may come in any order.
 * @throws TABLE_INVALID for a day told twice, for a symbol spread over files, and for a factor that cannot be continued
 */
export function gatherSeries(files: readonly BarFile[], stored: StoredBars | null): Map<string, GatheredSeries> {
  const owner = new Map<string, BarFile>();
  for (const file of files) {
    for (const symbol of file.bars.keys()) {
      const other = owner.get(symbol);
      if (other) {
        throw new CandlenetError(
          'TABLE_INVALID',
          `${file.path}: found bars of ${symbol}, which ${other.path} has too, expected one file a symbol`,
        );
      }
      owner.set(symbol, file);
    }
  }
  return new Map([...owner.keys()].sort().map((symbol) => [symbol, gather(symbol, owner.get(symbol)!, stored)]));
}

function gather(symbol: string, file: BarFile, stored: StoredBars | null): GatheredSeries {
  const bars = [...(file.bars.get(symbol) ?? [])].sort((a, b) => a.date - b.date || a.line - b.line);
  for (let t = 1; t < bars.length; t++) {
    if (bars[t].date !== bars[t - 1].date) continue;
    throw new CandlenetError(
      'TABLE_INVALID',
      `${file.place(bars[t].line)}: found ${symbol} on ${formatDay(bars[t].date)} as on ${file.rowIs} ${bars[t - 1].line}, expected a day once`,
    );
  }
  const first = bars.findIndex(({ close }) => !Number.isNaN(close));
  const told = first < 0 ? [] : bars.slice(first);
  const adjusted = told.filter((bar) => bar.adjusted);
  const recovered = told.length > 0 && adjusted.length === told.length ? recoverRaw(told) : null;
  const isRaw = recovered !== null && 'bars' in recovered;
  const kept = isRaw ? recovered.bars : told;
  const factors = isRaw
    ? recovered.factors
    : factorsOf(kept, file.factor, file.place, kept.length === 0 ? null : barBefore(stored, symbol, kept, file));
  const history = kept.length === 0 ? { bars: [], factors: [] } : barsBefore(stored, symbol, kept[0].date);
  const whole = [...history.bars, ...kept];
  const known = whole.length === 0 ? 0 : countKnown(stored, symbol, whole);
  const isNew = (_bar: SourceBar, t: number) => history.bars.length + t >= known;
  return {
    file,
    bars: whole,
    factors: Float64Array.from([...history.factors, ...factors]),
    known,
    factorKnown: isRaw || file.factor !== 'none',
    limitsHold: isRaw || (file.factor !== 'none' && adjusted.length === 0),
    recovered: isRaw ? kept.filter(isNew).length : 0,
    adjusted: isRaw ? 0 : kept.filter((bar, t) => bar.adjusted && isNew(bar, t)).length,
  };
}
