import { formatDay } from '../../util/index.js';
import { isBar, isOwnBar, MADE_UP } from '../bar-rows.js';
import { emptyBars } from '../importers/empty-bars.js';
import { BarFlag, type BarMatrix, ST_UNKNOWN } from '../types.js';
import type { DisagreementTally, Said } from './disagreements.js';
import type { MergeTolerance } from './options.js';

interface NamedBars {
  readonly name: string;
  readonly bars: BarMatrix;
}

/** Sources of the bars, in the order in which they stand for each part of a bar. */
export interface BarSources {
  readonly prices: readonly NamedBars[];
  readonly volume: readonly NamedBars[];
  readonly amount: readonly NamedBars[];
  readonly st: readonly NamedBars[];
}

const PRICES = ['open', 'high', 'low', 'close'] as const;

export interface MergedBars {
  readonly bars: BarMatrix;
  /** Sessions between an instrument's bars of which no source has one, carried from the last close. */
  readonly carried: { readonly count: number; readonly example: string };
}

/**
 * All symbols and sessions that any source has. Prices, factor and suspension of a bar come from one source, the first of
 * the order that has it. Where an instrument's bars come from several, the factors of the later sources are brought to the
 * basis of the first over the sessions both have; sources that share none are taken to share the basis.
 */
export function mergeBars(sources: BarSources, tolerance: MergeTolerance, tally: DisagreementTally): MergedBars {
  const all = sources.prices.map(({ bars }) => bars);
  const symbols = [...new Set(all.flatMap((bars) => bars.symbols))].sort();
  const dates = Int32Array.from(new Set(all.flatMap((bars) => [...bars.dates]))).sort();
  const has = { amount: all.some(({ amount }) => amount !== null), st: all.some(({ st }) => st !== null) };
  const merged = emptyBars(symbols, dates, has);
  const locate = (ordered: readonly NamedBars[]) => ordered.map((source) => located(source, symbols, dates));
  const ordered = {
    prices: locate(sources.prices),
    volume: locate(sources.volume),
    amount: locate(sources.amount),
    st: locate(sources.st),
  };
  let carriedCount = 0;
  let carriedExample = '';
  for (let s = 0; s < symbols.length; s++) {
    const ratios = factorRatios(ordered.prices, s, symbols[s], dates, tolerance.factor, tally);
    let last = -1;
    const lastBar = lastBarOf(ordered.prices, s, dates.length);
    for (let d = 0; d < dates.length; d++) {
      const cell = s * dates.length + d;
      const key = () => `${symbols[s]} ${formatDay(dates[d])}`;
      const winner = fillPrices(merged, cell, ordered.prices, s, d, ratios);
      if (winner >= 0) {
        fillRest(merged, cell, ordered, s, d, winner);
        compareBars(ordered.prices, s, d, key, tolerance, tally);
        if (merged.close[cell] > 0) last = cell;
      } else if (last >= 0 && d < lastBar) {
        carry(merged, cell, last);
        if (carriedCount++ === 0) carriedExample = key();
      }
    }
  }
  return { bars: merged, carried: { count: carriedCount, example: carriedExample } };
}

interface Located extends NamedBars {
  /** Cell of symbol s and session d of the merged matrix, −1 where the source has no bar. */
  cell(s: number, d: number): number;
}

function located({ name, bars }: NamedBars, symbols: readonly string[], dates: Int32Array): Located {
  const rowOf = new Map(bars.symbols.map((symbol, row) => [symbol, row]));
  const columnOf = new Map(Array.from(bars.dates, (date, column) => [date, column]));
  const rows = symbols.map((symbol) => rowOf.get(symbol) ?? -1);
  const columns = Int32Array.from(dates, (date) => columnOf.get(date) ?? -1);
  return {
    name,
    bars,
    cell(s, d) {
      if (rows[s] < 0 || columns[d] < 0) return -1;
      const cell = rows[s] * bars.dates.length + columns[d];
      return isBar(bars, cell) ? cell : -1;
    },
  };
}

/** What brings the factor of each source to the basis of the first that has the symbol, on every session; null for the first. */
function factorRatios(
  sources: readonly Located[],
  s: number,
  symbol: string,
  dates: Int32Array,
  tolerance: number,
  tally: DisagreementTally,
): (Float64Array | null)[] {
  const first = sources.findIndex((source) => dates.some((_, d) => source.cell(s, d) >= 0));
  return sources.map((source, q) => {
    if (q <= first || first < 0) return null;
    const main = sources[first];
    const ratios = new Float64Array(dates.length).fill(Number.NaN);
    let ratio = Number.NaN;
    for (let d = 0; d < dates.length; d++) {
      const [a, b] = [main.cell(s, d), source.cell(s, d)];
      if (a >= 0 && b >= 0 && main.bars.close[a] > 0 && source.bars.close[b] > 0) {
        const now = main.bars.adjFactor[a] / source.bars.adjFactor[b];
        const before = Number.isNaN(ratio) ? now : ratio;
        const said = (named: Located, value: number): Said<number> => [named.name, value];
        const key = () => `${symbol} ${formatDay(dates[d])}`;
        tally.numbers(
          'adj_factor',
          key,
          said(main, main.bars.adjFactor[a]),
          said(source, source.bars.adjFactor[b] * before),
          tolerance,
        );
        if (Number.isNaN(ratio)) ratios.fill(now, 0, d);
        ratio = now;
      }
      ratios[d] = ratio;
    }
    return Number.isNaN(ratio) ? null : ratios;
  });
}

