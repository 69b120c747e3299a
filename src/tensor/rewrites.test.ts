import { describe, expect, it } from 'vitest';
import {
  add,
  broadcastTo,
  concat,
  filledLike,
  Graph,
  gradients,
  greater,
  mul,
  pad,
  reduceSum,
  reshape,
  slice,
  split,
  takeRows,
  transpose,
} from './index.js';

/** A rewrite that leaves an op out, or joins two, refuses what the op itself would. */
describe('what is rewritten is checked like what is built', () => {
  const graph = new Graph();
  const x = graph.input('x', [2, 3]);
  const row = graph.input('row', [1, 3]);
  const double = graph.input('double', [2, 3], 'float64');
  const other = new Graph();
  const stranger = filledLike(other.input('x', [2, 3]), 0);
  const condition = greater(x, 0);

  it.each<[string, () => unknown, RegExp]>([
    ['rows of rows', () => takeRows(takeRows(x, [0, 1]), [5]), /takeRows\(.*there is no row 5 among 2/],
    ['a row that is none', () => takeRows(x, [undefined as never]), /there is no row undefined/],
    ['a filled tensor’s size', () => reshape(filledLike(x, 1), [7]), /reshape\(.*\[7\] does not hold 6 values/],
    ['a stretched tensor', () => broadcastTo(broadcastTo(row, [2, 3]), [4, 3]), /broadcastTo\(.*to \[4,3\]/],
    ['a stretched number', () => broadcastTo(filledLike(x, 1), [4, 5]), /broadcastTo\(/],
    ['an axis that is none, whole', () => slice(x, 7, 0, undefined as never), /slice\(.*has no axis 7/],
    ['an axis that is none, by nothing', () => pad(x, 9, 0, 0), /pad\(.*has no axis 9/],
    ['one part along no axis', () => concat([x], 9), /concat\(.*has no axis 9/],
    ['no parts', () => concat([], 0), /concat\(\).*of nothing/],
    ['a permutation that is none', () => transpose(transpose(x), [0, 0]), /transpose\(.*no permutation/],
    ['a sum over nothing', () => reduceSum(x, []), /reduceSum\(.*axes \[\]/],
    ['pieces that leave some over', () => split(x, 1, [1, 1]), /split\(.*\[1,1\] do not add up to axis 1/],
    ['one of another type', () => mul(x, filledLike(double, 1)), /mul\(.*mixes number types/],
    ['nothing of another graph', () => add(x, stranger), /add\(.*another graph/],
    ['a truth times one', () => mul(condition, 1), /needs tensors of numbers/],
    ['a derivative by another graph’s', () => gradients(reduceSum(x), [stranger]), /another graph than the loss/],
    ['the derivative of a truth', () => gradients(greater(reduceSum(x), 0), [x]), /not a number/],
  ])('%s', (_, build, words) => {
    expect(build).toThrow(words);
    expect(build).toThrow(/rewrites\.test\.ts:\d+/);
  });
});
