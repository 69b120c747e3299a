import { describe, expect, it } from 'vitest';
import { bayesAccuracy, bayesClass } from './bayes.js';
import { generateMarket } from './generate.js';
import { EVENT_GAP, eventDirection } from './signal.js';
import { trailingVolatility } from './trailing-volatility.js';
import { classTable, type TradedDays, viewOfWindow } from './window-oracle.fixture.js';

const SYMBOLS = 60;
const DAYS = 900;
const HORIZON = 5;
/** Sums over blocks of sessions are taken as independent, as labels overlap and share the market's days. */
const BLOCK = 25;

/** A row with a label, what its window shows, and what the truth says of it. */
interface Row {
  readonly block: number;
  readonly class: number;
  readonly view: number;
  readonly width: number;
  /** The same for one who sees the gaps and not the volume behind them. */
  readonly blindView: number;
  readonly best: number;
  readonly promised: number;
}

const gapAlone: typeof eventDirection = (open, reference, volume, usual) =>
  eventDirection(open, reference, volume, usual) === 0 || Math.abs(open / reference - 1) < EVENT_GAP
    ? 0
    : Math.sign(open - reference);

function rowsOf(seed: number): Row[] {
  const { bars, truth } = generateMarket({ kind: 'planted', symbols: SYMBOLS, days: DAYS, seed, withFacts: false });
  const rows: Row[] = [];
  const trades = (cell: number) => bars.close[cell] > 0 && bars.suspended[cell] === 0;
  for (let s = 0; s < SYMBOLS; s++) {
    const offset = s * DAYS;
    const days = Array.from({ length: DAYS }, (_, d) => d).filter((d) => trades(offset + d));
    const column = (value: (cell: number) => number) => Float64Array.from(days, (d) => value(offset + d));
    const traded: TradedDays = {
      open: column((cell) => bars.open[cell] * bars.adjFactor[cell]),
      close: column((cell) => bars.close[cell] * bars.adjFactor[cell]),
      volume: column((cell) => bars.volume[cell] / bars.adjFactor[cell]),
    };
    const volatility = trailingVolatility({ ...bars, amount: bars.amount! }, offset, DAYS, 60);
    for (let t = 60; t < days.length; t++) {
      const cell = offset + days[t];
      const [entry, exit] = [cell + 1, cell + 1 + HORIZON];
      if (days[t] + 1 + HORIZON >= DAYS || !trades(entry) || !trades(exit)) continue;
      const band = 0.5 * volatility[days[t]] * Math.sqrt(HORIZON);
      const forward = (bars.open[exit] * bars.adjFactor[exit]) / (bars.open[entry] * bars.adjFactor[entry]) - 1;
      const seen = viewOfWindow(traded, t, HORIZON);
      const blind = viewOfWindow(traded, t, HORIZON, gapAlone);
      rows.push({
        block: seed * DAYS + Math.floor(days[t] / BLOCK),
        class: forward > band ? 0 : forward < -band ? 2 : 1,
        view: seen.drift / band,
        width: seen.deviation / band,
        blindView: blind.drift / band,
        best: bayesClass(truth!, cell),
        promised: bayesAccuracy(truth!, [cell]),
      });
    }
  }
  return rows;
}

const learnt = [101, 102].flatMap(rowsOf);
const judged = [1, 2].flatMap(rowsOf);

/** Mean of a value over the rows and its standard error by blocks. */
function blockMean(value: (row: Row) => number): { mean: number; error: number } {
  const blocks = new Map<number, { sum: number; count: number }>();
  for (const row of judged) {
    const block = blocks.get(row.block) ?? { sum: 0, count: 0 };
    blocks.set(row.block, { sum: block.sum + value(row), count: block.count + 1 });
  }
  const all = [...blocks.values()];
  const mean = all.reduce((a, b) => a + b.sum, 0) / judged.length;
  return { mean, error: Math.sqrt(all.reduce((a, b) => a + (b.sum - mean * b.count) ** 2, 0)) / judged.length };
}

const promised = blockMean((row) => row.promised).mean;
const majority = Math.max(...[0, 1, 2].map((k) => judged.filter((row) => row.class === k).length / judged.length));

describe('the optimum given the window', () => {
  const choose = classTable(learnt.map((row) => ({ x: row.view, y: row.width, class: row.class })));
  const right = (row: Row) => Number(choose(row.view, row.width) === row.class);

  it('lies between the truth, which knows the state, and a forecaster who knows the window alone: a point apart', () => {
    const reached = blockMean(right);
    const short = blockMean((row) => Number(row.best === row.class) - right(row));
    // The one who knows the state is not beaten …
    expect(short.mean).toBeGreaterThan(-3 * short.error);
    // … and is hardly better: a hundredth of the rows at most.
    expect(short.error).toBeLessThan(0.002);
    expect(short.mean).toBeLessThan(0.01);
    expect(reached.mean - majority).toBeGreaterThan(0.93 * (promised - majority));
  });

  it('is out of reach without the volume behind a gap', () => {
    const guess = classTable(learnt.map((row) => ({ x: row.blindView, y: row.width, class: row.class })));
    const blind = blockMean((row) => Number(guess(row.blindView, row.width) === row.class));
    expect(blind.mean - majority).toBeLessThan(0.5 * (promised - majority));
  });
});
