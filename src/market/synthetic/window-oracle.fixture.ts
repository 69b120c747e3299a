import { INDUSTRY_VOLATILITY, INTRADAY_WEIGHT, MARKET_VOLATILITY, nextVariance, STOCK_GARCH } from './innovations.js';
import { EVENT_DAYS, EVENT_DRIFT, EVENT_VARIANCE, eventDirection, HEAVY_MEAN_DAYS, JUMP_VARIANCE } from './signal.js';

/** Adjusted bars of one stock on the days it traded. */
export interface TradedDays {
  readonly open: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** What a window tells of the return to come: its mean, and its standard deviation over the horizon. */
export interface WindowView {
  readonly drift: number;
  readonly deviation: number;
}

const WINDOW = 20;
/** A stock's own daily volatility before anything is seen, and the bounds the generator draws it in. */
const USUAL = 0.0105;
const LEAST = 0.007;
const MOST = 0.016;
/** Mean GARCH variance of a stock's own part, which events raise above 1. */
const USUAL_VARIANCE = 1.4;
/** Mean square of the betas. */
const SQUARED_BETA = 1.04;
const COMMON = SQUARED_BETA * MARKET_VOLATILITY ** 2 + INDUSTRY_VOLATILITY ** 2;

/**
 * The generator's own formula on what a window of 20 traded days shows, and nothing else: opens, closes, and volumes beside
 * their mean (a column of the panel). The state that it cannot see, the stock's volatility and GARCH variance, beta and
 * regime, is estimated from the window's returns or takes its mean. What it reaches any model that sees the window can
 * reach: a lower bound on the optimum given the window, as the truth is an upper bound.
 * @param t index of the last day of the window
 * @param direction of an event; the generator's by default
 */
export function viewOfWindow(
  { open, close, volume }: TradedDays,
  t: number,
  horizonDays: number,
  direction: typeof eventDirection = eventDirection,
): WindowView {
  const first = t - WINDOW + 1;
  const returns = new Float64Array(WINDOW);
  const directions = new Float64Array(WINDOW);
  let squares = 0;
  for (let i = 0; i < WINDOW; i++) {
    const day = first + i;
    let usual = 0;
    for (let j = day - HEAVY_MEAN_DAYS + 1; j <= day; j++) usual += volume[j] / HEAVY_MEAN_DAYS;
    directions[i] = direction(open[day], close[day - 1], volume[day], usual);
    // A gap is a jump, no part of the GARCH innovation: the day's move from the open stands for it.
    returns[i] = directions[i] === 0 ? close[day] / close[day - 1] - 1 : (close[day] / open[day] - 1) / INTRADAY_WEIGHT;
    squares += returns[i] ** 2 / WINDOW;
  }
  const seen = Math.min(MOST ** 2, Math.max(LEAST ** 2, (squares - COMMON) / USUAL_VARIANCE));
  const volatility = Math.sqrt((seen + USUAL ** 2) / 2);
  let variance = USUAL_VARIANCE;
  let drift = 0;
  for (let i = 0; i < WINDOW; i++) {
    const left = Math.min(horizonDays, EVENT_DAYS - (WINDOW - 1 - i));
    const own = volatility * Math.sqrt(variance);
    if (left > 0) drift += EVENT_DRIFT * own * directions[i] * left;
    const innovation = returns[i] / Math.sqrt(COMMON + own ** 2);
    variance = nextVariance(STOCK_GARCH, variance, innovation, directions[i] === 0 ? 0 : EVENT_VARIANCE);
  }
  const daily = COMMON + JUMP_VARIANCE + volatility ** 2 * (USUAL_VARIANCE + (variance - USUAL_VARIANCE) / 2);
  return { drift, deviation: Math.sqrt(horizonDays * daily) };
}

/**
 * Frequencies of the three classes by cell of a grid over two numbers, in groups of equal size: how a forecaster who has
 * seen other markets turns what he sees into odds.
 */
export function classTable(
  rows: readonly { readonly x: number; readonly y: number; readonly class: number }[],
  [across, down]: readonly [number, number] = [25, 6],
): (x: number, y: number) => number {
  const cuts = (values: number[], groups: number) => {
    values.sort((a, b) => a - b);
    return Array.from({ length: groups - 1 }, (_, i) => values[Math.floor(((i + 1) * values.length) / groups)]);
  };
  const [cutsX, cutsY] = [
    cuts(
      rows.map(({ x }) => x),
      across,
    ),
    cuts(
      rows.map(({ y }) => y),
      down,
    ),
  ];
  const groupOf = (edges: readonly number[], value: number) => edges.filter((edge) => edge <= value).length;
  const counts = new Float64Array(across * down * 3);
  const cell = (x: number, y: number) => 3 * (groupOf(cutsX, x) * down + groupOf(cutsY, y));
  for (const row of rows) counts[cell(row.x, row.y) + row.class]++;
  return (x, y) => {
    const [buy, hold, sell] = counts.subarray(cell(x, y), cell(x, y) + 3);
    return hold >= buy && hold >= sell ? 1 : buy >= sell ? 0 : 2;
  };
}
