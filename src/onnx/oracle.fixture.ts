import type { Dense } from './run-graph.fixture.js';

/** The operations in plain loops over indices, written from their definitions and sharing nothing with the graph. */

type Index = readonly number[];

/** Builds an array from the value at each index. */
export function generate(shape: readonly number[], value: (index: Index) => number): Dense {
  const data: number[] = [];
  const visit = (index: number[]) => {
    if (index.length === shape.length) data.push(value(index));
    else for (let i = 0; i < shape[index.length]; i++) visit([...index, i]);
  };
  visit([]);
  return { shape, data };
}

/** The element at an index, which may have more axes (aligned right) and run along axes of length 1. */
export function read({ shape, data }: Dense, index: Index): number {
  let offset = 0;
  shape.forEach((length, axis) => {
    const position = index[index.length - shape.length + axis];
    offset = offset * length + (length === 1 ? 0 : position);
  });
  return data[offset];
}

export function zip(f: (...values: number[]) => number, ...arrays: Dense[]): Dense {
  const rank = Math.max(...arrays.map(({ shape }) => shape.length));
  const shape = Array.from({ length: rank }, (_, axis) =>
    Math.max(...arrays.map((a) => a.shape[axis - rank + a.shape.length] ?? 1)),
  );
  return generate(shape, (index) => f(...arrays.map((array) => read(array, index))));
}

export function matmul(a: Dense, b: Dense, transA: boolean, transB: boolean): Dense {
  const rank = a.shape.length;
  const [m, k] = transA ? [a.shape[rank - 1], a.shape[rank - 2]] : [a.shape[rank - 2], a.shape[rank - 1]];
  const n = transB ? b.shape[rank - 2] : b.shape[rank - 1];
  return generate([...a.shape.slice(0, -2), m, n], (index) => {
    const lead = index.slice(0, -2);
    const [row, column] = index.slice(-2);
    let sum = 0;
    for (let i = 0; i < k; i++) {
      sum +=
        read(a, [...lead, ...(transA ? [i, row] : [row, i])]) *
        read(b, [...lead, ...(transB ? [column, i] : [i, column])]);
    }
    return sum;
  });
}

export function transpose(x: Dense, permutation: readonly number[]): Dense {
  const shape = permutation.map((axis) => x.shape[axis]);
  return generate(shape, (index) =>
    read(
      x,
      x.shape.map((_, axis) => index[permutation.indexOf(axis)]),
    ),
  );
}

export function concat(arrays: readonly Dense[], axis: number): Dense {
  const lengths = arrays.map(({ shape }) => shape[axis]);
  const shape = arrays[0].shape.map((length, i) => (i === axis ? lengths.reduce((a, b) => a + b, 0) : length));
  return generate(shape, (index) => {
    let part = 0;
    let position = index[axis];
    while (position >= lengths[part]) position -= lengths[part++];
    return read(arrays[part], index.with(axis, position));
  });
}

/** Entries from `start` (negative: zeros before) for `length` along one axis, zeros beyond either end. */
export function section(x: Dense, axis: number, start: number, length: number): Dense {
  const shape = x.shape.map((l, i) => (i === axis ? length : l));
  return generate(shape, (index) => {
    const position = index[axis] + start;
    return position < 0 || position >= x.shape[axis] ? 0 : read(x, index.with(axis, position));
  });
}

export function reduce(x: Dense, axes: readonly number[], keepDims: boolean, f: (values: number[]) => number): Dense {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const groups = new Map<string, number[]>();
  generate(x.shape, (index) => {
    const group = kept.map((axis) => index[axis]).join();
    const values = groups.get(group);
    if (values) values.push(read(x, index));
    else groups.set(group, [read(x, index)]);
    return 0;
  });
  const reduced = generate(
    kept.map((axis) => x.shape[axis]),
    (index) => f(groups.get(index.join())!),
  );
  return keepDims ? { ...reduced, shape: x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length)) } : reduced;
}

export function softmax(x: Dense): Dense {
  const last = x.shape.length - 1;
  return generate(x.shape, (index) => {
    let sum = 0;
    for (let i = 0; i < x.shape[last]; i++) sum += Math.exp(read(x, index.with(last, i)));
    return Math.exp(read(x, index)) / sum;
  });
}
