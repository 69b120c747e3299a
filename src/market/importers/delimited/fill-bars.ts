import { boardOf, exchangeOf } from '../../boards.js';
import { type CleaningOptions, cleanSeries, type FindingTally } from '../../cleaning/index.js';
import type { Rulebook } from '../../rulebooks/index.js';
import type { BarMatrix } from '../../types.js';
import { emptyBars } from '../empty-bars.js';
import type { GatheredSeries } from './gather-series.js';

/** The matrix of all series over the days on which any of them has a bar, each cleaned from its first bar to its last. */
export function fillBars(
  series: ReadonlyMap<string, GatheredSeries>,
  has: { readonly amount: boolean; readonly st: boolean },
  rulebook: Rulebook,
  tally: FindingTally,
  cleaning?: CleaningOptions,
): BarMatrix {
  const listed = [...series].filter(([, { bars }]) => bars.length > 0);
  const days = new Set<number>();
  for (const [, { bars }] of listed) for (const { date } of bars) days.add(date);
  const dates = Int32Array.from(days).sort();
  const sessionOf = new Map([...dates].map((date, d) => [date, d]));
  const symbols = listed.map(([symbol]) => symbol);
  const matrix = emptyBars(symbols, dates, has);
  for (const [s, [, { bars, factors, limitsHold }]] of listed.entries()) {
    for (const [t, bar] of bars.entries()) {
      const cell = s * dates.length + sessionOf.get(bar.date)!;
      matrix.open[cell] = bar.open;
      matrix.high[cell] = bar.high;
      matrix.low[cell] = bar.low;
      matrix.close[cell] = bar.close;
      matrix.volume[cell] = bar.volume;
      matrix.adjFactor[cell] = factors[t];
      if (matrix.amount) matrix.amount[cell] = bar.amount;
      if (matrix.st) matrix.st[cell] = bar.st;
    }
    const first = s * dates.length + sessionOf.get(bars[0].date)!;
    const end = s * dates.length + sessionOf.get(bars[bars.length - 1].date)! + 1;
    const seriesRulebook = limitsHold ? rulebook : { ...rulebook, rules: [] };
    clean(matrix, s, [first, end], { rulebook: seriesRulebook, asTraded: limitsHold, tally, cleaning });
  }
  return matrix;
}

interface CleaningCase {
  readonly rulebook: Rulebook;
  readonly asTraded: boolean;
  readonly tally: FindingTally;
  readonly cleaning?: CleaningOptions;
}

function clean(
  bars: BarMatrix,
  s: number,
  [first, end]: readonly [number, number],
  { rulebook, asTraded, tally, cleaning }: CleaningCase,
): void {
  const symbol = bars.symbols[s];
  const start = s * bars.dates.length;
  // A special treatment lasts through the sessions on which the source has no row.
  if (bars.st) for (let c = first + 1; c < end; c++) if (Number.isNaN(bars.adjFactor[c])) bars.st[c] = bars.st[c - 1];
  cleanSeries(
    {
      symbol,
      board: boardOf(symbol),
      exchange: exchangeOf(symbol),
      dates: bars.dates.subarray(first - start, end - start),
      open: bars.open.subarray(first, end),
      high: bars.high.subarray(first, end),
      low: bars.low.subarray(first, end),
      close: bars.close.subarray(first, end),
      volume: bars.volume.subarray(first, end),
      amount: bars.amount?.subarray(first, end) ?? null,
      factor: bars.adjFactor.subarray(first, end),
      change: null,
      suspended: bars.suspended.subarray(first, end),
      st: bars.st?.subarray(first, end) ?? null,
      flags: bars.flags.subarray(first, end),
      startsWithListing: false,
      asTraded,
    },
    rulebook,
    tally,
    cleaning,
  );
}
