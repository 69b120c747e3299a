import { formatDay } from '../../util/index.js';
import { type BarMatrix, type DataFinding, type MarketPart, ST_UNKNOWN } from '../types.js';

/** Findings that say what a source lacks: of a merged market they are counted again. */
const RECOUNTED: Readonly<Record<string, (bars: BarMatrix) => { count: number; example: string }>> = {
  'amount-absent': (bars) =>
    countCells(bars, (cell) => bars.close[cell] > 0 && Number.isNaN(bars.amount?.[cell] ?? Number.NaN)),
  'st-absent': (bars) => {
    const sessions = bars.dates.length;
    const known = (s: number) =>
      bars.st?.subarray(s * sessions, (s + 1) * sessions).some((flag) => flag !== ST_UNKNOWN);
    const unknown = bars.symbols.filter((_, s) => !known(s));
    return { count: unknown.length, example: unknown[0] ?? '' };
  },
};

function countCells(bars: BarMatrix, is: (cell: number) => boolean): { count: number; example: string } {
  let count = 0;
  let example = '';
  for (let cell = 0; cell < bars.close.length; cell++) {
    if (!is(cell)) continue;
    if (count++ > 0) continue;
    example = `${bars.symbols[Math.floor(cell / bars.dates.length)]} ${formatDay(bars.dates[cell % bars.dates.length])}`;
  }
  return { count, example };
}

/**
 * The findings of all sources, of each kind once: counts of the same kind are added up, since each source counts its own
 * rows. What one source lacks and another has is counted again from the merged bars.
 */
export function mergeFindings(
  parts: readonly MarketPart[],
  bars: BarMatrix,
  carried: { readonly count: number; readonly example: string },
): DataFinding[] {
  const merged = new Map<string, DataFinding>();
  for (const { findings } of parts) {
    for (const finding of findings) {
      const before = merged.get(finding.kind);
      merged.set(finding.kind, before === undefined ? finding : added(before, finding));
    }
  }
  for (const [kind, recount] of Object.entries(RECOUNTED)) {
    const finding = merged.get(kind);
    if (finding && parts.length > 1) merged.set(kind, { ...finding, ...recount(bars) });
  }
  const missing = merged.get('missing-bar');
  if (missing && carried.count > 0) {
    merged.set('missing-bar', added(missing, { ...missing, count: carried.count, example: carried.example }));
  }
  return [...merged.values()];
}

function added(first: DataFinding, second: DataFinding): DataFinding {
  const action = first.count > 0 ? first.action : second.action;
  return { ...first, count: first.count + second.count, example: first.example || second.example, action };
}
