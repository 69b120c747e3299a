import { BarFlag, type BarMatrix } from '../market/index.js';
import { mean, pearson, ranks, spearman } from '../stats/index.js';
import { CandlenetError } from '../util/index.js';
import { dailyStatistic } from './daily-statistic.js';
import type { DailyStatistic, DatedSeries } from './types.js';

/** What the returns of a tear sheet are made of, symbol-major [S × D]. */
export type SheetBars = Pick<BarMatrix, 'symbols' | 'dates' | 'open' | 'adjFactor' | 'suspended' | 'flags'>;

export interface TearSheetOptions {
  /** First and last session whose scores are judged, indices into the bars' dates. */
  readonly first: number;
  readonly last: number;
  /** Sessions a position is held: from the open after the score to the open so many sessions later. */
  readonly horizonDays: number;
  /** Groups of equal size by score; 10 makes deciles. */
  readonly quantiles?: number;
  /** Sessions by which the entry is put off, for the decay. */
  readonly lags?: readonly number[];
}

export interface QuantileMeasures {
  /** 1 holds the lowest scores. */
  readonly quantile: number;
  /** Mean over the days of the group's mean return over the horizon, and of its lead over the day's mean of all. */
  readonly meanReturn: number;
  readonly meanExcess: number;
  /** Mean share of the group that was not in it one session before. */
  readonly turnover: number;
}

/** How well one number orders stocks by what they return next. Undefined is NaN. */
export interface TearSheet {
  readonly horizonDays: number;
  /** Pearson's and Spearman's correlation, by day, of score and return over the horizon. */
  readonly ic: DailyStatistic;
  readonly rankIc: DailyStatistic;
  /** Mean over standard deviation of the daily (rank) IC; not annualised. */
  readonly icir: number;
  readonly rankIcir: number;
  /** Share of the days with a rank IC above 0. */
  readonly positiveDays: number;
  readonly dailyRankIc: DatedSeries;
  /** Rank IC with the return of a horizon that starts so many sessions later. */
  readonly decay: readonly { readonly lag: number; readonly rankIc: DailyStatistic }[];
  readonly quantiles: readonly QuantileMeasures[];
  /** Daily mean return of the highest group less that of the lowest, over the horizon. */
  readonly spread: DailyStatistic;
  /** Spearman's correlation of a group's number with its mean lead: 1 where each earns more than the one below. */
  readonly monotonicity: number;
  /** Mean correlation of a day's ranks with those so many sessions before. */
  readonly autocorrelation: readonly { readonly lag: number; readonly mean: number }[];
  /** Mean number of stocks with a score and a return on a day. */
  readonly stocks: number;
}

export const DECAY_LAGS: readonly number[] = [0, 1, 2, 5, 10, 20];

/** Fewer stocks than this say nothing about a day's ranking. */
const MINIMUM_STOCKS = 3;

/**
 * Tear sheet of a single factor or of a model's score: IC family, decay, quantiles, turnover (after Grinold & Kahn 1999, and
 * the measures of Quantopian's alphalens).
 * @param scores [S × D] as known at the close; higher is expected to earn more; NaN where there is none
 * @throws ARGUMENT_INVALID for scores of another size, a period outside the bars, a horizon or groups that are none
 */
export function tearSheet(bars: SheetBars, scores: ArrayLike<number>, options: TearSheetOptions): TearSheet {
  const { first, last, horizonDays, quantiles = 10, lags = DECAY_LAGS } = options;
  check(bars, scores, { first, last, horizonDays, quantiles });
  const days = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const sections = days.map((session) => sectionOf(bars, scores, session));
  const judged = sections.map((section) => withReturns(bars, section, horizonDays, 0));
  const byDay = (correlate: typeof pearson, of: readonly Judged[]) =>
    Float64Array.from(of, ({ score, outcome }) =>
      score.length < MINIMUM_STOCKS ? Number.NaN : correlate(score, outcome),
    );
  const ic = dailyStatistic(byDay(pearson, judged), horizonDays);
  const daily = byDay(spearman, judged);
  const rankIc = dailyStatistic(daily, horizonDays);
  const groups = judged.map((day) => groupReturns(day, quantiles));
  const members = sections.map((section) => groupMembers(section, quantiles));
  const measures = quantileMeasures(groups, members, quantiles);
  const spread = Float64Array.from(groups, ({ means }) => means[quantiles - 1] - means[0]);
  const defined = daily.filter((value) => !Number.isNaN(value));
  return {
    horizonDays,
    ic,
    rankIc,
    icir: stability(ic),
    rankIcir: stability(rankIc),
    positiveDays: mean(defined.map((value) => (value > 0 ? 1 : 0))),
    dailyRankIc: { dates: Int32Array.from(days, (session) => bars.dates[session]), values: daily },
    decay: lags.map((lag) => ({
      lag,
      rankIc: dailyStatistic(
        byDay(
          spearman,
          sections.map((section) => withReturns(bars, section, horizonDays, lag)),
        ),
        horizonDays,
      ),
    })),
    quantiles: measures,
    spread: dailyStatistic(spread, horizonDays),
    monotonicity: spearman(
      measures.map(({ quantile }) => quantile),
      measures.map(({ meanExcess }) => meanExcess),
    ),
    autocorrelation: [...new Set([1, horizonDays])].map((lag) => ({ lag, mean: autocorrelation(sections, lag) })),
    stocks: mean(judged.map(({ score }) => score.length)),
  };
}

const stability = ({ mean: average, sd }: DailyStatistic) => (sd > 0 ? average / sd : Number.NaN);

/** Stocks with a score on one session. */
interface Section {
  readonly session: number;
  readonly stocks: readonly number[];
  readonly score: readonly number[];
}

