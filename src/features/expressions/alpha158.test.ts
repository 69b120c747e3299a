import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BarMatrix } from '../../market/index.js';
import { FIRST_DAY } from '../coded-bars.fixture.js';
import { ALPHA158 } from './alpha158.js';
import { evaluateExpressions } from './evaluate.js';

type Column = readonly (number | null)[];
interface Vectors {
  readonly version: string;
  readonly names: readonly string[];
  readonly days: readonly number[];
  readonly bars: Readonly<Record<string, { readonly first: number } & Readonly<Record<string, Column>>>>;
  readonly values: Readonly<Record<string, readonly Column[]>>;
}

/** Made by Qlib itself: bench/peers/qlib_alpha158.py. */
const vectors: Vectors = JSON.parse(readFileSync(new URL('vectors/alpha158.json', import.meta.url), 'utf8'));
const symbols = Object.keys(vectors.bars);
const DAYS = vectors.days[vectors.days.length - 1] + 1;

function matrix(of: (at: (name: string) => number) => number): Float64Array {
  return Float64Array.from({ length: symbols.length * DAYS }, (_, cell) => {
    const { first, ...columns } = vectors.bars[symbols[Math.floor(cell / DAYS)]];
    const i = (cell % DAYS) - first;
    return of((name) => (i < 0 ? Number.NaN : (columns[name][i] ?? Number.NaN)));
  });
}

const bars: BarMatrix = {
  symbols,
  dates: Int32Array.from({ length: DAYS }, (_, t) => FIRST_DAY + t),
  open: matrix((at) => at('open')),
  high: matrix((at) => at('high')),
  low: matrix((at) => at('low')),
  close: matrix((at) => at('close')),
  volume: matrix((at) => at('volume')),
  amount: matrix((at) => at('vwap') * at('volume')),
  adjFactor: matrix((at) => (Number.isNaN(at('close')) ? Number.NaN : 1)),
  suspended: new Uint8Array(symbols.length * DAYS),
  st: null,
  flags: new Uint8Array(symbols.length * DAYS),
};

/** Two of float32's last places, and the rounding of running sums where a value is a difference near nothing. */
const PLACES = 2 * 2 ** -23;
const NEAR_NOTHING = 1e-9;
/** Logarithms in float32 differ in the last place between NumPy's builds, and a correlation of a few values feels it. */
const CORRELATION = 1e-6;

describe('Alpha158', () => {
  const ours = evaluateExpressions(
    bars,
    ALPHA158.map(({ formula }) => formula),
    { missing: 'calendar' },
  );

  it('has Qlib’s names in Qlib’s order', () => {
    expect(ALPHA158.map(({ name }) => name)).toEqual(vectors.names);
    expect(vectors.names).toHaveLength(158);
  });

  it.each(ALPHA158.map(({ name }, k) => ({ name, k })))('$name is Qlib’s', ({ name, k }) => {
    const slack = name.startsWith('COR') ? CORRELATION : NEAR_NOTHING;
    let compared = 0;
    for (const [s, symbol] of symbols.entries()) {
      for (const [row, day] of vectors.days.entries()) {
        const cell = s * DAYS + day;
        if (!(bars.close[cell] > 0)) continue;
        const written = vectors.values[symbol][row][k];
        const theirs = written === null ? null : Math.fround(written);
        const value = ours[k][cell];
        const where = `${symbol}, day ${day}: ${value} for ${theirs}`;
        expect(Number.isNaN(value), where).toBe(theirs === null);
        if (theirs === null) continue;
        expect(Math.abs(value - theirs), where).toBeLessThanOrEqual(PLACES * Math.abs(theirs) + slack);
        compared++;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(50);
  });
});