function lastBarOf(sources: readonly Located[], s: number, sessions: number): number {
  for (let d = sessions - 1; d >= 0; d--) if (sources.some((source) => source.cell(s, d) >= 0)) return d;
  return -1;
}

/** @returns which source the bar is from, −1 where none has one */
function fillPrices(
  merged: BarMatrix,
  cell: number,
  sources: readonly Located[],
  s: number,
  d: number,
  ratios: readonly (Float64Array | null)[],
): number {
  let winner = -1;
  for (const [q, source] of sources.entries()) {
    const from = source.cell(s, d);
    if (from < 0) continue;
    if (winner < 0) winner = q;
    if (!isOwnBar(source.bars, from)) continue;
    winner = q;
    break;
  }
  if (winner < 0) return winner;
  const { bars } = sources[winner];
  const from = sources[winner].cell(s, d);
  for (const column of PRICES) merged[column][cell] = bars[column][from];
  merged.adjFactor[cell] = bars.adjFactor[from] * (ratios[winner]?.[d] ?? 1);
  merged.suspended[cell] = bars.suspended[from];
  merged.flags[cell] = bars.flags[from];
  return winner;
}

/** Volume, amount and special treatment, each from the first of its own order that has a value for the bar. */
function fillRest(
  merged: BarMatrix,
  cell: number,
  sources: { readonly [P in keyof BarSources]: readonly Located[] },
  s: number,
  d: number,
  winner: number,
): void {
  // A day without trade has no volume and no amount, whatever another source says of it; inside a gap they are not known.
  if (merged.suspended[cell] === 1) {
    const { bars, cell: cellOf } = sources.prices[winner];
    const from = cellOf(s, d);
    merged.volume[cell] = bars.volume[from];
    if (merged.amount) merged.amount[cell] = bars.amount ? bars.amount[from] : bars.volume[from] * 0;
  } else {
    merged.volume[cell] = firstNumber(sources.volume, s, d, ({ volume }) => volume);
    if (merged.amount) merged.amount[cell] = firstNumber(sources.amount, s, d, ({ amount }) => amount);
  }
  if (!merged.st) return;
  merged.st[cell] = ST_UNKNOWN;
  for (const { bars, cell: cellOf } of sources.st) {
    const from = cellOf(s, d);
    if (from < 0 || bars.st === null || bars.st[from] === ST_UNKNOWN) continue;
    merged.st[cell] = bars.st[from];
    break;
  }
}

function firstNumber(
  sources: readonly Located[],
  s: number,
  d: number,
  column: (bars: BarMatrix) => Float64Array | null,
): number {
  for (const { bars, cell } of sources) {
    const from = cell(s, d);
    const values = column(bars);
    if (from >= 0 && values !== null && !Number.isNaN(values[from]) && isOwnBar(bars, from)) return values[from];
  }
  for (const { bars, cell } of sources) {
    const from = cell(s, d);
    const values = column(bars);
    if (from >= 0 && values !== null && !Number.isNaN(values[from])) return values[from];
  }
  return Number.NaN;
}

/** What the first source with a bar of its own says, against each that follows. */
function compareBars(
  sources: readonly Located[],
  s: number,
  d: number,
  key: () => string,
  tolerance: MergeTolerance,
  tally: DisagreementTally,
): void {
  let main: Located | null = null;
  let mainCell = -1;
  for (const source of sources) {
    const cell = source.cell(s, d);
    if (cell < 0 || !isOwnBar(source.bars, cell)) continue;
    if (main === null) {
      main = source;
      mainCell = cell;
      continue;
    }
    const [a, b] = [main.bars, source.bars];
    const said = (pick: (bars: BarMatrix) => ArrayLike<number>): [Said<number>, Said<number>] => [
      [main!.name, pick(a)[mainCell]],
      [source.name, pick(b)[cell]],
    ];
    tally.numbers('suspended', key, ...said(({ suspended }) => suspended), 0);
    const { st: stA } = a;
    const { st: stB } = b;
    if (stA && stB && stA[mainCell] !== ST_UNKNOWN && stB[cell] !== ST_UNKNOWN) {
      tally.numbers('st', key, [main.name, stA[mainCell]], [source.name, stB[cell]], 0);
    }
    if (a.suspended[mainCell] !== b.suspended[cell] || a.suspended[mainCell] === 1) continue;
    for (const column of PRICES) tally.numbers(column, key, ...said((bars) => bars[column]), tolerance.price);
    tally.numbers('volume', key, ...said(({ volume }) => volume), tolerance.volume);
    if (a.amount && b.amount)
      tally.numbers('amount', key, [main.name, a.amount[mainCell]], [source.name, b.amount[cell]], tolerance.amount);
  }
}

/**
 * A session of which no source has a bar, as the cleaning of an importer treats it: the first of a gap keeps the last close,
 * what follows stays without a price.
 */
function carry(bars: BarMatrix, cell: number, last: number): void {
  const isFirst = (bars.flags[cell - 1] & MADE_UP) === 0;
  for (const column of PRICES) bars[column][cell] = isFirst ? bars.close[last] : Number.NaN;
  bars.volume[cell] = isFirst ? 0 : Number.NaN;
  if (bars.amount) bars.amount[cell] = isFirst ? 0 : Number.NaN;
  bars.adjFactor[cell] = bars.adjFactor[last];
  bars.suspended[cell] = 1;
  if (bars.st) bars.st[cell] = bars.st[last];
  bars.flags[cell] = isFirst ? BarFlag.FILLED : BarFlag.GAP;
}
