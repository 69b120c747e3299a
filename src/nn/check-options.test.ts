import { describe, expect, it } from 'vitest';
import { Graph } from '../tensor/index.js';
import {
  channelWeighting,
  conv1d,
  dense,
  dropout,
  layerNorm,
  lstm,
  multiHeadAttention,
  multiScaleConv1d,
  residualBlock,
  Scope,
  type Sequence,
  sequenceOf,
  stochasticDepth,
} from './index.js';

const MODES = ['training', 'evaluation', 'deployment'] as const;
const COUNT = 'a whole number of at least 1';
const RATE = 'a number in [0, 1)';
const WIDTHS = 'odd whole numbers, ascending, at least one';
const counts = [0, 1.5, -2, Number.NaN, Number.POSITIVE_INFINITY, '3' as unknown as number];
const rates = [1, 1.5, -1, Number.NaN, '0.5' as unknown as number];

type Build = (scope: Scope, sequence: Sequence, value: never) => unknown;
const each = (layer: string, option: string, values: readonly unknown[], expected: string, build: Build) =>
  values.map((value) => {
    const shown = Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
    return { line: `${layer}: ${option} is ${shown}; expected ${expected}`, value, build };
  });
const flat = ({ graph }: Scope) => graph.input('rows', [2, 3]);

const refused = [
  each('conv1d', 'width', counts, COUNT, (scope, x, width) => conv1d(scope, x, { filters: 2, width })),
  each('conv1d', 'filters', counts, COUNT, (scope, x, filters) => conv1d(scope, x, { filters, width: 3 })),
  each('lstm', 'hidden', counts, COUNT, (scope, x, hidden) => lstm(scope, x, hidden)),
  each('dense', 'units', counts, COUNT, (scope, _, units) => dense(scope, flat(scope), units)),
  each('dropout', 'rate', rates, RATE, (scope, _, rate) => dropout(scope, flat(scope), rate)),
  each('stochasticDepth', 'rate', rates, RATE, (scope, x, rate) => stochasticDepth(scope, x, rate)),
  each('residualBlock', 'width', counts, COUNT, (s, x, width) => residualBlock(s, x, { width, dropRate: 0 })),
  each('residualBlock', 'dropRate', rates, RATE, (s, x, dropRate) => residualBlock(s, x, { width: 3, dropRate })),
  each('multiHeadAttention', 'heads', counts, COUNT, (scope, x, heads) => multiHeadAttention(scope, x, heads)),
  each('multiHeadAttention', 'heads', [3], 'a divisor of the 4 channels', (s, x, heads) =>
    multiHeadAttention(s, x, heads),
  ),
  each('channelWeighting', 'reduction', counts, COUNT, (scope, x, by) => channelWeighting(scope, x, by)),
  each('layerNorm', 'epsilon', [0, -1, Number.NaN], 'a number above 0', (scope, x, e) => layerNorm(scope, x, e)),
  each('multiScaleConv1d', 'filters', counts, COUNT, (s, x, filters) =>
    multiScaleConv1d(s, x, { filters, widths: [3] }),
  ),
  each('multiScaleConv1d', 'widths', [[2, 4], [5, 3], [3, 3], [], [1.5], [-1, 3]], WIDTHS, (s, x, widths) =>
    multiScaleConv1d(s, x, { filters: 6, widths }),
  ),
].flat();

describe('a layer', () => {
  it.each(refused)('refuses in one line: $line', ({ line, value, build }) => {
    for (const mode of MODES) {
      const scope = new Scope(new Graph(), { mode });
      const x = sequenceOf(scope, scope.graph.input('x', [2, 5, 4]));
      expect(() => build(scope, x, value as never)).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID', message: line }),
      );
    }
  });

  it('takes the least and the greatest that it says it does', () => {
    const scope = new Scope(new Graph(), { mode: 'training' });
    const x = sequenceOf(scope, scope.graph.input('x', [2, 5, 4]));
    expect(conv1d(scope.child('a'), x, { filters: 1, width: 1 }).channels).toBe(1);
    expect(multiScaleConv1d(scope.child('b'), x, { filters: 2, widths: [1, 9] }).channels).toBe(2);
    expect(lstm(scope.child('c'), x, 1).shape).toEqual([2, 1]);
    dropout(scope.child('d'), flat(scope), 0.999);
    expect(scope.random).toMatchObject([{ name: 'd.mask', keep: 1 - 0.999 }]);
    expect(dropout(scope.child('e'), x.value, 0)).toBe(x.value);
  });
});