interface Judged {
  readonly score: readonly number[];
  readonly outcome: readonly number[];
}

function sectionOf({ symbols, dates }: SheetBars, scores: ArrayLike<number>, session: number): Section {
  const stocks: number[] = [];
  const score: number[] = [];
  for (let stock = 0; stock < symbols.length; stock++) {
    const value = scores[stock * dates.length + session];
    if (Number.isNaN(value)) continue;
    stocks.push(stock);
    score.push(value);
  }
  return { session, stocks, score };
}

/** Back-adjusted, open to open; stocks that do not trade at entry or exit are left out. */
function withReturns(bars: SheetBars, { session, stocks, score }: Section, horizonDays: number, lag: number): Judged {
  const entry = session + 1 + lag;
  const exit = entry + horizonDays;
  const days = bars.dates.length;
  const kept: { score: number[]; outcome: number[] } = { score: [], outcome: [] };
  if (exit >= days) return kept;
  for (const [i, stock] of stocks.entries()) {
    const change = openOf(bars, stock * days + exit) / openOf(bars, stock * days + entry) - 1;
    if (Number.isNaN(change)) continue;
    kept.score.push(score[i]);
    kept.outcome.push(change);
  }
  return kept;
}

function openOf({ open, adjFactor, suspended, flags }: SheetBars, cell: number): number {
  const isTraded = open[cell] > 0 && suspended[cell] === 0 && (flags[cell] & BarFlag.MISRECORDED) === 0;
  return isTraded ? open[cell] * adjFactor[cell] : Number.NaN;
}

/**
 * Group of each score, 0 the lowest: ⌊Q · (rank − ½) / n⌋, counted from the nearer end, so that opposite scores make opposite
 * groups; ties share one. Null for fewer stocks than groups.
 */
function groupsOf(score: readonly number[], quantiles: number): number[] | null {
  if (score.length < quantiles) return null;
  const n = score.length;
  const fromBelow = (rank: number) => Math.floor((quantiles * (rank - 0.5)) / n);
  return Array.from(ranks(score), (rank) =>
    2 * rank <= n + 1 ? fromBelow(rank) : quantiles - 1 - fromBelow(n + 1 - rank),
  );
}

interface GroupReturns {
  /** NaN for an empty group. */
  readonly means: Float64Array;
  readonly all: number;
}

function groupReturns({ score, outcome }: Judged, quantiles: number): GroupReturns {
  const groups = groupsOf(score, quantiles);
  if (groups === null) return { means: new Float64Array(quantiles).fill(Number.NaN), all: Number.NaN };
  const sums = new Float64Array(quantiles);
  const counts = new Float64Array(quantiles);
  for (const [i, group] of groups.entries()) {
    sums[group] += outcome[i];
    counts[group]++;
  }
  return { means: sums.map((sum, group) => sum / counts[group]), all: mean(outcome) };
}

/** Stocks of each group; null on a day with too few. */
function groupMembers({ stocks, score }: Section, quantiles: number): Set<number>[] | null {
  const groups = groupsOf(score, quantiles);
  if (groups === null) return null;
  const members = Array.from({ length: quantiles }, () => new Set<number>());
  for (const [i, group] of groups.entries()) members[group].add(stocks[i]);
  return members;
}

function quantileMeasures(
  groups: readonly GroupReturns[],
  members: readonly (readonly Set<number>[] | null)[],
  quantiles: number,
): QuantileMeasures[] {
  const meanOf = (values: readonly number[]) => mean(values.filter((value) => !Number.isNaN(value)));
  return Array.from({ length: quantiles }, (_, group) => {
    const renewed = members.map((now, i) => {
      const before = i === 0 ? null : members[i - 1];
      if (!now || !before || now[group].size === 0) return Number.NaN;
      return [...now[group]].filter((stock) => !before[group].has(stock)).length / now[group].size;
    });
    return {
      quantile: group + 1,
      meanReturn: meanOf(groups.map(({ means }) => means[group])),
      meanExcess: meanOf(groups.map(({ means, all }) => means[group] - all)),
      turnover: meanOf(renewed),
    };
  });
}

function autocorrelation(sections: readonly Section[], lag: number): number {
  const values: number[] = [];
  for (let i = lag; i < sections.length; i++) {
    const before = new Map(sections[i - lag].stocks.map((stock, k) => [stock, sections[i - lag].score[k]]));
    const both = sections[i].stocks.flatMap((stock, k) => {
      const earlier = before.get(stock);
      return earlier === undefined ? [] : [[sections[i].score[k], earlier] as const];
    });
    if (both.length < MINIMUM_STOCKS) continue;
    const value = spearman(
      both.map(([now]) => now),
      both.map(([, earlier]) => earlier),
    );
    if (!Number.isNaN(value)) values.push(value);
  }
  return mean(values);
}

function check(
  { symbols, dates }: SheetBars,
  scores: ArrayLike<number>,
  { first, last, horizonDays, quantiles }: Required<Omit<TearSheetOptions, 'lags'>>,
): void {
  const invalid = (message: string) => new CandlenetError('ARGUMENT_INVALID', message);
  if (scores.length !== symbols.length * dates.length) {
    throw invalid(`scores: found ${scores.length} values, expected ${symbols.length} × ${dates.length}`);
  }
  if (!(first >= 0 && first <= last && last < dates.length)) {
    throw invalid(`period: found sessions ${first} … ${last}, expected them within 0 … ${dates.length - 1}`);
  }
  if (!Number.isInteger(horizonDays) || horizonDays < 1) {
    throw invalid(`horizonDays: found ${horizonDays}, expected a whole number of at least 1`);
  }
  if (!Number.isInteger(quantiles) || quantiles < 2) {
    throw invalid(`quantiles: found ${quantiles}, expected a whole number of at least 2`);
  }
}
